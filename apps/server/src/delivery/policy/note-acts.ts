import { afterAct, afterConsent, afterSession, afterWord, afterWriting, type Consent } from '@qiao/channels'
import type pg from 'pg'
import { inTransaction, readScope, replyPolicyMoved } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { latestConversation } from '../inbound/provider-messages.ts'
import { changeLedger, readLedger } from './ledger.ts'

interface Acted {
  act: string
  at: string
  /** They said something, whatever that opens. */
  wrote: boolean
}

/** What the customer did opens a window from when it was done, not from when we heard of it. */
export async function noteAct(
  deps: ChannelDeps,
  { capabilities: rules }: Account,
  identityId: string,
  { act, at, wrote }: Acted,
): Promise<void> {
  const now = deps.clock.now().getTime()
  const said = Date.parse(at)
  // A provider whose clock is ahead of ours must not make the window longer.
  const openedAt = Number.isNaN(said) ? now : Math.min(said, now)
  // A channel without a window needs its book only for those who wanted no messages.
  if (rules.window === null && !(wrote && (await readLedger(deps.db, identityId)).stop)) return
  await inTransaction(deps.pool, (client) =>
    changeLedger(client, identityId, async (ledger) => {
      const heard = wrote ? afterWriting(ledger, openedAt) : ledger
      const after = afterAct(rules, heard, act, openedAt)
      const opened = after.grants.some((grant) => grant.act === act && grant.openedAt === openedAt && grant.used === 0)
      if (!opened) return after
      const used = await sentSince(client, identityId, openedAt)
      return { ...after, grants: after.grants.map((grant) => (grant.act === act ? { ...grant, used } : grant)) }
    }),
  )
  await hintPolicy(deps, identityId)
}

/**
 * What went out after the customer's act but before we heard of it counts, for the provider, against what the act allows;
 * but not what answered a call.
 */
async function sentSince(client: pg.ClientBase, identityId: string, openedAt: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from deliveries join delivery_parts as part using (entry_id)
     where identity_id in (select id from identities where id = $1 or moved_to = $1) and deliveries.created_at > $2::timestamptz - interval '6 hours' and allowance = 'open'
       and not part.answers and (part.state = 'sending' or (part.state in ('accepted', 'unknown') and part.sent_at >= $2))`,
    [identityId, new Date(openedAt)],
  )
  return rows[0]?.count ?? 0
}

interface Said {
  said: Consent
  at: string
  /** A message that was nothing but this word. */
  word: boolean
}

export async function noteConsent(
  deps: ChannelDeps,
  { capabilities: rules }: Account,
  identityId: string,
  { said, at, word }: Said,
): Promise<void> {
  const now = deps.clock.now().getTime()
  const saidAt = Date.parse(at)
  const time = Number.isNaN(saidAt) ? now : Math.min(saidAt, now)
  await inTransaction(deps.pool, (client) =>
    changeLedger(client, identityId, (ledger) => (word ? afterWord : afterConsent)(rules, ledger, said, time)),
  )
  await hintPolicy(deps, identityId)
}

/** Who has the customer's session at the provider. */
export async function noteSession(
  deps: ChannelDeps,
  { capabilities: rules }: Account,
  identityId: string,
  { state, at, opens }: { state: 'theirs' | 'over' | 'ours'; at: string; opens?: string | undefined },
): Promise<void> {
  const now = deps.clock.now().getTime()
  const since = Date.parse(at)
  const time = Number.isNaN(since) ? now : Math.min(since, now)
  await inTransaction(deps.pool, (client) =>
    changeLedger(client, identityId, (ledger) => {
      const after = afterSession(ledger, state, time)
      return opens === undefined ? after : afterAct(rules, after, opens, time)
    }),
  )
  await hintPolicy(deps, identityId)
}

/** Composers that show what may be sent ask again. */
export async function hintPolicy(deps: ChannelDeps, identityId: string): Promise<void> {
  const conversationId = await latestConversation(deps.pool, identityId)
  const scope = conversationId ? await readScope(deps.db, conversationId) : null
  if (scope) deps.bus.publish(replyPolicyMoved, { scope })
}
