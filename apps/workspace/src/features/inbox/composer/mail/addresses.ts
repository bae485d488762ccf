import type { Mailbox } from '@qiao/protocol'

/** What is written between commas, semicolons and lines; those within quotes and angle brackets divide nothing. */
function pieces(text: string): string[] {
  const found: string[] = []
  let piece = ''
  let quoted = false
  let angled = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === '<') angled = true
    else if (!quoted && character === '>') angled = false
    const divides = !quoted && !angled && /[,;\n，；、]/u.test(character)
    if (divides) {
      found.push(piece)
      piece = ''
    } else piece += character
  }
  return [...found, piece].map((each) => each.trim()).filter((each) => each !== '')
}

function toMailbox(piece: string): Mailbox {
  const named = /^(.*?)\s*<\s*([^<>]*)\s*>$/su.exec(piece)
  if (!named) return { name: '', address: piece.replace(/^mailto:/iu, '') }
  const name = (named[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/su, '$1')
    .replaceAll(/\\(["\\])/gu, '$1')
  return { name: name.slice(0, 200), address: (named[2] ?? '').trim() }
}

/** Whatever somebody types or pastes: one address, or a list as it stands in a mail program. */
export const parseAddresses = (text: string): Mailbox[] => pieces(text).map(toMailbox)

/** What a mail server would take; whether somebody is there, only sending tells. */
export const isAddress = (address: string): boolean =>
  address.length <= 320 && /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\].]+(\.[^\s@<>"(),:;\\[\].]+)+$/u.test(address)

/** Adds those who are not in it; the same address twice would be the same mail twice. */
export function joinPeople(held: readonly Mailbox[], added: readonly Mailbox[]): Mailbox[] {
  const all = [...held]
  for (const person of added) {
    const known = all.some(({ address }) => address.toLowerCase() === person.address.toLowerCase())
    if (!known) all.push(person)
  }
  return all
}
