import sanitize from 'sanitize-html'

/** The rest of a longer body is in the original. */
export const longestHtml = 500_000
const longestInlineImage = 400_000

export interface CleanHtml {
  html: string
  /** Pictures of other servers. */
  remoteImages: number
  /** There was more than is kept. */
  cut: boolean
}

/** No address, no code, nothing that is looked up: words, numbers, colours, and lists of them. */
const harmless =
  /^(?!.*(?:url|expression|image|attr|var|env|behavior|javascript|import|\\|&))[-#%.,\s\w()"'!/+]{0,200}$/i
const notNegative = /^(?!.*-\d)[%.\s\w!]{0,100}$/
const oneOf = (...words: string[]): RegExp => new RegExp(`^(?:${words.join('|')})$`)

const harmlessStyles =
  'color background background-color font font-family font-size font-style font-weight font-variant line-height ' +
  'letter-spacing text-align text-decoration text-transform vertical-align white-space word-break word-wrap ' +
  'overflow-wrap direction unicode-bidi border border-top border-right border-bottom border-left border-color ' +
  'border-style border-width border-radius border-collapse border-spacing list-style-type table-layout'
const sizes =
  'width height min-width max-width padding padding-top padding-right padding-bottom padding-left ' +
  'margin margin-top margin-right margin-bottom margin-left text-indent'

const styles: Record<string, RegExp[]> = {
  ...Object.fromEntries(harmlessStyles.split(' ').map((name) => [name, [harmless]])),
  // What reaches out of its box could lie over something that it is not part of.
  ...Object.fromEntries(sizes.split(' ').map((name) => [name, [notNegative]])),
  display: [
    oneOf('block', 'inline', 'inline-block', 'none', 'table', 'table-row', 'table-cell', 'list-item', 'inline-table'),
  ],
  float: [oneOf('left', 'right', 'none')],
  clear: [oneOf('left', 'right', 'both', 'none')],
}

const cell = ['width', 'height', 'bgcolor', 'colspan', 'rowspan', 'nowrap', 'scope']
const tags =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div ' +
  'dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp ' +
  'section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'

/**
 * What a stranger's HTML may be when colleagues look at it: text, tables and their looks. Pictures are named where they
 * are (`data-cid`, `data-remote`) and loaded by nobody until whoever shows it says so.
 */
export function cleanHtml(source: string): CleanHtml {
  let remoteImages = 0
  const bounded = source.slice(0, endOfBearable(source))
  const html = sanitize(bounded, {
    allowedTags: tags.split(' '),
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'align', 'valign'],
      a: ['href', 'target', 'rel', 'title'],
      img: ['src', 'alt', 'width', 'height', 'border', 'data-cid', 'data-remote'],
      table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
      td: cell,
      th: cell,
      tr: ['bgcolor', 'height'],
      col: ['width', 'span'],
      colgroup: ['width', 'span'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      ul: ['type'],
      li: ['value'],
      hr: ['width', 'size', 'color'],
    },
    allowedStyles: { '*': styles },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    nestingLimit: 120,
    nonTextTags: 'script style textarea option select noscript title template svg math object xml iframe'.split(' '),
    transformTags: {
      a: (tagName, { href = '', style = '' }) => ({ tagName, attribs: { ...link(href), style } }),
      img: (tagName, attribs) => {
        const picture = pictureOf(attribs['src'] ?? '')
        if ('data-remote' in picture) remoteImages += 1
        const { alt = '', width = '', height = '', style = '' } = attribs
        return { tagName, attribs: { ...picture, alt: alt.slice(0, 500), ...filled({ width, height, style }) } }
      },
    },
  })
  return { html: html.trim(), remoteImages, cut: bounded.length < source.length }
}

const deepest = 800
/** They have no end, or the next of their kind ends them. */
const unnested = /^(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|td|th|tr|wbr)$/i

/** The parser looks through its stack for every tag: what nests deeper than any mail does would take it minutes. */
function endOfBearable(source: string): number {
  const end = Math.min(source.length, longestHtml)
  const tag = /<(\/?)([a-z][a-z0-9-]{0,20})/gi
  let depth = 0
  for (let found = tag.exec(source); found && found.index < end; found = tag.exec(source)) {
    const [, closes, name = ''] = found
    if (unnested.test(name)) continue
    depth = Math.max(0, depth + (closes ? -1 : 1))
    if (depth > deepest) return found.index
  }
  return end
}

const filled = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''))

/** The host is told as it really is: letters of other scripts that look like ours are spelled out there (`xn--…`). */
function link(href: string): Record<string, string> {
  const url = URL.canParse(href.trim()) ? new URL(href.trim()) : null
  if (!url || !/^(https?|mailto|tel):$/.test(url.protocol)) return {}
  return {
    href: url.href,
    target: '_blank',
    rel: 'noopener noreferrer nofollow',
    title: url.hostname || decoded(url.pathname),
  }
}

function pictureOf(source: string): Record<string, string> {
  const text = source.trim()
  if (/^cid:/i.test(text)) return { 'data-cid': decoded(text.slice(4)).slice(0, 250) }
  if (
    /^data:image\/(png|jpe?g|gif|webp);base64,[\w+/=\s]+$/i.test(text.slice(0, 200)) &&
    text.length < longestInlineImage
  )
    return { src: text }
  const address = text.startsWith('//') ? `https:${text}` : text
  if (/^https?:/i.test(address) && URL.canParse(address) && address.length < 4000)
    return { 'data-remote': new URL(address).href }
  return {}
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
