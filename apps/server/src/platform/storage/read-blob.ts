import { buffer } from 'node:stream/consumers'
import type { BlobStorage, ByteRange } from './blob-storage.ts'

/** For the few small pieces that a decision needs; whole files are streamed. */
export async function readBlob(storage: BlobStorage, key: string, range: ByteRange): Promise<Buffer> {
  const stream = await storage.get(key, range)
  if (stream === null) throw new Error(`Blob ${key} is missing`)
  return buffer(stream)
}
