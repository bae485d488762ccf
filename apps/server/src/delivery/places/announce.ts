import type { Part } from '@qiao/channels'
import type { Conversation } from '@qiao/protocol'
import { sql } from 'kysely'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { appendAndFollow, inTransaction } from '#conversations'
import { type Account, openAccount } from '../accounts/open-account.ts'
import { openUntil } from '../answers/open-calls.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { mayAnnounce } from '../policy/announcing.ts'
import { readLedger } from '../policy/ledger.ts'
import { standingOf } from '../policy/permission.ts'
import { optionsOf, type Said } from './place-words.ts'

/** What telling works with; less than a channel, whose provider is not asked here. */
export type TellingDeps = Pick<
  ChannelDeps,
  'db' | 'pool' | 'clock' | 'log' | 'appender' | 'sealer' | 'url' | 'channels'
>

/** Where a customer is told, and what has to be known of them for it. */
export interface Listener {
  account: Account
  identityId: string
  address: string
  /** By which they can be called back. */
  phone: string | null
  language: string | null
}

/**
 * Null for those who are told nothing: in groups and under public posts, by letter, and where the channel does not work.
 * Letters have their acknowledgement, which knows whom it may answer.
 */
export async function findListener(deps: TellingDeps, conversationId: string): Promise<Listener | null> {
  const { rows } = await sql<{
    inbox_id: string
    identity_id: string
    address: string
    phone: string | null
    language: string | null
  }>`
    select conversation.inbox_id, identity.id as identity_id, conversation.language, contact.phone,
      coalesce(identity.peer_address, identity.address) as address
    from conversations as conversation
    join contacts as contact on contact.id = conversation.contact_id
    join identities as first on first.id = conversation.identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where conversation.id = ${conversationId} and identity.thread_key is null`.execute(deps.db)
  const [row] = rows
  const account = row ? await openAccount(deps, row.inbox_id) : null
  if (!row || !account || account.inbox.pausedAt !== null || account.capabilities.letters) return null
  const dialled = /^\+\d{7,15}$/u.test(row.address) ? row.address : null
  const { identity_id: identityId, address, language } = row
  return { account, identityId, address, phone: row.phone ?? dialled, language }
}

export interface Announcement {
  conversationId: string
  itemId: string
  /** Names it among all that is told of this stay: what is there is not told again. */
  step: string
  kind: string
  position?: number
  said: Said
  /** Looked at under the lock of the conversation: when it does not hold any more, nothing is told. */
  holds: (conversation: Conversation) => boolean
}

/**
 * Into the timeline, and by that on its way to the customer, in one transaction with the row that says that it was told:
 * once, however often and by however many it is tried. Not at all where the channel would not carry it, or agents need
 * what is left of its quota. Gives whether it was told here and now.
 */
export async function announce(deps: TellingDeps, listener: Listener, what: Announcement): Promise<boolean> {
  if (!(await isAllowed(deps, listener, what.said))) return false
  const entryId = uuidv7()
  const appended = await inTransaction(deps.pool, async (client, transaction) => {
    const now = deps.clock.now()
    // Before the row, which holds the stay: whoever moves a stay holds its conversation first.
    await client.query('select from conversations where id = $1 for update', [what.conversationId])
    if (!(await takeStep(client, what, entryId, now))) return null
    const { conversationId, itemId, step, said, holds } = what
    const body = { content: said, notice: true as const }
    const command = {
      conversationId,
      clientKey: `told:${itemId}:${step}`,
      author: { type: 'system' } as const,
      decide: (conversation: Conversation) =>
        holds(conversation) ? [{ kind: 'message.sent' as const, body, id: entryId }] : [],
    }
    const [result] = await appendAndFollow(transaction, [command], now, deps.appender.follow)
    if (!result?.ok) throw result?.error ?? new Error('Nothing came of an announcement')
    if (result.appended.entries.length === 0) await freeStep(client, what)
    return result.appended
  })
  if (!appended) return false
  deps.appender.announce(appended)
  return appended.entries.length > 0
}

/** False when somebody has told it, or does so at this moment. */
async function takeStep(client: pg.PoolClient, what: Announcement, entryId: string, now: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into told_stays (item_id, step, kind, entry_id, told_at, position, options)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [what.itemId, what.step, what.kind, entryId, now, what.position ?? null, JSON.stringify(optionsOf(what.said))],
  )
  return rowCount === 1
}

const freeStep = (client: pg.PoolClient, { itemId, step }: Announcement) =>
  client.query('delete from told_stays where item_id = $1 and step = $2', [itemId, step])

async function isAllowed(deps: TellingDeps, listener: Listener, said: Said): Promise<boolean> {
  const { account, identityId, address: to, language } = listener
  const { channel, config, capabilities } = account
  const words = language ?? account.inbox.settings.defaultLocale
  const rendered = channel.render({ to, content: said, window: 'open', links: {}, language: words }, config)
  if (rendered.kind === 'impossible') return false
  const now = deps.clock.now()
  const underWay = await countUnderWay(deps, identityId)
  if (underWay === 0 && (await isWaitedFor(deps, listener, rendered.parts, now))) return true
  const standing = standingOf(capabilities, await readLedger(deps.db, identityId), now)
  return mayAnnounce(capabilities, standing, rendered.parts.length, underWay)
}

/** The customer's call is still open, and its answer, which nothing counts, can be these words. */
async function isWaitedFor(
  { db }: TellingDeps,
  { account, address }: Listener,
  [part, ...more]: readonly Part[],
  now: Date,
): Promise<boolean> {
  const { capabilities, channel, inbox } = account
  if (!capabilities.answers || !part || more.length > 0 || !channel.webhook?.answers?.carries(part)) return false
  return (await openUntil(db, inbox.id, address, now)) !== null
}

/** What has not been counted yet because it has not left. */
async function countUnderWay({ db }: TellingDeps, identityId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(greatest(1, (select count(*) from delivery_parts as part
      where part.entry_id = delivery.entry_id and part.state = 'waiting'))), 0)::int as count
    from deliveries as delivery where state = 'waiting'
      and identity_id in (select id from identities where id = ${identityId} or moved_to = ${identityId})`.execute(db)
  return rows[0]?.count ?? 0
}
