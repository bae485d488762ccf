import type { Readable } from 'node:stream'
import type { Log } from '../log.ts'

/** Inclusive offsets, as in an HTTP range. */
export type ByteRange = { start: number; end: number }

/**
 * Where bytes live. Keys are chosen by the caller and written once: a blob never changes under its key, so its key may
 * serve as its ETag. What is being written is invisible until it is whole.
 */
export type BlobStorage = {
  /** Takes the stream at the pace of the storage. When it fails or is aborted, nothing remains under the key. */
  put(key: string, content: Readable, options?: { mime?: string; signal?: AbortSignal }): Promise<{ bytes: number }>
  /** Null when there is no such blob. The caller consumes or destroys the stream. */
  get(key: string, range?: ByteRange): Promise<Readable | null>
  stat(key: string): Promise<{ bytes: number } | null>
  /** Does nothing when there is no such blob. */
  delete(key: string): Promise<void>
  /** Keys below a folder (`a/b/`), for removing what a crash left behind. */
  list(folder: string): Promise<string[]>
  /** A file that may be read in place, where the storage has one. */
  localPath?(key: string): string
  /** At the start: throws `StartRefused` when what was configured can never work. One that is only away passes. */
  check(log: Pick<Log, 'warn'>): Promise<void>
  /** Removes what interrupted writes left and no reader can see. */
  sweepPartials(olderThan: Date): Promise<number>
}

const keyPattern = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9.-]*)+$/

/** Keys come from us, never from a client; the check keeps a bug from becoming a path traversal. */
export function assertBlobKey(key: string): void {
  if (!keyPattern.test(key) || key.includes('..') || key.length > 200) throw new Error(`Not a blob key: ${key}`)
}
