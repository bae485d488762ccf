import type { RoutingState } from './decide.ts'
import { rangeOf, type WaitRange } from './estimate-wait.ts'
import { forecast, type Foreseen } from './forecast.ts'
import { doubtOf, fewestMeasured, variationOf, type QueueMeasured } from './measured.ts'
import { compareRanked, type Ranked, scoreOf } from './order.ts'
import type { WorkItem } from './work-item.ts'

/** What one who waits is told. */
export interface Standing {
  /** 1 is next, among those of the same queue. */
  place: number
  /** null when nothing honest can be said: nobody who is at work could take it, or too little has been measured. */
  wait: WaitRange | null
}

/** By queue; a queue that is not named has measured nothing. */
export type Measured = ReadonlyMap<string, QueueMeasured>

/** Where an item stands among those of its queue, itself included whether or not it waits already. In O(n). */
export function placeOf(state: RoutingState, item: WorkItem, now: number): number {
  const queue = state.queues.get(item.queueId)
  if (!queue) return 1
  const own = { item, score: scoreOf(queue.order, item, now) }
  let place = 1
  for (const other of state.waiting.values()) {
    if (other.queueId !== item.queueId || other.id === item.id) continue
    if (compareRanked({ item: other, score: scoreOf(queue.order, other, now) }, own) < 0) place += 1
  }
  return place
}

/**
 * Everybody who waits, or everybody in one queue: place and wait. What waits in other queues for the same agents is taken
 * into account. One pass costs O(n log n) in all that waits plus agents × kinds of work, so that a server refreshes a whole
 * queue by one call.
 */
export function standings(
  state: RoutingState,
  measured: Measured,
  now: number,
  queueId?: string,
): ReadonlyMap<string, Standing> {
  const ranked = rank(state, now)
  const wanted = ranked.filter(({ item }) => queueId === undefined || item.queueId === queueId)
  const foreseen = foresee(state, ranked, measured, now, wanted)
  const places = new Map<string, number>()
  return new Map(
    wanted.map(({ item }) => {
      const place = (places.get(item.queueId) ?? 0) + 1
      places.set(item.queueId, place)
      return [item.id, { place, wait: waitOf(item, foreseen.get(item.id), measured) }]
    }),
  )
}

/** The wait of one item; it may be one that does not wait yet, to compare queues before somebody is sent to one. */
export function estimateFor(state: RoutingState, item: WorkItem, measured: Measured, now: number): WaitRange | null {
  const waiting = new Map(state.waiting).set(item.id, item)
  const ranked = rank({ ...state, waiting }, now)
  const wanted = ranked.filter((each) => each.item.id === item.id)
  return waitOf(item, foresee(state, ranked, measured, now, wanted).get(item.id), measured)
}

function rank({ queues, waiting }: RoutingState, now: number): Ranked[] {
  const ranked: Ranked[] = []
  for (const item of waiting.values()) {
    const queue = queues.get(item.queueId)
    if (queue) ranked.push({ item, score: scoreOf(queue.order, item, now) })
  }
  return ranked.toSorted(compareRanked)
}

function foresee(
  state: RoutingState,
  ranked: readonly Ranked[],
  measured: Measured,
  now: number,
  wanted: readonly Ranked[],
): ReadonlyMap<string, Foreseen> {
  const items = ranked.map(({ item }) => item)
  const targets = new Set(wanted.map(({ item }) => item.id))
  return forecast(state, items, targets, measured, now)
}

/**
 * What is measured errs too. And where holding times vary more than exponential ones, so do releases over a longer time;
 * where they vary less it is left at that, because many slots together release as if by chance.
 */
function waitOf(item: WorkItem, foreseen: Foreseen | undefined, measured: Measured): WaitRange | null {
  const hold = measured.get(item.queueId)?.hold
  if (!foreseen || !hold || hold.count < fewestMeasured) return null
  const { fromSeconds, mean, variance } = foreseen
  const range = rangeOf(mean, variance * Math.max(1, variationOf(hold)) + mean * mean * doubtOf(hold))
  return {
    lowSeconds: fromSeconds + range.lowSeconds,
    highSeconds: fromSeconds + range.highSeconds,
    meanSeconds: fromSeconds + range.meanSeconds,
  }
}
