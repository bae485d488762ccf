import { createHeap } from './heap.ts'
import { gainsSince, gainsUntil } from './order.ts'
import type { OrderPolicy, WorkItem } from './work-item.ts'

/** One item's place in a line; taken out by marking it, which a line finds out when it gets there. */
export interface Place {
  readonly item: WorkItem
  gone: boolean
}

/**
 * Waiting items of one kind in the order in which they are served. All gain points at the same pace, so their order does
 * not change while they gain; those that have all the points there are stand in a second order beside it.
 */
export interface Line {
  add: (place: Place) => void
  /** The first at this time that `fits`; those before it keep their places. */
  first: (now: number, fits: (item: WorkItem) => boolean) => WorkItem | null
}

export function createLine(order: OrderPolicy): Line {
  const perMillisecond = order.perMinute / 60_000
  const lead = (item: WorkItem): number => item.priority - gainsSince(order, item) * perMillisecond
  const byAge = (a: Place, b: Place): number =>
    a.item.createdAt - b.item.createdAt || (a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0)
  const gaining = createHeap<Place>((a, b) => lead(b.item) - lead(a.item) || byAge(a, b))
  const full = createHeap<Place>((a, b) => b.item.priority - a.item.priority || byAge(a, b))
  const filling = createHeap<Place>((a, b) => gainsUntil(order, a.item) - gainsUntil(order, b.item))

  function fill(now: number): void {
    for (let next = filling.peek(); next && gainsUntil(order, next.item) <= now; next = filling.peek()) {
      filling.pop()
      if (!next.gone) full.push(next)
    }
  }
  const isFull = (place: Place, now: number): boolean => gainsUntil(order, place.item) <= now
  const score = (place: Place, now: number): number =>
    isFull(place, now) ? place.item.priority + order.most : lead(place.item) + now * perMillisecond

  const isAhead = (old: Place | undefined, young: Place | undefined, now: number): boolean =>
    old !== undefined && (!young || (score(young, now) - score(old, now) || byAge(old, young)) < 0)

  const size = (): number => gaining.size + full.size + filling.size
  let sweepAt = 64
  /** Who left from the middle is found here, so that a line does not grow for ever; on average it costs nothing. */
  function sweep(): void {
    for (const heap of [gaining, full, filling]) heap.keep((place) => !place.gone)
    sweepAt = 64 + 2 * size()
  }

  return {
    add(place) {
      gaining.push(place)
      if (gainsUntil(order, place.item) < Infinity) filling.push(place)
      if (size() > sweepAt) sweep()
    },
    first(now, fits) {
      fill(now)
      const passed: [typeof gaining, Place][] = []
      let found: Place | null = null
      while (!found) {
        // A place that has moved over to the full ones is still among the gaining, and no longer counts there.
        for (let top = gaining.peek(); top && (top.gone || isFull(top, now)); top = gaining.peek()) gaining.pop()
        for (let top = full.peek(); top?.gone; top = full.peek()) full.pop()
        const heap = isAhead(full.peek(), gaining.peek(), now) ? full : gaining
        const place = heap.peek()
        if (!place) break
        if (fits(place.item)) found = place
        else {
          heap.pop()
          passed.push([heap, place])
        }
      }
      for (const [heap, place] of passed) heap.push(place)
      return found?.item ?? null
    },
  }
}
