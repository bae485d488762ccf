import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { namedId } from '#platform/named-id'
import { localFile } from '#platform/storage/local-file'
import type { AttachmentRow, StoredFile } from './attachment.ts'
import { newBlobKey } from './blob-keys.ts'
import type { Conversion, ConversionFailure, ConversionJob, WantedFile } from './conversion.ts'
import { convertImage } from './convert-image.ts'
import { convertSound } from './convert-sound.ts'
import { convertVideo } from './convert-video.ts'
import { sanitiseName } from './file-name.ts'
import { type FileType, fileTypes, type FileTypeName } from './file-types.ts'
import { type ProcessingDeps, scratchPrefix } from './process-attachment.ts'
import { announceUpload, findAttachment, type UploadRow } from './store.ts'

export type ConvertDeps = Omit<ProcessingDeps, 'onChanged'>
export type Converted = { outcome: 'made'; row: AttachmentRow } | { outcome: 'impossible'; failure: ConversionFailure }

const attemptsAtMost = 3

const typeOf: Readonly<Record<WantedFile['mime'], FileTypeName>> = {
  'image/jpeg': 'jpeg',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'opus',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
}

/**
 * The same as another file, for those who take no other. It is stored under an id that the wish gives it, so that whoever
 * asks again gets the same bytes; also the refusal of a file that cannot be converted is kept.
 */
export async function convertAttachment(
  deps: ConvertDeps,
  source: AttachmentRow,
  wanted: WantedFile,
): Promise<Converted> {
  const id = namedId(`${source.id} as ${wanted.mime} of ${wanted.bytes}`)
  const key = newBlobKey(id, 'original')
  const type = typeOf[wanted.mime]
  const draft = draftOf(deps, source, { id, key, type, wanted })
  if (!(await announceUpload(deps.db, draft))) {
    const known = await findAttachment(deps.db, id)
    if (known?.state === 'ready') return { outcome: 'made', row: known }
    if (known?.state === 'failed') return { outcome: 'impossible', failure: failureOf(known) }
  }
  const attempts = await beginAttempt(deps, id)
  const result: Conversion & { size?: number } =
    attempts > attemptsAtMost
      ? { outcome: 'impossible', failure: 'gave-up' }
      : await inScratch(deps, async (folder) => {
          const made = await convert(deps, source, wanted, folder)
          if (made.outcome === 'made') {
            await deps.storage.put(key, createReadStream(made.path), { mime: wanted.mime, signal: deps.signal })
            const facts = { bytes: (await stat(made.path)).size, sha256: await digest(made.path) }
            await finish(deps, source, { ...draft, ...facts }, made)
          }
          return made
        })
  if (result.outcome === 'impossible') {
    await finish(deps, source, draft, result)
    return result
  }
  const row = await findAttachment(deps.db, id)
  if (row?.state !== 'ready') throw new Error('A converted file is not there')
  // Two asked at once, and the other one was faster.
  if (row.storageKey !== key) await deps.storage.delete(key)
  return { outcome: 'made', row }
}

/** What is already presentable is a better beginning, and nothing is lost a second time where it is right as it is. */
function beginningOf(source: AttachmentRow, wanted: WantedFile): { file: StoredFile; type: FileType } {
  const uploaded = { key: source.storageKey, mime: source.mime, bytes: source.bytes }
  const { view } = source.variants
  const known: FileType[] = Object.values(fileTypes)
  const type = known.find(({ mime, kind }) => mime === view?.mime && kind === source.kind)
  const useView = view && type && (view.mime === wanted.mime || source.fileType === 'bmp')
  return useView ? { file: view, type } : { file: uploaded, type: fileTypes[source.fileType] }
}

async function convert(
  deps: ConvertDeps,
  source: AttachmentRow,
  wanted: WantedFile,
  folder: string,
): Promise<Conversion> {
  const { file, type } = beginningOf(source, wanted)
  const path = await localFile(deps.storage, file.key, folder, deps.signal)
  if (file.mime === wanted.mime && file.bytes <= wanted.bytes) return { outcome: 'made', path }
  const { ffmpegPath, signal } = deps
  const job: ConversionJob = { ffmpegPath, path, type, durationMs: source.durationMs, wanted, folder, signal }
  if (source.kind === 'image') return convertImage(job)
  return source.kind === 'audio' ? convertSound(job) : convertVideo(job)
}

async function inScratch<Result>(deps: ConvertDeps, work: (folder: string) => Promise<Result>): Promise<Result> {
  await mkdir(deps.scratchFolder, { recursive: true })
  const folder = await mkdtemp(join(deps.scratchFolder, scratchPrefix))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function draftOf(
  deps: ConvertDeps,
  source: AttachmentRow,
  { id, key, type, wanted }: { id: string; key: string; type: FileTypeName; wanted: WantedFile },
): UploadRow {
  const { uploader } = source
  return {
    id,
    inbox_id: source.inboxId,
    agent_id: 'agentId' in uploader ? uploader.agentId : null,
    contact_id: 'contactId' in uploader ? uploader.contactId : null,
    name: sanitiseName(source.name, fileTypes[type]),
    mime: wanted.mime,
    declared_mime: null,
    file_type: type,
    kind: source.kind,
    bytes: 0,
    sha256: Buffer.alloc(0),
    storage_key: key,
    created_at: deps.clock.now(),
  }
}

/** Counted before the work: a file that takes the process down is not tried for ever. */
async function beginAttempt({ db }: ConvertDeps, id: string): Promise<number> {
  const row = await db
    .updateTable('attachments')
    .set((columns) => ({ attempts: columns('attempts', '+', 1) }))
    .where('id', '=', id)
    .returning('attempts')
    .executeTakeFirst()
  return row?.attempts ?? 1
}

async function finish({ db }: ConvertDeps, source: AttachmentRow, row: UploadRow, result: Conversion): Promise<void> {
  const made = result.outcome === 'made' ? result : null
  await db
    .updateTable('attachments')
    .set({
      ...row,
      state: made ? 'ready' : 'failed',
      failure: result.outcome === 'impossible' ? result.failure : null,
      derived_from: source.id,
      conversation_id: source.conversationId,
      internal: source.internal,
      used_at: sql<Date>`now()`,
      width: made?.width ?? source.width,
      height: made?.height ?? source.height,
      duration_ms: made?.durationMs ?? source.durationMs,
    })
    .where('id', '=', row.id)
    .where('state', '=', 'uploading')
    .execute()
}

const failureOf = ({ failure }: AttachmentRow): ConversionFailure =>
  failure === 'too-large' || failure === 'gave-up' ? failure : 'undecodable'

async function digest(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest()
}
