import { domainToASCII, domainToUnicode } from 'node:url'

const atom = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}$/u

/** In lower case; a domain of other letters than Latin in the form that mail carries. Null when it is no address. */
export function mailAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^mailto:/iu, '')
    .replace(/^<(.*)>$/u, '$1')
  const at = bare.lastIndexOf('@')
  const local = bare.slice(0, at).normalize('NFC').toLowerCase()
  const domain = domainToASCII(bare.slice(at + 1).toLowerCase()).replace(/\.$/u, '')
  if (at < 1 || !atom.test(local) || /^\.|\.$|\.\./u.test(local)) return null
  if (domain.length > 253 || !/^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}$/u.test(domain))
    return null
  return `${local}@${domain}`
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** One is the other, or lies within it. */
export const isAligned = (domain: string, from: string): boolean =>
  domain !== '' && from !== '' && (domain === from || from.endsWith(`.${domain}`) || domain.endsWith(`.${from}`))

/** Letters that look like Latin ones, as far as names of domains are made of them. */
const looks: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ї: 'i', ј: 'j', ѕ: 's', һ: 'h', ԁ: 'd', ո: 'n', ԛ: 'q', ԝ: 'w',
  к: 'k', м: 'm', т: 't', в: 'b', н: 'h', α: 'a', ο: 'o', ν: 'v', ρ: 'p', ι: 'i', κ: 'k', τ: 't', υ: 'u', ɡ: 'g', ı: 'i',
  '0': 'o', '1': 'l', ł: 'l', đ: 'd', ø: 'o',
} // prettier-ignore

const skeletonOf = (domain: string): string =>
  Array.from(domainToUnicode(domain).normalize('NFKD').replace(/\p{M}/gu, ''))
    .map((letter) => looks[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('i', 'l')

/** Letters of several scripts within one name, or one of ours with other letters: made to be mistaken. */
export function isLookalike(domain: string, own: readonly string[]): boolean {
  const labels = domainToUnicode(domain).split('.')
  const mixed = labels.some(
    (label) => /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label),
  )
  return mixed || own.some((other) => other !== domain && skeletonOf(other) === skeletonOf(domain))
}
