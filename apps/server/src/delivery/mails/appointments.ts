import type { EventOf } from '@qiao/channels'
import type { Entry, MailInvitation, MessageEntry } from '@qiao/protocol'
import { sql } from 'kysely'
import type pg from 'pg'
import { entryColumns, type EntryRow, toEntry } from '#conversations'
import type { Database } from '#platform/database/connect'
import { forcedStorableText } from '#platform/storable'
import type { Account } from '../accounts/open-account.ts'
import { isAmong, ownAddresses } from './letter-addresses.ts'

interface Place {
  entryId: string
  conversationId: string
  inboxId: string
}

/** What all letters about it call it; null for a letter about none. */
export function appointmentIn({ content }: EventOf<'message'>): string | null {
  const uid = content.type === 'mail' ? content.invitation?.event?.uid : null
  return uid ? forcedStorableText(uid) : null
}

/** Changes of it find their conversation by its name. Repeats do no harm. */
export async function rememberAppointment(
  pool: Pick<pg.Pool, 'query'>,
  { entryId, conversationId, inboxId }: Place,
  uid: string,
): Promise<void> {
  await pool.query(
    `insert into appointments (entry_id, conversation_id, inbox_id, uid) values ($1, $2, $3, $4) on conflict do nothing`,
    [entryId, conversationId, inboxId, uid],
  )
}

/** With the address of the inbox that is invited, as the letter has it. */
export function withInvited(account: Account, invitation: MailInvitation): MailInvitation {
  const own = ownAddresses(account)
  const guest = invitation.event?.guests.find(({ mailbox }) => isAmong(own, mailbox.address))
  return { ...invitation, invited: guest?.mailbox.address ?? null }
}

const mostLetters = 500

/** All that came about it in its conversation, the latest first. */
export async function lettersAbout(db: Database, { id, conversationId }: MessageEntry): Promise<Entry[]> {
  const { rows } = await sql<EntryRow>`
    select ${sql.raw(entryColumns)} from entries where conversation_id = ${conversationId} and id in (
      select other.entry_id from appointments as this join appointments as other using (conversation_id, uid)
      where this.entry_id = ${id}
    ) order by seq desc limit ${mostLetters}`.execute(db)
  return rows.map(toEntry)
}
