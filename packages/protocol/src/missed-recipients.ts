import type { MessageEntry } from './entries.ts'

/**
 * To whom a letter can go once more: whom it was written to and did not reach, by the address that it was written to. A server
 * further on may name another one, of which nobody here knows whose it is. Empty as well while it is on its way to some of them.
 */
export function missedRecipients({ body: { content }, revision }: Pick<MessageEntry, 'body' | 'revision'>): string[] {
  const { recipients = [], again, state } = revision?.outgoing ?? {}
  if (content.type !== 'mail' || (again !== undefined && state !== 'unknown')) return []
  const missed = new Set(recipients.map(({ address }) => address.toLowerCase()))
  const written = new Set([...content.to, ...content.cc, ...content.bcc].map(({ address }) => address))
  return [...written].filter((address) => missed.has(address.toLowerCase()))
}
