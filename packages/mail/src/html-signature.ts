import { Parser } from 'htmlparser2'
import { blocks, isQuote, silent } from './html-lines.ts'
import { beginsSignature, htmlRegion } from './html-regions.ts'
import { isDeviceLine } from './device-line.ts'

const delimiter = /^--\s?$/
/** More blocks of text than that below a delimiter are no signature. */
const longestSignature = 25
const longestBlock = 200
const chunk = 4096
const deepest = 1000

/**
 * Where the signature begins below which nothing else is written: an element that mail programs mark as one, `-- ` in a line of
 * its own, or what a phone appends. `html` is without history.
 */
export function signatureStart(html: string): number | null {
  let depth = 0
  let silentDepth = 0
  /** Depth of the element that signs, while within it. */
  let signDepth = 0
  let start: number | null = null
  /** All is signature, to the end or the next quote. */
  let signsOn = false
  /** Blocks below a delimiter; -1 without one. */
  let below = -1
  let hasOwn = false
  let block = { start: 0, text: '' }

  function endBlock(next: number): void {
    const text = block.text.trim()
    if (text !== '' && signDepth === 0 && !signsOn) judge(text, block.start)
    block = { start: next, text: '' }
  }
  function judge(text: string, at: number): void {
    if (below >= 0) {
      below += 1
      if (below > longestSignature) [start, below] = [null, -1]
    } else if (hasOwn && delimiter.test(text)) [start, below] = [at, 0]
    else if (hasOwn && isDeviceLine(text)) start ??= at
    // Somebody goes on writing below their name.
    else [start, hasOwn] = [null, true]
  }

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1
      if (silentDepth > 0) return
      if (silent.has(name)) {
        silentDepth = depth
        return
      }
      const at = parser.startIndex
      const region = signDepth === 0 ? htmlRegion(name, attributes) : null
      const signs = region === 'signature'
      if (signs || blocks.has(name) || name === 'br') endBlock(at)
      // A quote that is not history is answered below.
      if (region === 'quote' || (name === 'blockquote' && isQuote(attributes)))
        [start, below, signsOn] = [null, -1, false]
      if (beginsSignature(attributes)) {
        if (!signs) endBlock(at)
        start ??= at
        signsOn = true
      }
      if (!signs) return
      start ??= at
      signDepth = depth
    },
    ontext(text) {
      if (silentDepth === 0 && block.text.length < longestBlock) block.text += text.replaceAll(/\s+/g, ' ')
    },
    onclosetag(name) {
      if (silentDepth === depth) silentDepth = 0
      if (blocks.has(name) || signDepth === depth) endBlock(parser.endIndex + 1)
      if (signDepth === depth) signDepth = 0
      depth -= 1
    },
  })
  const isTooDeep = (): boolean => depth >= deepest
  for (let at = 0; at < html.length && !isTooDeep(); at += chunk) parser.write(html.slice(at, at + chunk))
  // What nests deeper than any mail does is not searched to its end.
  if (isTooDeep()) return null
  parser.end()
  endBlock(html.length)
  return hasOwn ? start : null
}
