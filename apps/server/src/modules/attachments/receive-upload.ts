import type { Readable } from 'node:stream'
import type { AttachmentKind } from '@qiao/protocol'
import type { Transaction } from 'kysely'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import type { DB } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import type { BlobStorage } from '#platform/storage/blob-storage'
import { readBlob } from '#platform/storage/read-blob'
import { sameUploader, type AttachmentRow, type Uploader } from './attachment.ts'
import { policyRefusal, type AttachmentPolicy } from './attachment-policy.ts'
import { newBlobKey } from './blob-keys.ts'
import type { ByteSource } from './byte-source.ts'
import { sanitiseName, sanitiseOtherName } from './file-name.ts'
import { fileTypes } from './file-types.ts'
import { letGo, measureUpload } from './measure-upload.ts'
import { needsProcessing } from './process-media.ts'
import { sniffAnyFile } from './sniff-any-file.ts'
import { sniffFile } from './sniff-file.ts'
import { announceUpload, findAttachment, finishUpload, forgetUpload, type UploadRow } from './store.ts'

export type EnqueueProcessing = (tx: Transaction<DB>, id: string, kind: AttachmentKind) => Promise<void>

export type UploadDeps = {
  db: Database
  storage: BlobStorage
  clock: Clock
  /** Adds the job that makes the file presentable, in the transaction that makes it known. */
  enqueueProcessing: EnqueueProcessing
}

export type Upload = {
  /** Chosen by the client: the same upload again gives the same attachment. */
  id: string
  inboxId: string
  uploader: Uploader
  policy: AttachmentPolicy
  name: string
  declaredMime: string | null
  /** What the client announces, if it does: too much is refused before it is sent. */
  declaredBytes: number | null
  stream: Readable
}

/**
 * Bytes go from the wire to the storage at the storage's pace. A row is announced before and finished after, so that at
 * whatever moment the server dies nothing half-written is visible and everything left over is found by the sweep.
 */
export async function receiveUpload(deps: UploadDeps, upload: Upload): Promise<AttachmentRow> {
  if ((upload.declaredBytes ?? 0) > upload.policy.maxBytes) {
    letGo(upload.stream)
    throw new AppError('attachment-too-large')
  }
  const key = newBlobKey(upload.id, 'original')
  if (!(await announceUpload(deps.db, announced(deps, upload, key)))) {
    const known = await findAttachment(deps.db, upload.id)
    if (known) assertSameOwner(known, upload)
    if (known && known.state !== 'uploading') return repeated(known, upload)
  }
  try {
    return await storeUpload(deps, upload, key)
  } catch (error) {
    // When this fails too (the database is gone), the announced row leads the sweep to the bytes.
    await discard(deps, upload.id, key).catch(() => {})
    throw error
  }
}

/** Not if it was finished after all: a commit may succeed although its answer is lost. */
async function discard(deps: UploadDeps, id: string, key: string): Promise<void> {
  const row = await findAttachment(deps.db, id)
  if (row !== null && row.state !== 'uploading' && row.storageKey === key) return
  await deps.storage.delete(key)
  await forgetUpload(deps.db, id, key)
}

async function storeUpload(deps: UploadDeps, upload: Upload, key: string): Promise<AttachmentRow> {
  const { content, result, failure } = measureUpload(upload.stream, upload.policy.maxBytes)
  try {
    await deps.storage.put(key, content)
  } catch (error) {
    throw failure() ?? error
  }
  const { bytes, sha256, head } = result()
  const sniff = upload.policy.takesOthers ? sniffAnyFile : sniffFile
  const found = await sniff(storedSource(deps.storage, key, bytes, head), upload.name)
  const refusal = policyRefusal(upload.policy, { type: found, bytes })
  if (refusal !== null || found === null) throw new AppError(refusal ?? 'attachment-kind-refused')
  const type = fileTypes[found]
  const row: UploadRow = {
    ...announced(deps, upload, key),
    name: found === 'other' ? sanitiseOtherName(upload.name) : sanitiseName(upload.name, type),
    mime: type.mime,
    file_type: found,
    kind: type.kind,
    bytes,
    sha256,
  }
  const finished = await deps.db.transaction().execute(async (tx) => {
    const waits = needsProcessing(type.kind)
    const winner = await finishUpload(tx, row, waits ? 'processing' : 'ready')
    if (winner !== null && waits) await deps.enqueueProcessing(tx, upload.id, type.kind)
    return winner
  })
  if (finished !== null) return finished
  // The same upload came twice at once, and the other one was faster.
  await deps.storage.delete(key)
  const winner = await findAttachment(deps.db, upload.id)
  if (winner === null) throw new AppError('conflict')
  assertSameOwner(winner, upload)
  return sameContent(winner, sha256)
}

async function repeated(known: AttachmentRow, upload: Upload): Promise<AttachmentRow> {
  const { content, result } = measureUpload(upload.stream, upload.policy.maxBytes)
  for await (const _ of content);
  return sameContent(known, result().sha256)
}

function sameContent(known: AttachmentRow, sha256: Buffer): AttachmentRow {
  if (known.sha256 === sha256.toString('hex')) return known
  throw new AppError('client-key-reused', { detail: 'Another file was uploaded with this id' })
}

/** Says no more than that the id is taken. */
function assertSameOwner(known: AttachmentRow, upload: Upload): void {
  if (known.inboxId !== upload.inboxId || !sameUploader(known.uploader, upload.uploader)) {
    throw new AppError('client-key-reused', { detail: 'The id is taken' })
  }
}

/** Until the content is known the row says as little as it may; nobody is shown it. */
const announced = (deps: UploadDeps, upload: Upload, key: string): UploadRow => ({
  id: upload.id,
  inbox_id: upload.inboxId,
  agent_id: 'agentId' in upload.uploader ? upload.uploader.agentId : null,
  contact_id: 'contactId' in upload.uploader ? upload.uploader.contactId : null,
  name: 'upload',
  mime: 'application/octet-stream',
  declared_mime: upload.declaredMime?.slice(0, 200) ?? null,
  file_type: 'txt',
  kind: 'file',
  bytes: 0,
  sha256: Buffer.alloc(0),
  storage_key: key,
  created_at: deps.clock.now(),
})

const storedSource = (storage: BlobStorage, key: string, bytes: number, head: Buffer): ByteSource => ({
  bytes,
  head,
  read: async (start, length) => {
    const end = Math.min(start + length, bytes)
    if (end <= start) return new Uint8Array()
    if (end <= head.length) return head.subarray(start, end)
    return readBlob(storage, key, { start, end: end - 1 })
  },
})
