import type { Mailbox } from '@qiao/protocol'

export const nameOf = ({ name, address }: Mailbox): string => name.trim() || address

/** As it is written in a mail: `Name <address>`; the name in quotes where it would be read as several. */
export function written({ name, address }: Mailbox): string {
  const plain = name.trim()
  if (plain === '') return address
  return `${/[",;<>@()\\]/u.test(plain) ? `"${plain.replaceAll(/(["\\])/gu, '\\$1')}"` : plain} <${address}>`
}

/** The first of them by name, and how many others: a line has no room for a list. */
export function shortList(people: readonly Mailbox[]): { first: string; more: number } {
  const [first, ...others] = people
  return { first: first ? nameOf(first) : '', more: others.length }
}
