import { Parser } from 'htmlparser2'
import { attributionLength, isOriginalMark } from './attribution.ts'
import { headerLines } from './header-lines.ts'
import { blocks, isQuote, type Line, silent } from './html-lines.ts'
import { htmlRegion } from './html-regions.ts'
import { signatureStart } from './html-signature.ts'

export type HtmlSplit = { own: string; signature: string | null; quoted: string | null }

/** A block of text and where its markup begins. */
type Block = { start: number; text: string }

const longestBlock = 500
const remembered = 6
/** `--原文--` */
const shortestMark = 6
const chunk = 4096
const deepest = 1000
/** Beyond them a mail is not searched for printed headers. */
const mostBlocks = 10_000

/**
 * Cuts the HTML of a mail where its history begins: at the last place below which nothing is written but quotes; and what is
 * above it where its signature does. Each part may have tags without their partner, which whoever cleans it mends. An answer
 * between quotes is not cut.
 */
export function splitHtml(html: string): HtmlSplit {
  const history = historyStart(html)
  const above = history === null ? html : html.slice(0, history)
  const signature = signatureStart(above)
  return {
    own: signature === null ? above : above.slice(0, signature),
    signature: signature === null ? null : above.slice(signature),
    quoted: history === null ? null : html.slice(history),
  }
}

function historyStart(html: string): number | null {
  let depth = 0
  /** Depth of the element that quotes, while within it. */
  let quoteDepth = 0
  let silentDepth = 0
  let start: number | null = null
  /** What stands right above it. */
  let above: readonly Block[] = []
  let isCut = false
  let hasOwn = false
  let block: Block = { start: 0, text: '' }
  let recent: Block[] = []
  const blocksRead: Block[] = []

  function endBlock(next: number): void {
    if (block.text.trim() !== '') {
      if (block.text.length >= shortestMark && isOriginalMark(block.text)) cut(block.start)
      else recent = [...recent.slice(1 - remembered), block]
      if (blocksRead.length < mostBlocks) blocksRead.push(block)
    }
    block = { start: next, text: '' }
  }
  function cut(at: number): void {
    if (start === null) [start, above] = [at, recent]
    isCut = true
  }

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1
      if (isCut || silentDepth > 0) return
      if (silent.has(name)) {
        silentDepth = depth
        return
      }
      const at = parser.startIndex
      if (quoteDepth === 0 && (blocks.has(name) || name === 'br')) endBlock(at)
      if (isCut || quoteDepth > 0) return
      const region = htmlRegion(name, attributes)
      if (region === 'cut') return cut(at)
      if (region !== 'quote' && region !== 'attribution' && !(name === 'blockquote' && isQuote(attributes))) return
      endBlock(at)
      if (start === null) [start, above] = [at, recent]
      quoteDepth = depth
    },
    ontext(text) {
      if (isCut || silentDepth > 0 || quoteDepth > 0 || text.trim() === '') return
      if (block.text.length < longestBlock) block.text += text.replaceAll(/\s+/g, ' ')
      // Somebody goes on writing below what they quote.
      if (start !== null) recent = []
      start = null
      hasOwn = true
    },
    onclosetag(name) {
      if (silentDepth === depth) silentDepth = 0
      if (quoteDepth === depth) {
        quoteDepth = 0
        recent = []
        block = { start: parser.endIndex + 1, text: '' }
      } else if (quoteDepth === 0 && !isCut && blocks.has(name)) endBlock(parser.endIndex + 1)
      depth -= 1
    },
  })
  const isDone = (): boolean => isCut || depth >= deepest
  for (let read = 0; read < html.length && !isDone(); read += chunk) parser.write(html.slice(read, read + chunk))
  endBlock(html.length)
  const begin = earlier(printedHeaders(blocksRead), start === null ? null : (introduction(above) ?? start))
  // Nothing but history: then that is what they sent.
  return begin !== null && hasOwn && /\S/.test(textBefore(html, begin)) ? begin : null
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

/** Some programs print the headers of what they answer, and say by nothing else that it is history. */
function printedHeaders(read: readonly Block[]): number | null {
  const lines = read.map(({ text }): Line => ({ text: text.trim(), depth: 0, region: 'own' }))
  for (const [at, { start }] of read.entries()) {
    const found = at === 0 ? undefined : headerLines(lines, at)?.found
    // "From", "To" and "Date" are also asked for by whoever sells tickets.
    if (found?.some(({ kind, value }) => kind === 'subject' || (kind === 'from' && value.includes('@')))) return start
  }
  return null
}

/** "On … somebody wrote:" right above a quote belongs to it. */
function introduction(recent: readonly Block[]): number | null {
  const lines = recent.map(({ text }): Line => ({ text: text.trim(), depth: 0, region: 'own' }))
  const quote: Line = { text: '', depth: 1, region: 'quote' }
  for (const [at, { start }] of recent.entries())
    if (attributionLength([...lines, quote], at) === lines.length - at) return start
  return null
}

const textBefore = (html: string, end: number): string => html.slice(0, end).replaceAll(/<[^>]*>|&nbsp;/g, '')
