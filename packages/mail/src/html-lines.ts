import { Parser } from 'htmlparser2'
import { beginsSignature, htmlRegion, type Region } from './html-regions.ts'

/** A line of a mail's HTML as text: how deep it is quoted, and what the markup says it is. */
export type Line = { text: string; depth: number; region: Region }

export const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul includetail'.split(
    ' ',
  ),
)
const spaced = new Set('p h1 h2 h3 h4 h5 h6 ul ol pre blockquote'.split(' '))
export const silent = new Set('head style script title template object svg select noscript xml'.split(' '))
const hidden = /display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(px|pt)?\s*(;|$)/i

const deepest = 1000
const longestLink = 2000
/** A line that never ends would be copied with every word that is added. */
const longestLine = 20_000
const chunk = 4096

type Element = {
  name: string
  depth: number
  region: Region
  silent: boolean
  link: string | null
  linkStart: number
  order: number
  pre: boolean
  spaced: boolean
}

/** Reads HTML as a stream: nesting, however deep, costs neither stack nor repeated work. */
export function htmlLines(html: string): Line[] {
  const lines: Line[] = []
  const stack: Element[] = []
  let current = ''
  let gap = false
  let cell = false
  /** What all the text of the current line is part of, though it began and ended within the line. */
  let currentRegion: Region | null = null
  let isSigned = false
  let top: Element = {
    name: '',
    depth: 0,
    region: 'own',
    silent: false,
    link: null,
    linkStart: 0,
    order: 0,
    pre: false,
    spaced: false,
  }

  const region = (): Region => (isSigned && top.region === 'own' ? 'signature' : top.region)
  const add = (text: string) => {
    if (text.trim() !== '') currentRegion = currentRegion === null || currentRegion === region() ? region() : 'own'
    current += text
  }
  const endLine = (always: boolean) => {
    const blank = current.includes('\u00a0')
    const text = current.replaceAll('\u00a0', ' ').trimEnd()
    const of = currentRegion ?? region()
    current = ''
    currentRegion = null
    cell = false
    if (text.trim() === '' && !always && !blank) return
    if (gap && lines.length > 0 && lines.at(-1)!.text !== '')
      lines.push({ text: '', depth: Math.min(lines.at(-1)!.depth, top.depth), region: lines.at(-1)!.region })
    gap = false
    lines.push({ text, depth: top.depth, region: of })
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (blocks.has(name)) endLine(false)
        if (name === 'br') {
          if (!top.silent) endLine(true)
          isSigned ||= beginsSignature(attributes)
          return
        }
        const found = htmlRegion(name, attributes)
        const quotes = name === 'blockquote' && isQuote(attributes)
        isSigned = (isSigned || beginsSignature(attributes)) && !quotes && (found === null || found === 'signature')
        const isSpaced =
          spaced.has(name) &&
          !/MsoNormal|MsoPlainText|margin(-bottom|-top)?:\s*0/.test(
            `${attributes.class ?? ''} ${attributes.style ?? ''}`,
          )
        stack.push(top)
        top = {
          name,
          depth: top.depth + (quotes ? 1 : 0),
          region: found ?? top.region,
          silent: top.silent || silent.has(name) || hidden.test(attributes.style ?? ''),
          link: name === 'a' ? (attributes.href ?? null) : null,
          linkStart: current.length,
          order: name === 'ol' ? 1 : 0,
          pre: top.pre || name === 'pre',
          spaced: isSpaced,
        }
        if (top.silent) return
        if (isSpaced) gap = true
        if (found) lines.push({ text: '', depth: top.depth, region: found })
        if (name === 'hr') lines.push({ text: '---', depth: top.depth, region: region() })
        if (name === 'li') current = `${indent(stack)}${marker(stack)}`
        if ((name === 'td' || name === 'th') && cell && current.trim() !== '') current += '\t'
        if (name === 'img') current += image(attributes)
      },
      ontext(text) {
        if (top.silent) return
        if (top.pre) {
          const [first = '', ...rest] = text.split('\n')
          add(first)
          for (const line of rest) {
            endLine(true)
            add(line)
          }
          return
        }
        const flat = text.replace(/[ \t\n\r\f]+/g, ' ').replace(/[\u200b\u200c\u00ad\u2060\ufeff]/g, '')
        add(/\s/.test(current.at(-1) ?? ' ') ? flat.replace(/^ /, '') : flat)
        if (current.length > longestLine) endLine(false)
      },
      onclosetag(name) {
        if (name === 'br' || stack.length === 0) return
        if (top.link && !top.silent)
          current += linkTarget(top.link, current.slice(top.linkStart, top.linkStart + longestLink))
        if (blocks.has(name)) endLine(false)
        if (name === 'td' || name === 'th') cell = true
        if (top.spaced && !top.silent) gap = true
        top = stack.pop()!
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  // The parser searches its stack for every tag: what nests deeper than any mail does is read as text from there on.
  let read = 0
  for (; read < html.length && stack.length < deepest; read += chunk) parser.write(html.slice(read, read + chunk))
  if (read < html.length) parser.write(html.slice(read).replace(/<[^<>]*>/g, ' '))
  parser.end()
  endLine(false)
  return lines
}

/** Some mailers indent with blockquotes that quote nobody. */
export const isQuote = ({ style = '', class: name = '' }: Record<string, string>) =>
  !(/margin:\s*0(px)?\s+0(px)?\s+0(px)?\s+40px/.test(style) && /border:\s*none/.test(style) && !/quote|cite/.test(name))

const lists = (stack: Element[]) => stack.filter(({ name }) => name === 'ul' || name === 'ol')
const indent = (stack: Element[]) => '  '.repeat(Math.min(Math.max(lists(stack).length - 1, 0), 20))
function marker(stack: Element[]): string {
  const list = stack.findLast(({ name }) => name === 'ul' || name === 'ol')
  return list?.order ? `${list.order++}. ` : '- '
}

const image = ({ alt = '' }: Record<string, string>) => {
  const text = alt.replace(/\s+/g, ' ').trim()
  return text === '' || text.length > 200 ? '' : `[${text}]`
}

const bare = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\/(www\.)?/, '')
    .replace(/\/+$/, '')

/** Where a link goes, unless its text says so already. */
function linkTarget(href: string, shown: string): string {
  const url = href.trim()
  if (!/^(https?|ftp):/i.test(url) || url.length > longestLink) return ''
  return shown.trim() === '' || bare(shown) === bare(url) || shown.includes(url) ? '' : ` <${url}>`
}

/** The HTML as plain text: quotes with `>`, lists with their signs, a row of a table in a line, links with their address. */
export function htmlToText(html: string): string {
  return joinLines(htmlLines(html))
}

export const joinLines = (lines: Line[]) =>
  lines
    .map(({ text, depth }) => (depth > 0 ? `${'>'.repeat(Math.min(depth, 20))} ${text}`.trimEnd() : text.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
