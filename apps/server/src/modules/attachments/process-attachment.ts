import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import type { BlobStorage } from '#platform/storage/blob-storage'
import { localFile } from '#platform/storage/local-file'
import type { AttachmentRow, StoredFile } from './attachment.ts'
import { blobFolder, newBlobKey } from './blob-keys.ts'
import { fileTypes } from './file-types.ts'
import type { MediaResult, ProducedFile } from './media-result.ts'
import { processMedia } from './process-media.ts'
import { FfmpegStopped } from './run-ffmpeg.ts'
import { beginAttempt, finishProcessing, keepProgress, returnAttempt, type ProcessedRow } from './store.ts'

export type ProcessingDeps = {
  db: Database
  storage: BlobStorage
  clock: Clock
  ffmpegPath: string
  /** Scratch space on a local disk. */
  scratchFolder: string
  /** Aborts on shutdown: the work stops, and the job runs again elsewhere or later. */
  signal: AbortSignal
  /** Told whenever others should see a new state or progress. */
  onChanged: (row: AttachmentRow) => void
}

export const scratchPrefix = 'media-'
const attemptsAtMost = 3
const progressEveryMs = 1500

/** Makes a file presentable. May run twice, even at once: every run writes keys of its own, and the first to end counts. */
export async function processAttachment(deps: ProcessingDeps, id: string): Promise<void> {
  const row = await beginAttempt(deps.db, id)
  if (row === null) return
  if (row.attempts > attemptsAtMost) return finish(deps, row, { state: 'failed', failure: 'gave-up' })
  await mkdir(deps.scratchFolder, { recursive: true })
  const folder = await mkdtemp(join(deps.scratchFolder, scratchPrefix))
  try {
    const progress = progressOf(deps, row)
    const result = await processMedia({
      ffmpegPath: deps.ffmpegPath,
      path: await localFile(deps.storage, row.storageKey, folder, deps.signal),
      type: fileTypes[row.fileType],
      folder,
      signal: deps.signal,
      onProgress: (percent) => progress.report(percent),
    })
    await progress.settled()
    await finish(deps, row, await keep(deps, row, result))
  } catch (error) {
    // Only tries that ended with a dead process count: those may be the file's fault.
    if (deps.signal.aborted || !(error instanceof FfmpegStopped)) await returnAttempt(deps.db, id)
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function keep(deps: ProcessingDeps, row: AttachmentRow, result: MediaResult): Promise<ProcessedRow> {
  if (result.outcome === 'failed') return { state: 'failed', failure: result.failure }
  const put = async (part: 'original' | 'view' | 'thumbnail', file: ProducedFile): Promise<StoredFile> => {
    const key = newBlobKey(row.id, part)
    const { size } = await stat(file.path)
    await deps.storage.put(key, createReadStream(file.path), { mime: file.mime, signal: deps.signal })
    return { key, mime: file.mime, bytes: size }
  }
  const uploaded = { key: row.storageKey, mime: row.mime, bytes: row.bytes }
  const original = result.original ? await put('original', result.original) : uploaded
  return {
    state: 'ready',
    width: result.width,
    height: result.height,
    duration_ms: result.durationMs,
    storage_key: original.key,
    bytes: original.bytes,
    variants: {
      view: result.view === 'original' ? original : await put('view', result.view),
      thumbnail: result.thumbnail && (await put('thumbnail', result.thumbnail)),
    },
  }
}

/** What is not referred to any more goes: the uncleaned upload, leftovers of runs that were killed. */
async function finish(deps: ProcessingDeps, row: AttachmentRow, outcome: ProcessedRow): Promise<void> {
  const finished = await finishProcessing(deps.db, row.id, outcome)
  if (finished === null) {
    const ours = [outcome.storage_key, outcome.variants?.view?.key, outcome.variants?.thumbnail?.key]
    for (const key of new Set(ours)) if (key !== undefined && key !== row.storageKey) await deps.storage.delete(key)
    return
  }
  const kept = new Set([finished.storageKey, finished.variants.view?.key, finished.variants.thumbnail?.key])
  for (const key of await deps.storage.list(blobFolder(row.id))) if (!kept.has(key)) await deps.storage.delete(key)
  deps.onChanged(finished)
}

/** Seldom enough not to be a load. A lost figure is made good by the next. */
function progressOf(deps: ProcessingDeps, row: AttachmentRow) {
  let last = 0
  let writing: Promise<void> = Promise.resolve()
  const write = async (percent: number) => {
    const changed = await keepProgress(deps.db, row.id, percent)
    if (changed !== null) deps.onChanged(changed)
  }
  return {
    report(percent: number) {
      const now = Date.now()
      if (now - last < progressEveryMs) return
      last = now
      writing = writing.then(() => write(percent)).catch(() => {})
    },
    settled: () => writing,
  }
}
