import { charsetName, decodeText } from './charset.ts'
import type { Part } from './mime-tree.ts'

/** LF only, no NUL, no byte order mark: the form in which all text leaves this package. */
export const normaliseText = (text: string) => text.replace(/\r*\n|\r/g, '\n').replace(/[\0\ufeff]/g, '')

export function partText(
  part: Part,
  content: Buffer,
  isHtml: boolean,
  hint: string | null,
): { text: string; guessed: boolean } {
  const declared = part.type.parameters.get('charset') ?? (isHtml ? metaCharset(content) : null)
  const { text, guessed } = decodeText(content, declared, hint)
  const lines = normaliseText(text)
  const flowed = !isHtml && /^flowed$/i.test(part.type.parameters.get('format') ?? '')
  return { text: flowed ? unflow(lines, /^yes$/i.test(part.type.parameters.get('delsp') ?? '')) : lines, guessed }
}

const metaCharset = (content: Buffer) =>
  charsetName(
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w:-]{2,40})/i.exec(content.subarray(0, 4096).toString('latin1'))?.[1],
  ) || null

const placeholder =
  /^[\W\d]*(?:to view (?:this|the) (?:message|e-?mail)|(?:this|your|the) (?:message|e-?mail|mail)\b|if you (?:can ?not|can['’]t|are unable)|your (?:e-?mail|mail) (?:client|program|reader|software)|please (?:use|enable|activate|view)|diese (?:nachricht|e-?mail)|ihr (?:e-?mail|mail)|um diese (?:nachricht|e-?mail)|votre (?:logiciel|client|messagerie)|ce (?:message|courriel)|este (?:mensaje|correo)|su (?:cliente|programa)|html (?:e-?mail|message|version|only)).{0,200}\bhtml\b/is

/** "To view this message, use an HTML compatible reader": what mailers write where they have no text. */
export const isPlaceholder = (text: string) => text.length < 400 && placeholder.test(text.trim())

/** RFC 3676: a line that ends in a blank goes on in the next one of the same quote depth; `-- ` does not. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = []
  let pieces: string[] = []
  let openDepth = -1
  for (const line of text.split('\n')) {
    const quote = /^>*/.exec(line)![0]
    const content = line.slice(quote.length).replace(/^ /, '')
    const soft = content.endsWith(' ') && content !== '-- '
    const piece = soft && deleteSpace ? content.slice(0, -1) : content
    if (openDepth === quote.length && content !== '-- ') pieces.push(piece)
    else {
      if (openDepth >= 0) out.push(pieces.join(''))
      pieces = [quote ? `${quote} ${piece}` : piece]
    }
    if (!soft) out.push(pieces.join(''))
    openDepth = soft ? quote.length : -1
  }
  if (openDepth >= 0) out.push(pieces.join(''))
  return out.join('\n')
}
