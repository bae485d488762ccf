import { type DeliveryTry, deliveryProblem } from '@qiao/protocol'
import { type AppendCommand, appendAndFollow, authorOf, canSee, inTransaction, readItem, scopeOf } from '#conversations'
import { AppError } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import type { AgentPrincipal } from '#platform/principal'
import type { ChannelDeps } from '../channel-deps.ts'
import { deliverJob } from './follow-deliveries.ts'

interface Command {
  id: string
  clientKey: string
  targetId: string
}

/** What could not be handed over so far, for whoever sees the conversation. */
export async function listTries(
  { db }: Pick<ChannelDeps, 'db'>,
  agent: AgentPrincipal,
  id: string,
): Promise<DeliveryTry[]> {
  await readItem(db, agent, id)
  const rows = await db
    .selectFrom('deliveries')
    .select(['entry_id', 'trying_since', 'attempts', 'next_attempt_at', 'problem'])
    .where('conversation_id', '=', id)
    .where('state', '=', 'waiting')
    .where('trying_since', 'is not', null)
    .orderBy('seq')
    .execute()
  return rows.flatMap((row) =>
    row.trying_since === null
      ? []
      : [
          {
            targetId: row.entry_id,
            since: row.trying_since.toISOString(),
            tries: row.attempts,
            nextAt: row.next_attempt_at?.toISOString() ?? null,
            problem: row.problem === null ? null : deliveryProblem.parse(row.problem),
          },
        ],
  )
}

/** Messages go out in their order, so those before it are tried as well. One that is on its way is left alone. */
export async function tryNow(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  { id, targetId }: Command,
): Promise<DeliveryTry[]> {
  await readItem(deps.db, agent, id)
  await inTransaction(deps.pool, async (client) => {
    const { rowCount } = await client.query(
      `update deliveries set next_attempt_at = null where conversation_id = $1 and state = 'waiting'
         and trying_since is not null and seq <= (select seq from deliveries where entry_id = $2 and conversation_id = $1)`,
      [id, targetId],
    )
    if (rowCount) await addJobs(client, [deliverJob(id)])
  })
  return listTries(deps, agent, id)
}

/**
 * A person leaves off trying. Whoever sends it holds the row until the outcome is written down, so that one that goes out at
 * this moment is not called failed. It is nobody's surprise: the conversation does not come back for it.
 */
export async function giveUpMessage(deps: ChannelDeps, agent: AgentPrincipal, { id, clientKey, targetId }: Command) {
  const appended = await inTransaction(deps.pool, async (client, transaction) => {
    const { rows } = await client.query<{ problem: unknown; only_to: string[] | null }>(
      `update deliveries set state = 'failed', changed_at = $3, next_attempt_at = null
       where entry_id = $1 and conversation_id = $2 and state = 'waiting' and trying_since is not null and not exists (
         select from delivery_parts as part where part.entry_id = $1 and part.state = 'sending')
         and not exists (select from entries where conversation_id = $2 and client_key = $4)
       returning problem, only_to`,
      [targetId, id, deps.clock.now(), clientKey],
    )
    const [given] = rows
    const problem = deliveryProblem.safeParse(given?.problem).data ?? { code: 'no-answer' }
    const recipients = given?.only_to?.map((address) => ({ address, problem }))
    const command: AppendCommand = {
      conversationId: id,
      clientKey,
      author: authorOf(agent),
      targetId,
      decide: (conversation, _now, message) => {
        if (!message || !canSee(agent, scopeOf(conversation))) throw new AppError('not-found')
        if (given)
          return [{ kind: 'message.failed', body: { targetId, problem, ...(recipients ? { recipients } : {}) } }]
        // It has left, or failed, meanwhile; a second press changes nothing.
        if (message.revision?.outgoing?.state !== 'retrying') return []
        throw new AppError('changed-meanwhile', { detail: 'It is being sent at this moment' })
      },
    }
    const [result] = await appendAndFollow(transaction, [command], deps.clock.now(), deps.appender.follow)
    if (!result?.ok) throw result?.error
    if (given) await addJobs(client, [deliverJob(id)])
    return result.appended
  })
  deps.appender.announce(appended)
  return { entries: appended.entries }
}
