import { readAgentSight } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import { scopeOf } from './appender.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideAssign, decideTransfer } from './rules.ts'
import { canSee } from './sight.ts'

/**
 * What speaks against it is thrown by the rule and not before: a repeat of what was done is not refused because its caller
 * has handed the conversation on since.
 */
const refusalOf = (check: Promise<void>): Promise<AppError | null> =>
  check.then(
    () => null,
    (error: unknown) => {
      if (error instanceof AppError) return error
      throw error
    },
  )

/** Work goes only to people who can work on it; a transfer to a team gives that team's members sight. */
async function mustBeAbleToTake(
  db: Database,
  agentId: string,
  conversationId: string,
  caller: AgentPrincipal,
  teamId: string | null,
) {
  if (agentId === caller.agentId) return
  const { conversation } = await readItem(db, caller, conversationId)
  const taker = await readAgentSight(db, agentId)
  const scope = { ...scopeOf(conversation), teamId: teamId ?? conversation.teamId, assigneeId: null }
  if (!taker || !canSee(taker, scope)) throw new AppError('assignee-not-eligible')
}

/** Whoever is asked or takes part gains sight by it, so being able to sign in is enough. */
export async function mustBeColleague(db: Database, agentId: string): Promise<void> {
  if (!(await readAgentSight(db, agentId))) throw new AppError('assignee-not-eligible')
}

export async function assignConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; agentId: string | null },
) {
  const refusal = input.agentId
    ? await refusalOf(mustBeAbleToTake(deps.db, input.agentId, input.id, agent, null))
    : null
  return actAsAgent(deps, agent, input, (conversation) => {
    if (refusal) throw refusal
    return decideAssign(conversation, actorOf(agent), input.agentId)
  })
}

export async function transferConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; agentId: string | null; teamId: string | null; note?: string | undefined },
) {
  async function mustBePossible(): Promise<void> {
    if (input.teamId) {
      const team = await deps.db.selectFrom('teams').select('id').where('id', '=', input.teamId).executeTakeFirst()
      if (!team) throw new AppError('team-not-found')
    }
    if (input.agentId) await mustBeAbleToTake(deps.db, input.agentId, input.id, agent, input.teamId)
  }
  const refusal = await refusalOf(mustBePossible())
  const to = { agentId: input.agentId, teamId: input.teamId, ...(input.note ? { note: input.note } : {}) }
  return actAsAgent(deps, agent, input, (conversation) => {
    if (refusal) throw refusal
    return decideTransfer(conversation, actorOf(agent), to)
  })
}
