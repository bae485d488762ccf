import type { EventOf } from '@qiao/channels'
import type { ContentOf } from '@qiao/protocol'
import { readOrganisation } from '#access'
import { inTransaction } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { acknowledgementWords } from './acknowledgement-words.ts'
import { isAmong, letterBoxes, ownAddresses } from './letter-addresses.ts'

const hour = 3_600_000
const perSenderMs = 24 * hour
const mostAnHour = 100

/** They answer nobody, or are answered by programs. */
export const unanswered =
  /^(?:mailer-daemon|postmaster|no-?_?reply|do-?_?not-?_?reply|bounces?|notifications?)(?:[-+.][^@]*)?@/i

interface Letter {
  conversationId: string
  entryId: string
}

/**
 * Says by itself that a letter has arrived, where the inbox wants it: once for whoever begins a conversation, never to a
 * program (RFC 3834), and never so often that two machines could talk to each other.
 */
export async function acknowledge(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  letter: Letter,
): Promise<void> {
  const { content, from } = event
  const { inbox } = account
  if (!inbox.settings.mail.acknowledgement.on || content.type !== 'mail') return
  if (!mayAnswer(account, content, from.address)) return
  const first = await readFirst(deps, letter)
  if (!first) return
  if ((await letterBoxes(deps).addresses()).has(from.address.toLowerCase())) return
  if (!(await takePlace(deps, inbox.id, from.address, letter.entryId))) return
  const { name: company } = await readOrganisation(deps.db)
  const said = { language: first.language, written: `${content.subject} ${content.text}` }
  const text = acknowledgementWords(inbox.settings, said, { number: first.number, company })
  await deps.appender.append({
    conversationId: letter.conversationId,
    clientKey: `ack:${letter.entryId}`,
    author: { type: 'system' },
    decide: () => [
      {
        kind: 'message.sent',
        body: { content: { type: 'text', text, markup: 'none' }, replyToId: letter.entryId, notice: true },
      },
    ],
  })
}

type Received = Pick<ContentOf<'mail'>, 'automatic' | 'answerable' | 'trust' | 'to' | 'cc'>

/** A forged sender would have us write to somebody who never wrote; one of a list, to all of it. */
function mayAnswer(account: Account, received: Received, sender: string): boolean {
  const { automatic, answerable, trust, to, cc } = received
  if (automatic !== undefined || answerable === false || trust === 'failed' || unanswered.test(sender)) return false
  const own = ownAddresses(account)
  return !isAmong(own, sender) && [...to, ...cc].some(({ address }) => isAmong(own, address))
}

interface First {
  number: number
  /** What is known of the customer. */
  language: string | null
}

/** Null for a letter that goes on with what there is. */
async function readFirst({ db }: ChannelDeps, { conversationId }: Letter): Promise<First | null> {
  const row = await db
    .selectFrom('conversations')
    .innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
    .select(['number', 'received_count', 'sent_count', 'conversations.language', 'contacts.language as of_contact'])
    .where('conversations.id', '=', conversationId)
    .executeTakeFirst()
  return row && row.received_count === 1 && row.sent_count === 0
    ? { number: row.number, language: row.language ?? row.of_contact }
    : null
}

/** One at a time for each inbox: the counts are true when they are compared. The same letter has its place already. */
export const takePlace = (deps: ChannelDeps, inboxId: string, address: string, entryId: string): Promise<boolean> =>
  inTransaction(deps.pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('acknowledge ' || $1, 0))`, [inboxId])
    const now = deps.clock.now()
    const { rows } = await client.query<{ known: boolean; to_sender: number; in_hour: number }>(
      `select exists (select from acknowledgements where entry_id = $1) as known,
         (select count(*) from acknowledgements where inbox_id = $2 and address = $3 and at > $4)::int as to_sender,
         (select count(*) from acknowledgements where inbox_id = $2 and at > $5)::int as in_hour`,
      [entryId, inboxId, address, new Date(now.getTime() - perSenderMs), new Date(now.getTime() - hour)],
    )
    const [row] = rows
    if (!row || row.known) return row?.known ?? false
    if (row.to_sender > 0 || row.in_hour >= mostAnHour) return false
    await client.query('insert into acknowledgements (entry_id, inbox_id, address, at) values ($1, $2, $3, $4)', [
      entryId,
      inboxId,
      address,
      now,
    ])
    return true
  })
