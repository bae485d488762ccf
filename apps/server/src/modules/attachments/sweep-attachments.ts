import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import type { BlobStorage } from '#platform/storage/blob-storage'
import { blobFolder } from './blob-keys.ts'
import { scratchPrefix } from './process-attachment.ts'
import type { EnqueueProcessing } from './receive-upload.ts'
import { deleteRows, findAttachments, findDerived, findStuck, findUploadedBy, takeUnused } from './store.ts'

export type SweepDeps = {
  db: Database
  storage: BlobStorage
  clock: Clock
  scratchFolder: string
  enqueueProcessing: EnqueueProcessing
}

const hour = 3_600_000
const unusedAfter = 24 * hour
const stuckAfter = 2 * hour
const batch = 50

/**
 * Removes uploads that no message used within a day, whatever a crash left of them, and wakes files whose job was lost.
 * Bytes go before rows: killed in between, the row is still there to be found again.
 */
export async function sweepUnusedAttachments(deps: SweepDeps): Promise<{ removed: number; woken: number }> {
  const now = deps.clock.now().getTime()
  let removed = 0
  for (let taken = batch; taken === batch; removed += taken) {
    taken = await deps.db.transaction().execute(async (tx) => {
      const rows = await takeUnused(tx, new Date(now - unusedAfter), batch)
      for (const row of rows) await deleteBlobs(deps.storage, row.id)
      return rows.length
    })
  }
  await deps.storage.sweepPartials(new Date(now - unusedAfter))
  await sweepScratch(deps.scratchFolder, now - unusedAfter)
  const stuck = await findStuck(deps.db, new Date(now - stuckAfter), batch)
  for (const { id, kind } of stuck) await deps.db.transaction().execute((tx) => deps.enqueueProcessing(tx, id, kind))
  return { removed, woken: stuck.length }
}

/** Erasure: the bytes first, so that no row is gone while its bytes remain. */
export async function deleteAttachments(
  deps: Pick<SweepDeps, 'db' | 'storage'>,
  which: { ids: readonly string[] } | { contactId: string },
): Promise<number> {
  const named =
    'ids' in which ? await findAttachments(deps.db, which.ids) : await findUploadedBy(deps.db, which.contactId)
  const derived = await findDerived(
    deps.db,
    named.map((row) => row.id),
  )
  const rows = [...named, ...derived]
  for (const row of rows) await deleteBlobs(deps.storage, row.id)
  await deleteRows(
    deps.db,
    rows.map((row) => row.id),
  )
  return rows.length
}

/** Scratch folders of processes that were killed. */
async function sweepScratch(folder: string, usedBefore: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (name.startsWith(scratchPrefix) && found && found.mtimeMs < usedBefore) await rm(path, { recursive: true })
  }
}

async function deleteBlobs(storage: BlobStorage, id: string): Promise<void> {
  for (const key of await storage.list(blobFolder(id))) await storage.delete(key)
}
