import type { listRoutingTargets, OutputOf } from '@qiao/protocol'
import { estimateFor, hasRoom } from '@qiao/routing'
import type pg from 'pg'
import { type ConversationDeps, readItem } from '#conversations'
import type { AgentPrincipal } from '#platform/principal'
import { lookAtQueues } from './choose-queue.ts'
import { loadRoutingState } from './load-routing-state.ts'
import { readAgentStates } from './read-agent-states.ts'
import { readMeasured } from './read-measured.ts'
import { readRoutingOf } from './routing-of-inbox.ts'
import { toWaitRange } from './tell-places.ts'
import { primaryLanguage } from './to-routing.ts'

/** Whom a conversation could go to: queues with the wait that it would have there, agents with their room. */
export async function listTargets(
  { db, pool, clock }: ConversationDeps & { pool: pg.Pool },
  agent: AgentPrincipal,
  conversationId: string,
): Promise<OutputOf<typeof listRoutingTargets>> {
  const { conversation } = await readItem(db, agent, conversationId)
  const now = clock.now()
  const [queues, state, agents, measured, { channel }] = await Promise.all([
    lookAtQueues(pool, now),
    loadRoutingState(pool),
    readAgentStates(pool, 'all'),
    readMeasured(pool, now),
    readRoutingOf(pool, conversation),
  ])
  const members = (queueId: string): ReadonlySet<string> =>
    new Set(state.queues.get(queueId)?.groups.flatMap(({ agentIds }) => [...agentIds]))
  return {
    queues: queues.map(({ queue, open, waiting }) => {
      const served = members(queue.id)
      const item = {
        id: conversation.id,
        queueId: queue.id,
        channel,
        language: conversation.language && primaryLanguage(conversation.language),
        priority: 0,
        createdAt: Date.parse(conversation.createdAt),
        enteredAt: now.getTime(),
        dueAt: null,
        steps: queue.settings.steps.map(({ needs, ...step }) => ({
          ...step,
          needs: needs.map(({ skillId, level }) => ({ skill: skillId, level })),
        })),
        preferred: null,
        declined: [],
      }
      return {
        queueId: queue.id,
        open,
        paused: queue.pausedAt !== null,
        waiting,
        available: agents.filter(
          ({ agentId, present, state: is }) => present && is === 'available' && served.has(agentId),
        ).length,
        wait: open ? toWaitRange(estimateFor(state, item, measured, now.getTime())) : null,
      }
    }),
    agents: agents.map(({ held: _held, teamIds: _teams, ...shown }) => {
      const routed = state.agents.get(shown.agentId)
      return { ...shown, hasRoom: routed !== undefined && hasRoom(routed, channel) }
    }),
  }
}
