import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BlobStorage } from './blob-storage.ts'

/** Programs that seek need a file: the blob itself on disk, else a copy in `folder`, which the caller removes. */
export async function localFile(
  storage: BlobStorage,
  key: string,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  if (storage.localPath) return storage.localPath(key)
  const stream = await storage.get(key)
  if (stream === null) throw new Error(`Blob ${key} is missing`)
  const path = join(folder, 'source')
  await pipeline(stream, createWriteStream(path, { mode: 0o600 }), { signal })
  return path
}
