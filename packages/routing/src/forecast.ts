import { changesAt, type RoutingState } from './decide.ts'
import { createReleases, type Moments } from './estimate-wait.ts'
import { createHeap, type Heap } from './heap.ts'
import { fewestMeasured, patienceOf, type QueueMeasured } from './measured.ts'
import { kindOf, type Pool, poolsOf, type WorkKind } from './pools.ts'
import type { WorkItem } from './work-item.ts'

/** When an item is taken: not before `fromSeconds`, and from then on a time of this mean and variance. */
export interface Foreseen extends Moments {
  fromSeconds: number
}

interface Waiting {
  item: WorkItem
  /** Its place in the order of all that waits. */
  rank: number
  line: Line
  /** From when on this line's agents may take it, and how many releases of theirs went before that. */
  fromSeconds: number
  fromReleases: number
  taken: boolean
}

interface Line {
  kind: WorkKind
  waiting: Heap<Waiting>
  groups: Group[]
  /** Slots that the agents of this line have released so far. */
  released: number
  releases: (ahead: number) => Moments
}

interface Group extends Pool<Line> {
  /** Units released and not taken: a slot that is larger or smaller than what the next one needs. */
  credit: number
  /** When it releases a slot next; while idle, when it would have released one that nobody wanted. */
  nextSeconds: number
  idle: boolean
}

/**
 * Plays on what waits now as if every slot were released after its mean time: each release goes to the first in order that
 * its agents serve, and items move on to looser steps and later groups in their time. That tells how many the same agents
 * take before an item; how long so many releases take is then told with their chance and with those who give up. Goes on
 * until it is known of all `targets`, or nothing more happens: who is not named then is not foreseen.
 *
 * Left out: who comes later and is more important. Nobody knows them yet, and ageing limits what they take.
 */
export function forecast(
  state: RoutingState,
  items: readonly WorkItem[],
  targets: ReadonlySet<string>,
  measured: ReadonlyMap<string, QueueMeasured>,
  now: number,
): ReadonlyMap<string, Foreseen> {
  const lines = new Map<string, Line>()
  const foreseen = new Map<string, Foreseen>()
  const moves = createHeap<{ at: number; one: Waiting }>((a, b) => a.at - b.at || a.one.rank - b.one.rank)
  const clock = createHeap<Group>((a, b) => a.nextSeconds - b.nextSeconds)
  const pending = new Set(targets)

  function lineOf(item: WorkItem, at: number): Line {
    const kind = kindOf(state, item, at)
    const known = lines.get(kind.key)
    if (known) return known
    const waiting = createHeap<Waiting>((a, b) => a.rank - b.rank)
    const line: Line = { kind, waiting, groups: [], released: 0, releases: createReleases(Infinity, null) }
    lines.set(kind.key, line)
    return line
  }
  const movesAt = (item: WorkItem, after: number): number => {
    const queue = state.queues.get(item.queueId)
    return queue ? changesAt(item, queue, after) : Infinity
  }
  const holdOf = (queueId: string | undefined): number | null => {
    const hold = queueId === undefined ? undefined : measured.get(queueId)?.hold
    return hold && hold.count >= fewestMeasured ? hold.meanSeconds : null
  }

  function take(one: Waiting, atOnce: boolean): void {
    one.taken = true
    pending.delete(one.item.id)
    const { line, fromSeconds } = one
    const ahead = Math.max(0, Math.round(line.released - one.fromReleases) - 1)
    foreseen.set(one.item.id, { fromSeconds, ...line.releases(atOnce ? -1 : ahead) })
  }
  function firstIn(line: Line): Waiting | undefined {
    let first = line.waiting.peek()
    for (; first && (first.taken || first.line !== line); first = line.waiting.peek()) line.waiting.pop()
    return first
  }
  /** Gives what a group has free to the first that it serves, until the next one needs more. Counts what it gave. */
  function give(group: Group, atOnce: boolean): Waiting[] {
    const given: Waiting[] = []
    for (;;) {
      let best: Waiting | undefined
      let units = 0
      for (const served of group.serves) {
        const first = firstIn(served.line)
        if (first && (!best || first.rank < best.rank)) [best, units] = [first, served.units]
      }
      group.idle = best === undefined
      if (!best || group.credit + 1e-9 < units) return given
      group.credit -= units
      take(best, atOnce)
      given.push(best)
    }
  }
  function release(group: Group): void {
    group.credit += group.releasedUnits
    for (const { line, units } of group.serves) line.released += group.releasedUnits / units
    group.nextSeconds += 1 / group.perSecond
    give(group, false)
    if (!group.idle) clock.push(group)
  }
  /** A group that had nothing to do has kept free what it has released since. */
  function wake(group: Group, seconds: number): void {
    if (group.perSecond > 0) {
      const missed = Math.max(0, Math.floor((seconds - group.nextSeconds) * group.perSecond) + 1)
      group.credit += missed * group.releasedUnits
      group.nextSeconds += missed / group.perSecond
    }
    give(group, true)
    if (!group.idle && group.perSecond > 0) clock.push(group)
  }
  function move({ at, one }: { at: number; one: Waiting }): void {
    if (one.taken) return
    plan(one, at)
    const line = lineOf(one.item, at)
    if (line === one.line) return
    Object.assign(one, { line, fromSeconds: (at - now) / 1000, fromReleases: line.released })
    line.waiting.push(one)
    for (const group of line.groups) if (group.idle && !one.taken) wake(group, one.fromSeconds)
  }
  function plan(one: Waiting, after: number): void {
    const at = movesAt(one.item, after)
    if (at < Infinity) moves.push({ at, one })
  }

  for (const [rank, item] of items.entries()) {
    const one: Waiting = { item, rank, line: lineOf(item, now), fromSeconds: 0, fromReleases: 0, taken: false }
    one.line.waiting.push(one)
    plan(one, now)
    // Lines in which it will stand later, so that their agents are known from the start.
    for (let at = movesAt(item, now); at < Infinity; at = movesAt(item, at)) lineOf(item, at)
  }
  for (const pool of poolsOf(state, [...lines.values()], holdOf)) {
    const group: Group = { ...pool, credit: pool.freeUnits, nextSeconds: 0, idle: false }
    for (const { line } of group.serves) line.groups.push(group)
    // What is given at once is held from now on.
    for (const { item } of give(group, true)) group.perSecond += 1 / (holdOf(item.queueId) ?? Infinity)
    group.nextSeconds = 0.5 / group.perSecond
    if (!group.idle && group.perSecond > 0) clock.push(group)
  }
  for (const line of lines.values()) {
    let rate = 0
    for (const { perSecond, releasedUnits, serves } of line.groups)
      rate += (perSecond * releasedUnits) / (serves.find((served) => served.line === line)?.units ?? 1)
    const leaving = measured.get(line.kind.queueId)?.leaving
    line.releases = createReleases(rate, leaving ? patienceOf(leaving) : null)
  }
  while (pending.size > 0) {
    const [group, next] = [clock.peek(), moves.peek()]
    if (next && (!group || (next.at - now) / 1000 < group.nextSeconds)) {
      moves.pop()
      move(next)
    } else if (group) {
      clock.pop()
      release(group)
    } else break
  }
  return foreseen
}
