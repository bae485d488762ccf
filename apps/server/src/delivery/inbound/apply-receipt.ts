import type { EventOf, Problem, Refused } from '@qiao/channels'
import { sql } from 'kysely'
import { markByChannel, readMessage } from '#conversations'
import { cleaner } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { recipientsOf } from '../mails/letter-addresses.ts'
import { noteMissed } from '../mails/note-missed.ts'
import { failDelivery, shortProblem } from '../outbound/record-outcome.ts'
import { messageOfKey, settleByKey } from '../outbound/settle-by-key.ts'
import { keyFrom } from './entry-key.ts'
import type { Applying } from './note-entry.ts'
import { learnLate } from '../policy/learn-late.ts'
import { LaterError } from './later-error.ts'
import { findLetters, findMessage, identitiesAt, type KnownMessage } from './provider-messages.ts'

/** A mark on what we sent. Marks only grow, so late and repeated ones do no harm. */
export async function applyReceipt(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'receipt'>,
  { last }: Applying,
): Promise<void> {
  const identities = await identitiesAt(deps.db, account.inbox.id, event.to)
  const marked = await findMarked(deps, account, event, identities)
  if (
    event.messageId !== undefined &&
    marked.length === 0 &&
    !last &&
    (identities.length > 0 || account.capabilities.letters)
  ) {
    // The provider may tell of it before its answer to our request has been written down.
    throw new LaterError({ code: 'address-unknown', detail: 'A receipt for a message that is not known yet' }, 1_000)
  }
  if (event.state === 'failed') {
    const problem = cleaner(account.secrets)(event.problem ?? { code: 'provider-failed' as const })
    for (const message of marked) {
      await failFor(deps, message, { address: event.to, problem })
      await learnLate(deps, account, message, problem)
    }
    return
  }
  if (event.state === 'delayed') {
    const problem = cleaner(account.secrets)(event.problem ?? { code: 'no-answer' as const })
    for (const message of marked) await noteDelay(deps, message, problem)
    return
  }
  const places = [...marked, ...(event.upTo === undefined ? [] : await upTo(deps, identities, event.upTo))]
  for (const { conversationId, publicSeq } of places) {
    await markByChannel(deps, conversationId, { [`${event.state}Seq`]: publicSeq })
  }
}

/** Once, however often their server says so; what has failed has. */
async function noteDelay({ appender }: ChannelDeps, message: KnownMessage, problem: Problem): Promise<void> {
  const { conversationId, entryId: targetId } = message
  await appender.append({
    conversationId,
    clientKey: keyFrom('delayed', targetId),
    author: { type: 'system' },
    targetId,
    decide: (_conversation, _now, target) =>
      target?.revision?.outgoing
        ? []
        : [{ kind: 'message.delayed', body: { targetId, problem: shortProblem(problem) } }],
  })
}

/** A letter that went to several has failed with one of them. */
async function failFor(deps: ChannelDeps, message: KnownMessage, missed: Refused): Promise<void> {
  const { conversationId, entryId } = message
  const { content } = (await readMessage(deps.db, conversationId, entryId))?.body ?? {}
  if (content?.type === 'mail' && recipientsOf(content).length > 1)
    return noteMissed(deps, { ...message, round: await roundOf(deps, entryId) }, [missed])
  const { problem, address } = missed
  const detail = content?.type === 'mail' ? [address, problem.detail].filter((part) => part).join(': ') : problem.detail
  return failDelivery(deps, entryId, { ...problem, ...(detail ? { detail } : {}) })
}

/** How often it has been sent. */
async function roundOf({ db }: ChannelDeps, entryId: string): Promise<number> {
  const row = await db.selectFrom('deliveries').select('round').where('entry_id', '=', entryId).executeTakeFirst()
  return row?.round ?? 1
}

/** By the provider's id, else by our own key, which also settles a send of which nobody knew. */
async function findMarked(
  deps: ChannelDeps,
  account: Account,
  { key, messageId, state }: EventOf<'receipt'>,
  identities: readonly string[],
): Promise<readonly KnownMessage[]> {
  const failed = state === 'failed'
  const named =
    key === undefined
      ? null
      : failed
        ? await messageOfKey(deps, account, key)
        : await settleByKey(deps, account, key, messageId ?? null)
  if (named) return [named]
  if (messageId === undefined) return []
  // A bounce names one recipient of a letter that may have gone to others too; the letter's name is the only one of its kind.
  if (account.capabilities.letters) return findLetters(deps.db, account.inbox.id, messageId)
  return findAll(deps, identities, messageId)
}

async function findAll({ pool }: ChannelDeps, identities: readonly string[], messageId: string) {
  const found = await Promise.all(identities.map((id) => findMessage(pool, id, messageId)))
  return found.filter((message): message is KnownMessage => message !== null)
}

/** The newest of our messages until then, in each conversation with the customer that is not over for long. */
async function upTo({ db }: ChannelDeps, identities: readonly string[], until: string) {
  if (identities.length === 0 || Number.isNaN(Date.parse(until))) return []
  const { rows } = await sql<{ conversation_id: string; public_seq: number }>`
    select conversation_id, max(public_seq) as public_seq from deliveries
    where identity_id = any(${[...identities]}::uuid[]) and state = 'done' and created_at <= ${until}
    group by conversation_id`.execute(db)
  return rows.map((row) => ({ conversationId: row.conversation_id, publicSeq: row.public_seq }))
}
