import type { Queue } from '@qiao/protocol'
import type { Queue as RoutedQueue, WorkItem } from '@qiao/routing'
import type { Queryable, WorkItemRow } from './work-item-row.ts'

/** From rows and settings to what `@qiao/routing` decides on. */

/** `zh-CN` and `zh-TW` are served by whoever speaks Chinese. */
export const primaryLanguage = (language: string): string => language.split('-')[0]?.toLowerCase() ?? language

/** Null for work that does not wait in a queue. */
export function toWaiting(row: WorkItemRow): WorkItem | null {
  if (row.state !== 'waiting' || row.queue_id === null) return null
  return {
    id: row.id,
    queueId: row.queue_id,
    channel: row.channel,
    language: row.language && primaryLanguage(row.language),
    priority: row.priority,
    createdAt: row.created_at.getTime(),
    enteredAt: row.entered_at.getTime(),
    dueAt: row.due_at?.getTime() ?? null,
    steps: row.steps,
    preferred:
      row.preferred_agent_id && row.preferred_until
        ? { agentId: row.preferred_agent_id, until: row.preferred_until.getTime() }
        : null,
    declined: row.declined.map(({ agentId, until }) => ({ agentId, until: Date.parse(until) })),
  }
}

/** Teams are written out into their members. */
export function toRoutedQueue(queue: Queue, membersOf: ReadonlyMap<string, readonly string[]>): RoutedQueue {
  const { settings } = queue
  return {
    id: queue.id,
    paused: queue.pausedAt !== null,
    order: settings.order,
    selection: settings.selection,
    groups: settings.groups.map(({ teamIds, agentIds, afterSeconds }) => ({
      agentIds: new Set([...agentIds, ...teamIds.flatMap((teamId) => membersOf.get(teamId) ?? [])]),
      afterSeconds,
    })),
  }
}

export async function readMembersByTeam(client: Queryable): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ team_id: string; members: string[] }>(
    'select team_id, array_agg(agent_id) as members from team_members group by team_id',
  )
  return new Map(rows.map((row) => [row.team_id, row.members]))
}
