import type { OrderPolicy, WorkItem } from './work-item.ts'

const minute = 60_000
/** Where nothing is due, an item counts as due this long after its creation, among those that are. */
const dueWithout = 24 * 60 * minute

/** From when on an item gains points. */
export const gainsSince = ({ by }: OrderPolicy, item: WorkItem): number =>
  by === 'wait' ? item.createdAt : (item.dueAt ?? item.createdAt + dueWithout)

/** When an item has gained all the points that waiting gives. */
export const gainsUntil = (order: OrderPolicy, item: WorkItem): number =>
  order.perMinute > 0 ? gainsSince(order, item) + (order.most / order.perMinute) * minute : Infinity

/** More points are served first. What is not due yet has points below its priority, so that it stays in order too. */
export function scoreOf(order: OrderPolicy, item: WorkItem, now: number): number {
  const gained = ((now - gainsSince(order, item)) / minute) * order.perMinute
  return item.priority + Math.min(gained, order.most)
}

export interface Ranked {
  score: number
  item: WorkItem
}

/** Negative when `a` comes first. Equal points: who came first; equal times: by id, so that it is always the same. */
export const compareRanked = (a: Ranked, b: Ranked): number =>
  b.score - a.score ||
  a.item.createdAt - b.item.createdAt ||
  (a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0)
