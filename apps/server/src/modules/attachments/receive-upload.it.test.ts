import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { createAttachments } from './attachment-service.ts'
import { setUpAttachments } from './attachment-testing.ts'
import type { Upload } from './receive-upload.ts'
import { describeForMessage } from './use-attachment.ts'

const subject = await setUpAttachments()
const { db, uploader, policy, clock, queue, deps, attachments, upload, rowOf, blobsOf, readMedia } = subject
const text = Buffer.from('Where is my order?\n')

describe('uploads', () => {
  it('a document is ready at once, under a clean name', async () => {
    const attachment = await attachments.receive(
      upload(text, { name: '../../订单\u202e.txt', declaredMime: 'text/html' }),
    )
    expect(attachment).toMatchObject({
      name: '订单.txt',
      mime: 'text/plain',
      kind: 'file',
      bytes: text.length,
      state: 'ready',
    })
    expect(queue).toEqual([])
    const { status, headers, bytes } = await readMedia(attachment.links.download)
    expect({ status, bytes }).toEqual({ status: 200, bytes: text })
    expect(headers['content-disposition']).toContain(
      'attachment; filename="__.txt"; filename*=UTF-8\'\'%E8%AE%A2%E5%8D%95.txt',
    )
  })

  it('the same again is the same attachment; other content under its id is refused', async () => {
    const first = await attachments.receive(upload(text))
    expect(await attachments.receive(upload(text, { id: first.id }))).toEqual(first)
    const other = attachments.receive(upload(Buffer.from('Another text'), { id: first.id }))
    await expect(other).rejects.toMatchObject({ code: 'client-key-reused' })
    const stranger = attachments.receive(upload(text, { id: first.id, uploader: { contactId: uuidv7() } }))
    await expect(stranger).rejects.toMatchObject({ code: 'client-key-reused' })
    expect(await blobsOf(first.id)).toHaveLength(1)
  })

  it('the same five times at once is one attachment with one blob and one job', async () => {
    const image = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const id = uuidv7()
    const all = await Promise.all(Array.from({ length: 5 }, () => attachments.receive(upload(image, { id }))))
    expect(new Set(all.map((attachment) => JSON.stringify(attachment))).size).toBe(1)
    expect(await blobsOf(id)).toHaveLength(1)
    expect(queue).toEqual([id])
  })

  it.each<[string, Partial<Upload>, Buffer, string]>([
    ['a page called text', { name: 'a.txt' }, Buffer.from('<html><script>1</script>'), 'attachment-kind-refused'],
    [
      'a kind that the inbox does not take',
      { policy: { ...policy, kinds: ['image'] } },
      text,
      'attachment-kind-refused',
    ],
    ['more than allowed', { policy: { ...policy, maxBytes: 10 } }, text, 'attachment-too-large'],
    ['more than allowed, as announced', { declaredBytes: 5_000_001 }, text, 'attachment-too-large'],
    ['nothing', {}, Buffer.alloc(0), 'attachment-kind-refused'],
  ])('refuses %s and keeps nothing of it', async (_, change, content, code) => {
    const refused = upload(content, change)
    await expect(attachments.receive(refused)).rejects.toMatchObject({ code })
    expect(await rowOf(refused.id)).toBeUndefined()
    expect(await blobsOf(refused.id)).toEqual([])
  })

  it('refuses an endless stream without cutting the answer off', async () => {
    async function* endless() {
      for (;;) {
        yield randomBytes(65_536)
        await sleep(0)
      }
    }
    const stream = Readable.from(endless(), { objectMode: false, highWaterMark: 65_536 })
    const refused = attachments.receive(upload(stream, { policy: { ...policy, maxBytes: 200_000 } }))
    await expect(refused).rejects.toMatchObject({ code: 'attachment-too-large' })
    expect(stream.destroyed).toBe(false)
    stream.destroy()
  })

  it('a client that leaves half-way leaves nothing, and may come back', async () => {
    const stream = new Readable({ read() {} })
    const cancelled = upload(stream)
    const receiving = attachments.receive(cancelled)
    stream.push(randomBytes(100_000))
    await expect.poll(() => rowOf(cancelled.id)).toMatchObject({ state: 'uploading' })
    stream.destroy()
    await expect(receiving).rejects.toMatchObject({ code: 'bad-request' })
    expect(await rowOf(cancelled.id)).toBeUndefined()
    expect(await blobsOf(cancelled.id)).toEqual([])
    expect(await attachments.receive(upload(text, { id: cancelled.id }))).toMatchObject({
      state: 'ready',
    })
  })

  it('killed between the bytes and the row: invisible, repeatable, swept', async () => {
    const cut = upload(text)
    const never = new Promise<never>(() => {})
    const dying = {
      ...deps,
      storage: {
        ...deps.storage,
        put: async (key: string, stream: Readable) => (await deps.storage.put(key, stream), never),
      },
    }
    void createAttachments(dying).receive(cut)
    await expect.poll(() => blobsOf(cut.id)).toHaveLength(1)
    await expect(describeForMessage(db, { id: cut.id, kind: 'file', uploader })).rejects.toMatchObject({
      code: 'attachment-not-ready',
    })
    expect(await attachments.receive(upload(text, { id: cut.id }))).toMatchObject({ state: 'ready' })
    clock.advance(25 * 3_600_000)
    expect(await attachments.sweep()).toMatchObject({ removed: 1 })
    expect(await blobsOf(cut.id)).toEqual([])
  })
})
