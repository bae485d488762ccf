import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { BlobStorage } from '#platform/storage/blob-storage'

/** What a channel keeps beside its events: named by what it is, so that a repeat is the same file. */
export function keptBy(storage: BlobStorage, inboxId: string) {
  const keyOf = (name: string): string => `kept/${inboxId}/${name}`
  return {
    async keep(bytes: Buffer): Promise<string> {
      const name = createHash('sha256').update(bytes).digest('hex')
      if (!(await storage.stat(keyOf(name)))) await storage.put(keyOf(name), Readable.from([bytes]))
      return name
    },
    async kept(name: string): Promise<Buffer | null> {
      const stored = /^[0-9a-f]{64}$/u.test(name) ? await storage.get(keyOf(name)) : null
      return stored && buffer(stored)
    },
  }
}
