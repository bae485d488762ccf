/**
 * The safe text subset, parsed to a tree that screens turn into elements: no HTML goes in or out, so there is nothing to
 * sanitise. Small on purpose: the widget carries it.
 *
 * Blocks: paragraphs, `- ` and `1. ` lists, `> ` quotes, ``` fences. Inline: **bold**, *italic*, ~~strike~~, `code`,
 * [label](https://…) and bare http(s) links.
 */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; children: Inline[] }
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'quote'; children: Inline[] }
  | { type: 'list'; ordered: boolean; items: Inline[][] }
  | { type: 'code'; text: string }

// A link ends before closing punctuation, half or full width: "见 https://a.cn/b。" must not swallow the full stop.
const urlSource = String.raw`https?://[^\s<>"'，。；：！？、（）《》【】「」]+[^\s<>"'，。；：！？、（）《》【】「」.,;:!?)\]]`
// A label holds no bracket: ten thousand of them in a message must not be looked through ten thousand times.
const inlinePattern = new RegExp(
  String.raw`\x60([^\x60\n]+)\x60|\*\*([^\n]+?)\*\*|\*([^*\s][^*\n]*?)\*|~~([^\n]+?)~~|\[([^[\]\n]+)\]\((https?://[^\s)]+)\)|(${urlSource})`,
  'u',
)
const barePattern = new RegExp(urlSource, 'gu')

export function parseInline(text: string): Inline[] {
  const found: Inline[] = []
  let rest = text
  for (let match = inlinePattern.exec(rest); match; match = inlinePattern.exec(rest)) {
    if (match.index > 0) found.push({ type: 'text', text: rest.slice(0, match.index) })
    const [whole, code, bold, italic, strike, label, url, bare] = match
    if (code !== undefined) found.push({ type: 'code', text: code })
    else if (bold !== undefined) found.push({ type: 'bold', children: parseInline(bold) })
    else if (italic !== undefined) found.push({ type: 'italic', children: parseInline(italic) })
    else if (strike !== undefined) found.push({ type: 'strike', children: parseInline(strike) })
    else if (label !== undefined && url !== undefined)
      found.push({ type: 'link', url, children: [{ type: 'text', text: label }] })
    else if (bare !== undefined) found.push({ type: 'link', url: bare, children: [{ type: 'text', text: bare }] })
    rest = rest.slice(match.index + whole.length)
  }
  if (rest !== '') found.push({ type: 'text', text: rest })
  return found
}

/** Plain text with its links found, for messages without markup. */
export function parsePlain(text: string): Inline[] {
  const found: Inline[] = []
  let end = 0
  for (const match of text.matchAll(barePattern)) {
    if (match.index > end) found.push({ type: 'text', text: text.slice(end, match.index) })
    found.push({ type: 'link', url: match[0], children: [{ type: 'text', text: match[0] }] })
    end = match.index + match[0].length
  }
  if (end < text.length) found.push({ type: 'text', text: text.slice(end) })
  return found
}

const bullet = /^(?:[-*]|(\d+)\.)\s+(.*)$/u

export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'))
      const last = end === -1 ? lines.length : end
      blocks.push({ type: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last
      continue
    }
    const item = bullet.exec(line)
    const previous = blocks.at(-1)
    if (item) {
      const ordered = item[1] !== undefined
      const content = parseInline(item[2] ?? '')
      if (previous?.type === 'list' && previous.ordered === ordered) previous.items.push(content)
      else blocks.push({ type: 'list', ordered, items: [content] })
    } else if (line.startsWith('> ')) blocks.push({ type: 'quote', children: parseInline(line.slice(2)) })
    else if (line.trim() !== '') {
      const continues = previous?.type === 'paragraph' && at > 0 && (lines[at - 1] ?? '').trim() !== ''
      if (continues) previous.children.push({ type: 'text', text: '\n' }, ...parseInline(line))
      else blocks.push({ type: 'paragraph', children: parseInline(line) })
    }
  }
  return blocks
}

const inlineText = (inline: Inline): string =>
  'children' in inline ? inline.children.map(inlineText).join('') : inline.text

export function stripMarkup(text: string): string {
  return parseMarkup(text)
    .map((block) => {
      if (block.type === 'list') return block.items.map((item) => item.map(inlineText).join('')).join('\n')
      return block.type === 'code' ? block.text : block.children.map(inlineText).join('')
    })
    .join('\n')
}
