import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import { z } from 'zod'
import { attachmentKinds } from '@qiao/protocol'
import type { Attachments, DB } from '#platform/database/schema.gen'
import type { AttachmentRow, Uploader } from './attachment.ts'
import { fileTypes, type FileTypeName } from './file-types.ts'

export type Db = Kysely<DB> | Transaction<DB>

export async function findAttachment(db: Db, id: string): Promise<AttachmentRow | null> {
  const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toRow(row) : null
}

export async function findAttachments(db: Db, ids: readonly string[]): Promise<AttachmentRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('attachments')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return rows.map(toRow)
}

export async function findUploadedBy(db: Db, contactId: string): Promise<AttachmentRow[]> {
  const rows = await db.selectFrom('attachments').selectAll().where('contact_id', '=', contactId).execute()
  return rows.map(toRow)
}

/** Says that bytes are on their way, so that what a crash leaves behind can be found. False: the id is taken. */
export async function announceUpload(db: Db, upload: UploadRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('attachments')
    .values({ ...upload, state: 'uploading' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whoever finishes first wins; null for the others. */
export async function finishUpload(
  db: Db,
  upload: UploadRow,
  state: 'processing' | 'ready',
): Promise<AttachmentRow | null> {
  const row = await db
    .insertInto('attachments')
    .values({ ...upload, state })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ ...upload, state })
        .where('attachments.state', '=', 'uploading'),
    )
    .returningAll()
    .executeTakeFirst()
  return row ? toRow(row) : null
}

/** What was made from these for channels. */
export async function findDerived(db: Db, ids: readonly string[]): Promise<AttachmentRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('attachments')
    .selectAll()
    .where('derived_from', 'in', [...new Set(ids)])
    .execute()
  return rows.map(toRow)
}

export async function forgetUpload(db: Db, id: string, storageKey: string): Promise<void> {
  await db
    .deleteFrom('attachments')
    .where('id', '=', id)
    .where('state', '=', 'uploading')
    .where('storage_key', '=', storageKey)
    .execute()
}

/** Counts the try before the work, so that a file which takes the process down is not tried for ever. */
export async function beginAttempt(db: Db, id: string): Promise<AttachmentRow | null> {
  const row = await db
    .updateTable('attachments')
    .set((columns) => ({ attempts: columns('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .returningAll()
    .executeTakeFirst()
  return row ? toRow(row) : null
}

export async function keepProgress(db: Db, id: string, progress: number): Promise<AttachmentRow | null> {
  return updateProcessing(db, id, { progress })
}

/** Only the first run that comes to an end writes; null tells the others to clean up after themselves. */
export async function finishProcessing(db: Db, id: string, outcome: ProcessedRow): Promise<AttachmentRow | null> {
  const { variants, ...columns } = outcome
  return updateProcessing(db, id, { ...columns, variants: JSON.stringify(variants ?? {}) })
}

async function updateProcessing(
  db: Db,
  id: string,
  change: Partial<{ progress: number; variants: string } & Omit<ProcessedRow, 'variants'>>,
): Promise<AttachmentRow | null> {
  const row = await db
    .updateTable('attachments')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .returningAll()
    .executeTakeFirst()
  return row ? toRow(row) : null
}

/** A try that ended in an error of ours does not count against the file. */
export async function returnAttempt(db: Db, id: string): Promise<void> {
  await db
    .updateTable('attachments')
    .set((columns) => ({ attempts: columns('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('attempts', '>', 0)
    .execute()
}

/** False: it was swept in between. */
export async function markUsed(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('attachments')
    .set({ used_at: sql<Date>`coalesce(used_at, now())` })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Whose job was lost or gave up long ago. */
export async function findStuck(db: Db, createdBefore: Date, limit: number): Promise<AttachmentRow[]> {
  const rows = await db
    .selectFrom('attachments')
    .selectAll()
    .where('state', '=', 'processing')
    .where('created_at', '<', createdBefore)
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map(toRow)
}

/** Deletes and returns rows that no message used, oldest first, skipping those that somebody is claiming now. */
export async function takeUnused(db: Db, createdBefore: Date, limit: number): Promise<AttachmentRow[]> {
  const rows = await db
    .deleteFrom('attachments')
    .where('id', 'in', (query) =>
      query
        .selectFrom('attachments')
        .select('id')
        .where('conversation_id', 'is', null)
        .where('used_at', 'is', null)
        .where('created_at', '<', createdBefore)
        .orderBy('created_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()
  return rows.map(toRow)
}

export async function deleteRows(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('attachments').where('id', 'in', ids).execute()
}

export type UploadRow = {
  id: string
  inbox_id: string
  agent_id: string | null
  contact_id: string | null
  name: string
  mime: string
  declared_mime: string | null
  file_type: FileTypeName
  kind: string
  bytes: number
  sha256: Buffer
  storage_key: string
  created_at: Date
}

export type ProcessedRow = {
  state: 'ready' | 'failed'
  failure?: string
  width?: number
  height?: number
  duration_ms?: number
  storage_key?: string
  bytes?: number
  variants?: AttachmentRow['variants']
}

const storedFile = z.object({ key: z.string(), mime: z.string(), bytes: z.number() })
const variants = z.object({ view: storedFile.optional(), thumbnail: storedFile.optional() })
const kind = z.enum(attachmentKinds)
const state = z.enum(['uploading', 'processing', 'ready', 'failed'])
const isFileType = (name: string): name is FileTypeName => name in fileTypes

function toRow(row: Selectable<Attachments>): AttachmentRow {
  if (!isFileType(row.file_type)) throw new Error(`Unknown file type ${row.file_type}`)
  return {
    id: row.id,
    inboxId: row.inbox_id,
    conversationId: row.conversation_id,
    internal: row.internal,
    uploader: uploaderOf(row),
    name: row.name,
    mime: row.mime,
    declaredMime: row.declared_mime,
    fileType: row.file_type,
    kind: kind.parse(row.kind),
    bytes: row.bytes,
    sha256: row.sha256.toString('hex'),
    storageKey: row.storage_key,
    state: state.parse(row.state),
    progress: row.progress,
    attempts: row.attempts,
    width: row.width,
    height: row.height,
    durationMs: row.duration_ms,
    variants: variants.parse(row.variants),
    failure: row.failure,
    derivedFrom: row.derived_from,
    createdAt: row.created_at,
  }
}

function uploaderOf(row: Selectable<Attachments>): Uploader {
  if (row.agent_id !== null) return { agentId: row.agent_id }
  if (row.contact_id !== null) return { contactId: row.contact_id }
  throw new Error(`Attachment ${row.id} has no uploader`)
}
