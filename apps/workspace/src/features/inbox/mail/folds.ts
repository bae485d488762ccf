import { type Entry, currentContent, isMessage } from '@qiao/protocol'
import { createStore } from '../../../shared/store.ts'
import type { EntriesById } from '../thread/thread-context.tsx'

/** With so few there is nothing to be tidied. */
const openUpTo = 3
const lastOpen = 2

export const isMail = (entry: Entry): boolean => isMessage(entry) && currentContent(entry)?.type === 'mail'

const orders = new WeakMap<EntriesById, ReadonlyMap<string, number>>()
/** Where each mail stands among those of its thread, counted from the newest: 0. Reckoned once for all rows. */
export function mailOrder(entries: EntriesById): ReadonlyMap<string, number> {
  const held = orders.get(entries)
  if (held) return held
  const mails = entries.all.filter(isMail)
  const order = new Map(mails.map((entry, at) => [entry.id, mails.length - 1 - at]))
  orders.set(entries, order)
  return order
}

export const opensByItself = (fromNewest: number, count: number): boolean => count <= openUpTo || fromNewest < lastOpen

/** What the reader opened and folded, by entry; rows that scroll out of sight and back are as they were left. */
export const foldsStore = createStore<ReadonlyMap<string, boolean>>(new Map())

export const setOpen = (ids: readonly string[], open: boolean): void =>
  foldsStore.set((held) => new Map([...held, ...ids.map((id) => [id, open] as const)]))
