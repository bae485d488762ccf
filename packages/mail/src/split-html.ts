import { Parser } from 'htmlparser2'
import { attributionLength, isOriginalMark } from './attribution.ts'
import { blocks, isQuote, type Line, silent } from './html-lines.ts'
import { htmlRegion } from './html-regions.ts'

export type HtmlSplit = { own: string; quoted: string | null }

/** A block of text and where its markup begins. */
type Block = { start: number; text: string }

const longestBlock = 500
const remembered = 6
/** `--原文--` */
const shortestMark = 6
const chunk = 4096
const deepest = 1000

/**
 * Cuts the HTML of a mail where its history begins: at the last place below which nothing is written but quotes. Each half
 * may have tags without their partner, which whoever cleans it mends. An answer between quotes is not cut.
 */
export function splitHtml(html: string): HtmlSplit {
  const found = historyStart(html)
  return found === null ? { own: html, quoted: null } : { own: html.slice(0, found), quoted: html.slice(found) }
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

  function endBlock(next: number): void {
    if (block.text.trim() !== '') {
      if (block.text.length >= shortestMark && isOriginalMark(block.text)) cut(block.start)
      else recent = [...recent.slice(1 - remembered), block]
    }
    block = { start: next, text: '' }
  }
  function cut(at: number): void {
    start ??= at
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
  // Nothing but history: then that is what they sent.
  if (start === null || !hasOwn) return null
  const begin = introduction(above) ?? start
  return /\S/.test(textBefore(html, begin)) ? begin : null
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
