import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

/**
 * Calls of providers whose answer can be a message: rows, since another process may have what is to be said, and the
 * provider may come again to another one.
 */
export interface CallName {
  inboxId: string
  /** The provider's id of what it tells: the same each time it calls about it. */
  eventId: string
}
export interface PartName {
  entryId: string
  number: number
}
interface CallRow {
  tries: number
  closed: boolean
  entry_id: string | null
  number: number | null
}
export interface NotedCall {
  tries: number
  /** It was told that there is no answer, which holds if it comes again. */
  closed: boolean
  /** Its answer, by an earlier try. */
  answer: PartName | null
}

/** Before what it brings is stored: whoever works that off finds that an answer is waited for. */
export async function noteCall(
  db: Database,
  { inboxId, eventId }: CallName,
  address: string,
  until: Date,
): Promise<NotedCall> {
  const { rows } = await sql<CallRow>`
    insert into open_calls as known (inbox_id, event_id, address, open_until)
    values (${inboxId}, ${eventId}, ${address}, ${until})
    on conflict (inbox_id, event_id) do update set tries = known.tries + 1,
      open_until = case when known.entry_id is null then excluded.open_until else known.open_until end
    returning tries, closed, entry_id, number`.execute(db)
  const [row] = rows
  return { tries: row?.tries ?? 1, closed: row?.closed ?? false, answer: row ? answerIn(row) : null }
}

export const answerIn = ({ entry_id: entryId, number }: Pick<CallRow, 'entry_id' | 'number'>): PartName | null =>
  entryId === null || number === null ? null : { entryId, number }

/** Nothing takes its answer's place any more; false when something has meanwhile. */
export async function closeCall(db: Database, { inboxId, eventId }: CallName): Promise<boolean> {
  const { rows } = await sql`
    update open_calls set closed = true where inbox_id = ${inboxId} and event_id = ${eventId} and entry_id is null
    returning event_id`.execute(db)
  return rows.length > 0
}

/** Until when a call of this customer may be answered; null when there is none. It may be past: the provider comes again. */
export async function openUntil(db: Database, inboxId: string, address: string, since: Date): Promise<Date | null> {
  const { rows } = await sql<{ open_until: Date }>`
    select open_until from open_calls
    where inbox_id = ${inboxId} and address = ${address} and entry_id is null and not closed and open_until > ${since}
    order by open_until desc limit 1`.execute(db)
  return rows[0]?.open_until ?? null
}

export async function callOf(db: Database, { entryId, number }: PartName): Promise<Date | null> {
  const { rows } = await sql<{ open_until: Date }>`
    select open_until from open_calls where entry_id = ${entryId} and number = ${number}
    order by open_until desc limit 1`.execute(db)
  return rows[0]?.open_until ?? null
}

/** Long after any provider has stopped calling about it. */
export async function sweepCalls(db: Database, now: Date): Promise<void> {
  await sql`delete from open_calls where open_until < ${new Date(now.getTime() - 3_600_000)}`.execute(db)
}
