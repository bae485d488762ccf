import { type Entry, applyRevision } from '@qiao/protocol'

/** A stretch of one conversation without gaps, oldest first, and whether there is more before it. */
export interface Timeline {
  readonly entries: readonly Entry[]
  readonly hasMore: boolean
}

export const lastSeqOf = (timeline: Timeline): number => timeline.entries.at(-1)?.seq ?? 0

/**
 * Adds what follows. Repeats are ignored; at a gap it stops, and `missing` says that the part after the last held entry
 * has to be read. Returns the same timeline when nothing was added.
 */
export function appendEntries(
  timeline: Timeline,
  incoming: readonly Entry[],
): { timeline: Timeline; missing: boolean } {
  let last = lastSeqOf(timeline)
  let revised = timeline.entries
  const added: Entry[] = []
  let missing = false
  for (const entry of incoming) {
    if (entry.seq <= last) continue
    if (entry.seq !== last + 1) {
      missing = true
      break
    }
    revised = applyRevision(revised, entry)
    const within = applyRevision(added, entry)
    if (within !== added) added.splice(0, added.length, ...within)
    added.push(entry)
    last = entry.seq
  }
  if (added.length === 0) return { timeline, missing }
  return { timeline: { ...timeline, entries: [...revised, ...added] }, missing }
}

/** Adds an older part in front. What is already held wins: it may know of later revisions. */
export function prependEntries(timeline: Timeline, older: readonly Entry[], hasMore: boolean): Timeline {
  const first = timeline.entries[0]?.seq ?? Infinity
  return { entries: [...older.filter((entry) => entry.seq < first), ...timeline.entries], hasMore }
}
