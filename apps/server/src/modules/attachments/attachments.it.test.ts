import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createDiskStorage } from '#platform/storage/disk-storage'
import { createAttachments, type AttachmentDeps, type ChangedAttachment } from './attachment-service.ts'
import { blobFolder } from './blob-keys.ts'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'
import type { Upload } from './receive-upload.ts'
import { sampleMedia, type SampleName } from './sample-media.ts'
import { tieToConversations } from './tie-to-conversations.ts'
import { describeForMessage } from './use-attachment.ts'

const { db, pool } = await createTestDatabase()
const inboxId = uuidv7()
const uploader = { contactId: uuidv7() }
const policy = { kinds: ['image', 'audio', 'video', 'file'] as const, maxBytes: 5_000_000 }
const clock = manualClock()

let samples: Awaited<ReturnType<typeof sampleMedia>>
let root: string
let deps: AttachmentDeps
let queue: string[]
let changes: ChangedAttachment[]
let stop: AbortController

beforeAll(async () => {
  samples = await sampleMedia()
  root = await mkdtemp(join(tmpdir(), 'qiao-attachments-'))
})
afterAll(async () => {
  await samples.close()
  await rm(root, { recursive: true })
})
beforeEach(async () => {
  await db.deleteFrom('attachments').execute()
  queue = []
  changes = []
  stop = new AbortController()
  deps = {
    db,
    clock,
    storage: createDiskStorage({ folder: join(root, uuidv7()) }),
    secret: 'a secret of at least 32 characters',
    ffmpegPath: bundledFfmpeg,
    signal: new AbortController().signal,
    scratchFolder: join(root, 'scratch'),
    enqueueProcessing: async (_tx, id) => void queue.push(id),
    onChanged: (changed) => changes.push(changed),
  }
})

const upload = (content: Buffer | Readable, change: Partial<Upload> = {}): Upload => ({
  id: uuidv7(),
  inboxId,
  uploader,
  policy,
  name: 'file',
  declaredMime: null,
  declaredBytes: null,
  stream: content instanceof Readable ? content : Readable.from([content], { objectMode: false }),
  ...change,
})

async function receiveSample(name: SampleName): Promise<string> {
  const { id } = await createAttachments(deps).receive(upload(await samples.read(name), { name }))
  return id
}

const rowOf = async (id: string) => (await createAttachments(deps).find([id]))[0]
const blobsOf = (id: string) => deps.storage.list(blobFolder(id))
const text = Buffer.from('Where is my order?\n')
const readMedia = async (path: string, request: { range?: string } = {}) => {
  const url = new URL(path, 'http://qiao.test')
  const [, , id = '', variant = ''] = url.pathname.split('/')
  const found = (['original', 'view', 'thumbnail'] as const).find((known) => known === variant) ?? 'original'
  const link = {
    id,
    variant: found,
    expires: Number(url.searchParams.get('e')),
    signature: url.searchParams.get('s') ?? '',
  }
  const opened = await createAttachments(deps).open(link, { ...request, head: false })
  return { ...opened, bytes: opened.body ? await buffer(opened.body) : null }
}

