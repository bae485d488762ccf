import { decodeHeaderText } from './header-text.ts'
import type { Address } from './mail.ts'

const most = 2000
/** An apostrophe belongs to a name like O'Brien, not to quotes around the whole. */
const addressPattern =
  /(?:[^\s<>()[\]",;:\\@'=?\u3000-\u3002\uff0c]|(?<=[\p{L}\d])'(?=[\p{L}\d])){1,200}@[^\s<>()[\]",;:\\@'?\u3000-\u3002\uff0c]{1,250}/u

/** Nothing but an address: more is allowed in it than where it stands among words. */
const wholeAddress =
  /^[^\s<>()[\]",;:\\@\u3000-\u3002\uff0c]{1,200}@(?:[^\s<>()[\]",;:\\@'?\u3000-\u3002\uff0c]{1,250}|\[[\da-f.:]{2,60}\])$/iu

/** Reads a list of mailboxes, groups and whatever mailers write instead. The header is given as bytes (latin1). */
export function readAddresses(raw: string | null, hint?: string | null): Address[] {
  const list: Address[] = []
  for (const item of splitList(raw ?? '')) {
    const address = readAddress(item, hint)
    if (address) list.push(address)
    if (list.length >= most) break
  }
  return list
}

type Item = {
  words: string[]
  quoted: string[]
  comments: string[]
  angle: string | null
  /** How many words stand before the angle brackets. */
  before: number
}

/** One pass over the header: quotes, comments and angle brackets are told apart before anything is decoded. */
function splitList(raw: string): Item[] {
  const items: Item[] = []
  let item = newItem()
  let word = ''
  const endWord = () => {
    if (word.trim() !== '') item.words.push(word)
    word = ''
  }
  const endItem = () => {
    endWord()
    items.push(item)
    item = newItem()
  }
  for (let at = 0; at < raw.length && items.length < most; at++) {
    const char = raw[at]!
    if (char === '=' && raw[at + 1] === '?') {
      const encoded = /^=\?[^?\s]{0,60}\?[BbQq]\?[^\r\n]{0,4000}?\?=/.exec(raw.slice(at, at + 4100))
      word += encoded?.[0] ?? char
      at += (encoded?.[0].length ?? 1) - 1
    } else if (char === '"') {
      const end = endOfQuoted(raw, at)
      const text = raw.slice(at + 1, end).replace(/\\(.)/g, '$1')
      // A quoted local part belongs to the address that follows it.
      if (raw[end + 1] === '@') word += `"${text}"`
      else {
        endWord()
        item.words.push(text)
        item.quoted.push(text)
      }
      at = end
    } else if (char === '(') {
      const end = endOfComment(raw, at)
      item.comments.push(raw.slice(at + 1, end))
      at = end
    } else if (char === '<') {
      const end = raw.indexOf('>', at)
      const inner = raw.slice(at + 1, end < 0 ? raw.length : end)
      endWord()
      // The comma was left out: what stands behind an address is the next one's name.
      if (item.angle?.includes('@') && inner.includes('@') && item.words.length > item.before) {
        const words = item.words.splice(item.before)
        items.push(item)
        item = { ...newItem(), words }
      }
      if (item.angle === null || !item.angle.includes('@')) [item.angle, item.before] = [inner, item.words.length]
      at = end < 0 ? raw.length : end
    } else if (char === ',' || char === ';') {
      if (isSeparator(item, word, raw.slice(at + 1, at + 500))) endItem()
      else word += char
    } else if (
      char === ':' &&
      item.angle === null &&
      !word.includes('@') &&
      /^[^,<]*[;,<@]/.test(raw.slice(at + 1, at + 2000)) &&
      !raw.startsWith('//', at + 1)
    ) {
      // The name of a group, or a label like `mailto:`.
      item = newItem()
      word = ''
    } else word += char
  }
  endItem()
  return items
}

const newItem = (): Item => ({ words: [], quoted: [], comments: [], angle: null, before: 0 })

/** `Doe, John <john@…>` without quotes: a comma within a name separates nothing. */
function isSeparator(item: Item, word: string, rest: string): boolean {
  if (
    item.angle !== null ||
    word.includes('@') ||
    item.words.some((text) => text.includes('@') && !item.quoted.includes(text))
  )
    return true
  const next = rest.split(/[,;]/)[0] ?? ''
  return !(word.trim() !== '' && /<[^<>]*@/.test(next) && /^\s*[^\s<"]/.test(next))
}

function endOfQuoted(raw: string, from: number): number {
  for (let at = from + 1; at < raw.length; at++) {
    if (raw[at] === '\\') at++
    else if (raw[at] === '"') return at
    // Never closed: the quote ends where the address begins.
    else if (raw[at] === '<' && !raw.slice(at, at + 1000).includes('"')) return at - 1
  }
  return raw.length
}

function endOfComment(raw: string, from: number): number {
  let depth = 0
  for (let at = from; at < raw.length; at++) {
    if (raw[at] === '\\') at++
    else if (raw[at] === '(') depth++
    else if (raw[at] === ')' && --depth === 0) return at
  }
  return raw.length
}

function readAddress({ words, comments, angle }: Item, hint?: string | null): Address | null {
  const plain = decodeHeaderText(words.map((text) => text.trim()).join(' '), hint)
    .replace(/^(\S+) @ ?(?=\S+\.\S+$)/, '$1@')
    .replace(/^@[^\s:]+:(?=\S+@)/, '')
  const comment = decodeHeaderText(comments.join(' '), hint).trim()
  const inAngle = angle === null ? null : cleanAddress(decodeHeaderText(angle, hint))
  if (inAngle) return { name: cleanName(plain) || comment, address: inAngle }
  const lone = wholeAddress.test(plain) && !/^'.*'$/.test(plain) ? cleanAddress(plain) : ''
  if (lone) return { name: comment, address: lone }
  const found = addressPattern.exec(plain)
  if (found) {
    const name = cleanName(
      `${plain.slice(0, found.index)} ${plain.slice(found.index + found[0].length)}`.replace(/mailto:|[<>[\]]/gi, ' '),
    )
    return { name: name || comment, address: cleanAddress(found[0]) }
  }
  const local = /"[^"]+"@[^\s<>,;]+/.exec(plain)?.[0]
  if (local) return { name: cleanName(plain.replace(local, '')) || comment, address: local }
  const name = cleanName(plain) || comment
  const bare = angle !== null && /^[\w.+-]+$/.test(angle.trim()) ? angle.trim() : ''
  return name || bare ? { name, address: bare } : null
}

function cleanAddress(text: string): string {
  const bare = text
    .replace(/^mailto:/i, '')
    .replace(/"[^"]*"|\s+/g, (found) => (found.startsWith('"') ? found : ''))
    .replace(/\(.*?\)/g, '')
    .replace(/^'+|'+$/g, '')
    .replace(/[.,;]+$/, '')
  // A route (`@relay:user@host`, RFC 822) is left out.
  const isWhole = /^"[^"]+"@\S+$/.test(bare) || wholeAddress.test(bare)
  const found = isWhole ? bare : (addressPattern.exec(bare.replace(/^@[^:]*:/, ''))?.[0] ?? '')
  const at = found.lastIndexOf('@')
  return found.slice(0, at + 1) + found.slice(at + 1).toLowerCase()
}

function cleanName(text: string): string {
  const name = text
    .replace(/\\(["\\])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return name
    .replace(/^"+([^"]*)"+$/, '$1')
    .replace(/^'+([^']*)'+$/, '$1')
    .replace(/(?:^|\s)[<>]+$/, '')
    .trim()
}
