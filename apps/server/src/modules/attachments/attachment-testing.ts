import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeEach } from 'vitest'
import { manualClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createDiskStorage } from '#platform/storage/disk-storage'
import { createAttachments, type AttachmentDeps, type ChangedAttachment } from './attachment-service.ts'
import { blobFolder } from './blob-keys.ts'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'
import { mediaVariants } from './media-link.ts'
import type { Upload } from './receive-upload.ts'
import { sampleMedia, type SampleName } from './sample-media.ts'

/** The module's parts on a real database, a real disk and the real ffmpeg; fresh for each test. */
export async function setUpAttachments() {
  const { db, pool } = await createTestDatabase()
  const samples = await sampleMedia()
  const root = await mkdtemp(join(tmpdir(), 'qiao-attachments-'))
  const uploader = { contactId: uuidv7() }
  const inboxId = uuidv7()
  const policy = { kinds: ['image', 'audio', 'video', 'file'] as const, maxBytes: 5_000_000 }
  const clock = manualClock()
  const queue: string[] = []
  const changes: ChangedAttachment[] = []
  const deps: AttachmentDeps = {
    db,
    clock,
    storage: createDiskStorage({ folder: join(root, 'files') }),
    secret: 'a secret of at least 32 characters',
    ffmpegPath: bundledFfmpeg,
    scratchFolder: join(root, 'scratch'),
    signal: new AbortController().signal,
    enqueueProcessing: async (_tx, id) => void queue.push(id),
    onChanged: (changed) => changes.push(changed),
  }
  const attachments = createAttachments(deps)
  beforeEach(async () => {
    await db.deleteFrom('attachments').execute()
    queue.length = 0
    changes.length = 0
  })
  afterAll(async () => {
    await samples.close()
    await rm(root, { recursive: true })
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
  return {
    db,
    pool,
    samples,
    uploader,
    policy,
    clock,
    queue,
    changes,
    deps,
    attachments,
    upload,
    receiveSample: async (name: SampleName) =>
      (await attachments.receive(upload(await samples.read(name), { name }))).id,
    rowOf: async (id: string) => (await attachments.find([id]))[0],
    blobsOf: (id: string) => deps.storage.list(blobFolder(id)),
    /** Fetches a link as the route does. */
    readMedia: async (path: string, request: { range?: string } = {}) => {
      const url = new URL(path, 'http://qiao.test')
      const [, , id = '', name] = url.pathname.split('/')
      const variant = mediaVariants.find((known) => known === name)
      if (variant === undefined) throw new Error(`No variant in ${path}`)
      const [expires, signature] = [Number(url.searchParams.get('e')), url.searchParams.get('s') ?? '']
      const opened = await attachments.open({ id, variant, expires, signature }, { ...request, head: false })
      return { ...opened, bytes: opened.body ? await buffer(opened.body) : null }
    },
  }
}