describe('uploads', () => {
  it('a document is ready at once, under a clean name', async () => {
    const attachments = createAttachments(deps)
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
    const attachments = createAttachments(deps)
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
    const attachments = createAttachments(deps)
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
    await expect(createAttachments(deps).receive(refused)).rejects.toMatchObject({ code })
    expect(await rowOf(refused.id)).toBeUndefined()
    expect(await blobsOf(refused.id)).toEqual([])
  })

  it('stops reading as soon as there is too much', async () => {
    let read = 0
    async function* endless() {
      for (;;) {
        read += 65_536
        yield randomBytes(65_536)
        await sleep(0)
      }
    }
    const stream = Readable.from(endless(), { objectMode: false, highWaterMark: 65_536 })
    const refused = createAttachments(deps).receive(upload(stream, { policy: { ...policy, maxBytes: 200_000 } }))
    await expect(refused).rejects.toMatchObject({ code: 'attachment-too-large' })
    await sleep(20)
    expect(read).toBeLessThan(1_000_000)
    expect(stream.destroyed).toBe(false)
    stream.destroy()
  })

  it('a client that leaves half-way leaves nothing, and may come back', async () => {
    const stream = new Readable({ read() {} })
    const cancelled = upload(stream)
    const receiving = createAttachments(deps).receive(cancelled)
    stream.push(randomBytes(100_000))
    await expect.poll(() => rowOf(cancelled.id)).toMatchObject({ state: 'uploading' })
    stream.destroy()
    await expect(receiving).rejects.toMatchObject({ code: 'bad-request' })
    expect(await rowOf(cancelled.id)).toBeUndefined()
    expect(await blobsOf(cancelled.id)).toEqual([])
    expect(await createAttachments(deps).receive(upload(text, { id: cancelled.id }))).toMatchObject({
      state: 'ready',
    })
  })

  it('killed between the bytes and the row: invisible, repeatable, swept', async () => {
    const attachments = createAttachments(deps)
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

describe('processing', () => {
  it('a voice note becomes playable; a second run changes nothing', async () => {
    const id = await receiveSample('voice.amr')
    expect(queue).toEqual([id])
    const attachments = createAttachments(deps)
    await attachments.process(id)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'ready', mime: 'audio/amr', variants: { view: { mime: 'audio/mp4' } } })
    expect(row?.durationMs).toBeGreaterThan(1900)
    expect(changes.map(({ attachment }) => attachment.state)).toEqual(['ready'])
    await attachments.process(id)
    expect(await rowOf(id)).toEqual(row)
    expect(await blobsOf(id)).toHaveLength(2)
    expect(await readdir(deps.scratchFolder)).toEqual([])
  })

  it('two runs at once leave one result and no stray bytes', async () => {
    const id = await receiveSample('clip.avi')
    const attachments = createAttachments(deps)
    await Promise.all([attachments.process(id), attachments.process(id)])
    const row = await rowOf(id)
    const keys = [row?.storageKey, row?.variants.view?.key, row?.variants.thumbnail?.key]
    expect((await blobsOf(id)).toSorted()).toEqual(keys.toSorted())
    expect(await deps.storage.stat(row?.variants.view?.key ?? '')).toEqual({ bytes: row?.variants.view?.bytes })
    expect(changes.filter(({ attachment }) => attachment.state === 'ready')).toHaveLength(1)
  })

  it('a picture is withheld until its place is taken out, also from saving', async () => {
    const exif = { IFD0: { Make: 'PlantedPhone' }, IFD3: { GPSLatitude: '39/1 54/1 15/1', GPSLatitudeRef: 'N' } }
    const photo = await sharp({ create: { width: 800, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .withExif(exif)
      .toBuffer()
    const attachments = createAttachments(deps)
    const { id, links, state } = await attachments.receive(upload(photo, { name: 'IMG_1.jpg' }))
    expect({ state, view: links.view }).toEqual({ state: 'processing', view: null })
    await expect(readMedia(links.download)).rejects.toMatchObject({ code: 'attachment-not-ready' })
    await attachments.process(id)
    const [ready] = changes
    for (const link of [
      ready?.attachment.links.download,
      ready?.attachment.links.view,
      ready?.attachment.links.thumbnail,
    ]) {
      const { status, headers, bytes } = await readMedia(link ?? '')
      expect(status).toBe(200)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-disposition']?.startsWith(link?.includes('original') ? 'attachment' : 'inline')).toBe(
        true,
      )
      expect(bytes?.length).toBe(Number(headers['content-length']))
      expect(bytes?.toString('latin1')).not.toContain('Planted')
    }
    expect(await blobsOf(id)).toHaveLength(2)
  })

  it('a video keeps what was uploaded, and is sent in parts', async () => {
    const id = await receiveSample('clip.mov')
    await createAttachments(deps).process(id)
    const links = changes.at(-1)?.attachment.links
    expect((await readMedia(links?.download ?? '')).bytes).toEqual(await samples.read('clip.mov'))
    const whole = await readMedia(links?.view ?? '')
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4' })
    const part = await readMedia(links?.view ?? '', { range: 'bytes=100-299' })
    expect(part).toMatchObject({ status: 206, bytes: whole.bytes?.subarray(100, 300) })
  })

  it('what cannot be played can still be saved; what cannot be cleaned cannot', async () => {
    const attachments = createAttachments(deps)
    const video = await samples.read('clip.mp4')
    const cut = await attachments.receive(upload(video.subarray(0, video.length / 2), { name: 'a.mp4' }))
    const png = await sharp({ create: { width: 99, height: 99, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const broken = await attachments.receive(upload(png.subarray(0, 120), { name: 'a.png' }))
    for (const id of [cut.id, broken.id]) await attachments.process(id)
    expect(changes.map(({ attachment }) => [attachment.state, attachment.failure])).toEqual([
      ['failed', 'undecodable'],
      ['failed', 'undecodable'],
    ])
    expect((await readMedia(cut.links.download)).status).toBe(200)
    await expect(readMedia(broken.links.download)).rejects.toMatchObject({ code: 'attachment-not-found' })
  })

  it('shutdown stops the work without blame; it runs again later', async () => {
    const id = await receiveSample('long.avi')
    const running = createAttachments(deps).process(id, stop.signal)
    setTimeout(() => stop.abort(), 300)
    await expect(running).rejects.toThrow(/abort/i)
    expect(await rowOf(id)).toMatchObject({ state: 'processing', attempts: 0 })
    expect(await readdir(deps.scratchFolder)).toEqual([])
    await createAttachments(deps).process(id)
    expect(await rowOf(id)).toMatchObject({ state: 'ready' })
    const progress = changes.map(({ attachment }) => attachment.progress)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(100)
  }, 60_000)

  it('a file that takes the process down three times is given up', async () => {
    const id = await receiveSample('voice.mp3')
    await db.updateTable('attachments').set({ attempts: 3 }).where('id', '=', id).execute()
    await createAttachments(deps).process(id)
    expect(await rowOf(id)).toMatchObject({ state: 'failed', failure: 'gave-up' })
  })

  it('an unreachable storage is no fault of the file', async () => {
    const id = await receiveSample('voice.amr')
    const down = { ...deps, storage: { ...deps.storage, put: () => Promise.reject(new Error('storage is down')) } }
    await expect(createAttachments(down).process(id)).rejects.toThrow('storage is down')
    expect(await rowOf(id)).toMatchObject({ state: 'processing', attempts: 0 })
  })
})

describe('use in messages', () => {
  it('only the uploader, only as what it is, only in one conversation', async () => {
    const { id } = await createAttachments(deps).receive(upload(text, { name: 'a.txt' }))
    const use = { id, kind: 'file' as const, uploader }
    expect(await describeForMessage(db, use)).toEqual({ id, name: 'a.txt', mime: 'text/plain', bytes: text.length })
    const stranger = describeForMessage(db, { ...use, uploader: { agentId: uuidv7() } })
    await expect(stranger).rejects.toMatchObject({ code: 'attachment-not-found' })
    const asImage = describeForMessage(db, { ...use, kind: 'image' })
    await expect(asImage).rejects.toMatchObject({ code: 'attachment-kind-refused' })
    const [first, second] = [uuidv7(), uuidv7()]
    await tieToConversations(pool, [{ attachmentId: id, conversationId: first }])
    await tieToConversations(pool, [{ attachmentId: id, conversationId: second, internal: true }])
    expect(await rowOf(id)).toMatchObject({ conversationId: first, internal: false })
  })

  it('whoever watches the conversation is told, but of a note only its writer', async () => {
    const agentId = uuidv7()
    const [shown, noted] = [await receiveSample('voice.amr'), uuidv7()]
    const attachments = createAttachments(deps)
    await attachments.receive(upload(await samples.read('voice.amr'), { id: noted, uploader: { agentId } }))
    const conversationId = uuidv7()
    await tieToConversations(pool, [
      { attachmentId: shown, conversationId },
      { attachmentId: noted, conversationId, internal: true },
    ])
    for (const id of [shown, noted]) await attachments.process(id)
    expect(changes).toMatchObject([
      { conversationId, agentId: null, contactId: uploader.contactId, attachment: { id: shown } },
      { conversationId: null, agentId, contactId: null, attachment: { id: noted } },
    ])
  })

  it('what a message is about to use is never swept, and what nobody used is', async () => {
    const attachments = createAttachments(deps)
    const [used, described, unused, fresh] = await Promise.all(
      [text, text, text, text].map((content) => attachments.receive(upload(content))),
    )
    const use = { kind: 'file' as const, uploader }
    await tieToConversations(pool, [{ attachmentId: used?.id ?? '', conversationId: uuidv7() }])
    await describeForMessage(db, { ...use, id: described?.id ?? '' })
    await db
      .updateTable('attachments')
      .set({ created_at: new Date(clock.now().getTime() + 3_600_000) })
      .where('id', '=', fresh?.id ?? '')
      .execute()
    clock.advance(24 * 3_600_000 + 1000)
    expect(await attachments.sweep()).toEqual({ removed: 1, woken: 0 })
    expect(await attachments.sweep()).toEqual({ removed: 0, woken: 0 })
    expect(await blobsOf(unused?.id ?? '')).toEqual([])
    const conversationId = uuidv7()
    await tieToConversations(pool, [{ attachmentId: described?.id ?? '', conversationId }])
    expect(await rowOf(described?.id ?? '')).toMatchObject({ conversationId })
  })

  it('a file whose job was lost is woken', async () => {
    const id = await receiveSample('voice.mp3')
    queue = []
    clock.advance(3 * 3_600_000)
    expect(await createAttachments(deps).sweep()).toMatchObject({ woken: 1 })
    expect(queue).toEqual([id])
  })

  it('erasing a person erases the bytes', async () => {
    const attachments = createAttachments(deps)
    const mine = await attachments.receive(upload(text))
    const other = await attachments.receive(upload(text, { uploader: { contactId: uuidv7() } }))
    expect(await attachments.delete(uploader)).toBe(1)
    expect([await rowOf(mine.id), await blobsOf(mine.id)]).toEqual([undefined, []])
    expect(await blobsOf(other.id)).toHaveLength(1)
  })
})

describe('links', () => {
  it('forged or expired open nothing', async () => {
    const { links } = await createAttachments(deps).receive(upload(text))
    await expect(readMedia(links.download.replace('original', 'view'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(readMedia(links.download.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).rejects.toMatchObject({
      code: 'forbidden',
    })
    clock.advance(21 * 60_000)
    await expect(readMedia(links.download)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
