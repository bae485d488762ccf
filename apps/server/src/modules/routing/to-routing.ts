import type { Queue } from '@qiao/protocol'
import type { Queue as RoutedQueue, WorkItem } from '@qiao/routing'
import type { WorkItemRow } from './work-item-row.ts'

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

export function membersByTeam(agents: Iterable<{ agent: { id: string }; teamIds: readonly string[] }>) {
  const members = new Map<string, string[]>()
  for (const { agent, teamIds } of agents)
    for (const teamId of teamIds) members.set(teamId, [...(members.get(teamId) ?? []), agent.id])
  return members
}
