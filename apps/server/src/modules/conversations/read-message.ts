import { isMessage, type MessageEntry } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { entryColumns, type EntryRow, toEntry } from './conversation-row.ts'

/** One message of a conversation; null when there is none of that id in it. */
export async function readMessage(db: Database, conversationId: string, id: string): Promise<MessageEntry | null> {
  const { rows } = await sql<EntryRow>`
    select ${sql.raw(entryColumns)} from entries where conversation_id = ${conversationId} and id = ${id}`.execute(db)
  const entry = rows[0] ? toEntry(rows[0]) : null
  return entry && isMessage(entry) ? entry : null
}
