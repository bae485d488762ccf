import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStorage } from './blob-storage.ts'
import { readBlob } from './read-blob.ts'

type Subject = { storage: BlobStorage; close(): Promise<void> }

const megabyte = 1024 * 1024
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function* broken() {
  yield randomBytes(7 * megabyte)
  await sleep(5)
  throw new Error('The visitor left')
}

async function* endless() {
  for (;;) {
    yield randomBytes(65_536)
    await sleep(2)
  }
}

/** Every storage must pass the same cases: who writes against the interface need not know which one runs. */
export function describeBlobStorage(name: string, create: () => Promise<Subject>): void {
  describe(`blob storage: ${name}`, () => {
    let subject: Subject
    let storage: BlobStorage
    beforeAll(async () => {
      subject = await create()
      storage = subject.storage
    })
    afterAll(() => subject.close())

    it('gives back what was put, whole and in ranges', async () => {
      const content = randomBytes(300_000)
      expect(await storage.put('aa/one/original', Readable.from([content]))).toEqual({ bytes: 300_000 })
      expect(await storage.stat('aa/one/original')).toEqual({ bytes: 300_000 })
      const whole = await storage.get('aa/one/original')
      expect(digest(await buffer(whole ?? Readable.from([])))).toBe(digest(content))
      const middle = await readBlob(storage, 'aa/one/original', { start: 1000, end: 1009 })
      expect(middle).toEqual(content.subarray(1000, 1010))
      const last = await readBlob(storage, 'aa/one/original', { start: 299_999, end: 299_999 })
      expect(last).toEqual(content.subarray(299_999))
    })

    it('keeps an empty blob', async () => {
      expect(await storage.put('aa/empty/original', Readable.from([]))).toEqual({ bytes: 0 })
      expect(await storage.stat('aa/empty/original')).toEqual({ bytes: 0 })
    })

    it('stores more than one part', async () => {
      const hash = createHash('sha256')
      async function* chunks() {
        for (let index = 0; index < 17; index += 1) {
          const chunk = randomBytes(megabyte)
          hash.update(chunk)
          yield chunk
        }
      }
      const stored = await storage.put('aa/large/original', Readable.from(chunks(), { objectMode: false }))
      expect(stored).toEqual({ bytes: 17 * megabyte })
      const back = await buffer((await storage.get('aa/large/original')) ?? Readable.from([]))
      expect(digest(back)).toBe(hash.digest('hex'))
    })

    it('knows nothing of a blob that was never put', async () => {
      expect(await storage.get('aa/never/original')).toBeNull()
      expect(await storage.stat('aa/never/original')).toBeNull()
      await expect(storage.delete('aa/never/original')).resolves.toBeUndefined()
      expect(await storage.list('aa/never/')).toEqual([])
    })

    it('leaves nothing when the source breaks', async () => {
      const source = Readable.from(broken(), { objectMode: false })
      await expect(storage.put('aa/broken/original', source)).rejects.toThrow('The visitor left')
      expect(await storage.stat('aa/broken/original')).toBeNull()
      expect(await storage.list('aa/broken/')).toEqual([])
    })

    it('survives a source that breaks before it is read', async () => {
      const source = new Readable({ read() {} })
      const putting = storage.put('aa/early/original', source)
      source.destroy(new Error('Gone already'))
      await expect(putting).rejects.toThrow('Gone already')
      expect(await storage.stat('aa/early/original')).toBeNull()
    })

    it('leaves nothing when the writer gives up, and stops reading the source', async () => {
      const abort = new AbortController()
      const source = Readable.from(endless(), { objectMode: false })
      const putting = storage.put('aa/given-up/original', source, { signal: abort.signal })
      setTimeout(() => abort.abort(), 50)
      await expect(putting).rejects.toThrow(/abort/i)
      expect(source.destroyed).toBe(true)
      expect(await storage.stat('aa/given-up/original')).toBeNull()
    })

    it('lists a folder and forgets what is deleted', async () => {
      for (const key of ['ab/two/original', 'ab/two/view', 'ab/twofold/view']) {
        await storage.put(key, Readable.from([Buffer.from(key)]))
      }
      expect((await storage.list('ab/two/')).toSorted()).toEqual(['ab/two/original', 'ab/two/view'])
      await storage.delete('ab/two/view')
      expect(await storage.get('ab/two/view')).toBeNull()
      expect(await storage.list('ab/two/')).toEqual(['ab/two/original'])
    })

    it.each(['../etc/passwd', '/etc/passwd', 'aa/../../x', 'aa', 'aa//x', '.partial/x', 'aa/x\0', 'aa/b\\c'])(
      'refuses %j as a key',
      async (key) => {
        const source = Readable.from(['x'])
        await expect((async () => storage.put(key, source))()).rejects.toThrow('Not a blob key')
        await expect((async () => storage.get(key))()).rejects.toThrow('Not a blob key')
      },
    )
  })
}
