import type { Conversation, Entry } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { actorOf, authorOf } from './act.ts'
import { type AppendCommand, appendAndFollow, type NewEntry } from './append.ts'
import { scopeOf } from './appender.ts'
import { refusalOf } from './assign.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { inTransaction } from './in-transaction.ts'
import { decideAbsorb, decideMerge, decideUnmerge } from './merge-rules.ts'
import { canSee } from './sight.ts'

interface Pair {
  id: string
  intoId: string
  clientKey: string
}

/** Gives what was appended to the one that ends. */
export async function mergeConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  pair: Pair,
): Promise<{ entries: Entry[] }> {
  const refusal = await refusalOf(mustFit(deps, pair))
  return changeBoth(deps, agent, pair, (from, into) => {
    if (refusal) throw refusal
    const told = decideMerge(from, into, actorOf(agent))
    return { from: told, into: told.length > 0 ? decideAbsorb(into, from, actorOf(agent)) : [] }
  })
}

export async function unmergeConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  { id, clientKey }: Omit<Pair, 'intoId'>,
): Promise<{ entries: Entry[] }> {
  const { rows } = await sql<{ into_id: string; waiting_since: string | null }>`
    select body ->> 'intoId' as into_id, body ->> 'waitingSince' as waiting_since from entries
    where conversation_id = ${id} and kind = 'conversation.merged' and not body ? 'undone'
    order by seq desc limit 1`.execute(deps.db)
  const [last] = rows
  if (!last) throw new AppError('not-found')
  return changeBoth(deps, agent, { id, intoId: last.into_id, clientKey }, (from, into) =>
    decideUnmerge(from, into, actorOf(agent), last.waiting_since),
  )
}

/** Both rows are locked before anything is decided; a refusal of one is a refusal of both. */
async function changeBoth(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  { id, intoId, clientKey }: Pair,
  decide: (from: Conversation, into: Conversation) => { from: NewEntry[]; into: NewEntry[] },
): Promise<{ entries: Entry[] }> {
  const both: { into?: Conversation; told: NewEntry[] } = { told: [] }
  const command = (conversationId: string, key: string, rule: AppendCommand['decide']): AppendCommand => ({
    conversationId,
    clientKey: key,
    author: authorOf(agent),
    decide: (conversation, now, target) => {
      if (!canSee(agent, scopeOf(conversation))) throw new AppError('not-found')
      return rule(conversation, now, target)
    },
  })
  const commands = [
    command(intoId, `${clientKey}:look`, (into) => {
      both.into = into
      return []
    }),
    command(id, clientKey, (from) => {
      if (!both.into) throw new AppError('not-found')
      const { from: told, into } = decide(from, both.into)
      both.told = into
      return told
    }),
    command(intoId, clientKey, () => both.told),
  ]
  const [from, into] = await inTransaction(deps.pool, async (_client, transaction) => {
    const [look, ...changed] = await appendAndFollow(transaction, commands, deps.clock.now(), deps.appender.follow)
    // Of a repeat only the one that ends is asked: the caller may not see the other one any more.
    const isRepeat = changed[0]?.ok && changed[0].appended.repeated
    for (const result of isRepeat ? [] : [look, ...changed]) if (result?.ok === false) throw result.error
    return changed.flatMap((result) => (result.ok ? [result.appended] : []))
  })
  if (into) deps.appender.announce(into)
  if (from) deps.appender.announce(from)
  return { entries: from?.entries ?? [] }
}

async function mustFit(deps: ConversationDeps, { id, intoId }: Pair): Promise<void> {
  const [from, into] = [sql`of`, sql`into_one`]
  const { rows } = await sql<{ related: boolean; same_way: boolean; inbox_id: string }>`
    select of.contact_id = into_one.contact_id or ${takesPart(from, into)} or ${takesPart(into, from)} as related,
      of.identity_id = into_one.identity_id as same_way, of.inbox_id
    from conversations as of cross join conversations as into_one
    where of.id = ${id} and into_one.id = ${intoId}`.execute(deps.db)
  const [row] = rows
  if (!row) throw new AppError('not-found')
  if (id !== intoId && !row.related) throw new AppError('merge-other-people')
  if (!row.same_way && !(await deps.outlet?.comesBack(row.inbox_id))) throw new AppError('merge-other-way')
}

const takesPart = (guest: RawBuilder<unknown>, host: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (
  select from conversation_people as person left join identities as theirs on theirs.id = person.identity_id
  where person.conversation_id = ${host}.id and (theirs.contact_id = ${guest}.contact_id or person.address =
    (select coalesce(peer_address, address) from identities where id = ${guest}.identity_id)))`

/** Those of the customer, those in which they take part, and those of whoever takes part in this one. */
export const candidatesFor = (id: string): RawBuilder<unknown> => sql`
  select conversations.id from conversations join conversations as of on of.id = ${id}
    where conversations.contact_id = of.contact_id
  union select person.conversation_id from conversation_people as person
    join identities on identities.id = person.identity_id
    join conversations as of on of.contact_id = identities.contact_id where of.id = ${id}
  union select conversations.id from conversation_people as person
    join identities on identities.id = person.identity_id
    join conversations on conversations.contact_id = identities.contact_id
    where person.conversation_id = ${id}`
