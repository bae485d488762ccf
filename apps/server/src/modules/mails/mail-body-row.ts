import { sql } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'

/** A file that the HTML shows by its Content-ID. */
export interface InlineFile {
  id: string
  cid: string
}

export interface MailBodyRow {
  id: string
  inbox_id: string
  conversation_id: string | null
  agent_id: string | null
  html: string | null
  text: string
  quoted_html: string | null
  quoted_text: string
  signature_html: string | null
  signature: string
  remote_images: number
  files: readonly InlineFile[]
  original: string | null
  used_at: Date | null
  created_at: Date
}

const inlineFiles = z.array(z.object({ id: z.string(), cid: z.string() }))

export async function findMailBody(db: Database, id: string): Promise<MailBodyRow | null> {
  const row = await db.selectFrom('mail_bodies').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? { ...row, files: inlineFiles.parse(row.files) } : null
}

/** A repeat leaves what is there. */
export async function addMailBody(db: Database, row: MailBodyRow): Promise<void> {
  await db
    .insertInto('mail_bodies')
    .values({ ...row, files: JSON.stringify(row.files) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** A message is about to use it: from now on it is not swept. False: it was, in between. */
export async function markBodyUsed(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql`
    update mail_bodies set used_at = coalesce(used_at, now()) where id = ${id} returning id`.execute(db)
  return rows.length > 0
}

export interface BodyTie {
  bodyId: string
  conversationId: string
  files: readonly InlineFile[]
}

/** In the transaction that appends the messages: from its commit on, whoever sees the conversation may read it. */
export async function tieMailBodies(client: Pick<pg.ClientBase, 'query'>, ties: readonly BodyTie[]): Promise<void> {
  if (ties.length === 0) return
  await client.query(
    `update mail_bodies as body set conversation_id = coalesce(body.conversation_id, tie.conversation_id),
       used_at = coalesce(used_at, now()), files = tie.files
     from json_to_recordset($1) as tie (id uuid, conversation_id uuid, files jsonb)
     where body.id = tie.id`,
    [
      JSON.stringify(
        ties.map(({ bodyId, conversationId, files }) => ({ id: bodyId, conversation_id: conversationId, files })),
      ),
    ],
  )
}

const unusedAfterMs = 24 * 3_600_000

/** What was written and never sent. */
export async function sweepMailBodies(db: Database, now: Date): Promise<void> {
  await sql`
    delete from mail_bodies where used_at is null and created_at < ${new Date(now.getTime() - unusedAfterMs)}`.execute(
    db,
  )
}
