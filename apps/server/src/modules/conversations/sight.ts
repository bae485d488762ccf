import { can } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { AgentPrincipal } from '#platform/principal'
import type { Scope } from './topics.ts'

/**
 * Who sees which conversation: administrators all; others those of their teams' inboxes, those handed to one of their
 * teams, those that they hold, and those in which they take part or are asked. The same rule twice, for one conversation in memory and for a query.
 */
export function canSee(agent: AgentPrincipal, scope: Scope): boolean {
  return (
    agent.inboxIds === 'all' ||
    agent.inboxIds.includes(scope.inboxId) ||
    scope.assigneeId === agent.agentId ||
    scope.involvedIds.includes(agent.agentId) ||
    (scope.teamId !== null && agent.teamIds.includes(scope.teamId))
  )
}

/** Leads steer what belongs to their teams; being asked or taking part gives sight, not that. */
export const supervises = (
  { role, inboxIds, teamIds }: AgentPrincipal,
  { inboxId, teamId }: Pick<Scope, 'inboxId' | 'teamId'>,
): boolean =>
  can(role, 'routing.supervise') &&
  (inboxIds === 'all' || inboxIds.includes(inboxId) || (teamId !== null && teamIds.includes(teamId)))

/** `canSee` as a condition on `conversation`. */
export function visibleTo(agent: AgentPrincipal): RawBuilder<boolean> {
  if (agent.inboxIds === 'all') return sql<boolean>`true`
  return sql<boolean>`(conversation.inbox_id = any(${[...agent.inboxIds]}::uuid[])
    or conversation.assignee_id = ${agent.agentId}::uuid
    or ${involves(agent)}
    or conversation.team_id = any(${[...agent.teamIds]}::uuid[]))`
}

/** Takes part or is being asked. The first half makes it fit the index. */
export const involves = ({ agentId }: AgentPrincipal): RawBuilder<boolean> =>
  sql<boolean>`(conversation.involved_ids <> '{}' and conversation.involved_ids @> array[${agentId}::uuid])`
