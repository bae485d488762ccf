import type { Queue, QueueLoad, Team, WorkItem } from '@qiao/protocol'

export interface QueueRow {
  queue: Queue
  load: QueueLoad
}

/** What the board tells about queues that are known by name; one that was just deleted has none. */
export function rowsOf(queues: readonly Queue[], loads: readonly QueueLoad[]): QueueRow[] {
  const byId = new Map(loads.map((load) => [load.queueId, load]))
  return queues.flatMap((queue) => {
    const load = byId.get(queue.id)
    return load ? [{ queue, load }] : []
  })
}

export const lateness = ['fine', 'near', 'late'] as const
export type Lateness = (typeof lateness)[number]

/** Seen by the service target: half of it gone is worth a look, all of it is too late. */
export function latenessOf(waitMs: number, withinSeconds: number): Lateness {
  if (waitMs > withinSeconds * 1000) return 'late'
  return waitMs * 2 > withinSeconds * 1000 ? 'near' : 'fine'
}

export function totalsOf(rows: readonly QueueRow[]) {
  const sum = (of: (row: QueueRow) => number): number => rows.reduce((all, row) => all + of(row), 0)
  const answered = sum(({ load }) => load.today.answered)
  const lost = sum(({ load }) => load.today.abandoned - load.today.shortAbandoned)
  const waiting = rows.filter(({ load }) => load.longestSince !== null)
  const longest = waiting.toSorted((a, b) => (a.load.longestSince ?? '').localeCompare(b.load.longestSince ?? ''))[0]
  return {
    waiting: sum(({ load }) => load.waiting),
    held: sum(({ load }) => load.held),
    longest: longest ?? null,
    serviceLevel: answered + lost > 0 ? sum(({ load }) => load.today.answeredInTime) / (answered + lost) : null,
  }
}

/** Everybody who serves a queue, in whatever group and from whenever on. */
export function serversOf(queue: Queue, teams: readonly Team[]): ReadonlySet<string> {
  const { groups } = queue.settings
  const members = new Set(groups.flatMap((group) => group.teamIds))
  return new Set([
    ...groups.flatMap((group) => group.agentIds),
    ...teams.filter((team) => members.has(team.id)).flatMap((team) => team.agentIds),
  ])
}

export const teamServes = (queue: Queue, team: Team): boolean =>
  queue.settings.groups.some(
    (group) => group.teamIds.includes(team.id) || group.agentIds.some((id) => team.agentIds.includes(id)),
  )

const dayMs = 86_400_000

/** Those who wait, the next one first: the order of the router, as far as it shows. */
export function inOrder(items: readonly WorkItem[], queue: Queue, now: number): WorkItem[] {
  const { by, perMinute, most } = queue.settings.order
  const score = (item: WorkItem): number => {
    const created = Date.parse(item.createdAt)
    const from = by === 'wait' ? created : item.dueAt ? Date.parse(item.dueAt) : created + dayMs
    return item.priority + Math.min(((now - from) / 60_000) * perMinute, most)
  }
  return items.toSorted(
    (a, b) => score(b) - score(a) || a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  )
}
