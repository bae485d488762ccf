import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Attachment } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createHttpServer, registerRoutes } from '#platform/http/server'
import { createLog } from '#platform/log'
import type { Principal } from '#platform/principal'
import { createDiskStorage } from '#platform/storage/disk-storage'
import { createAttachments, type AttachmentService } from './attachment-service.ts'
import { blobFolder } from './blob-keys.ts'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'
import { attachmentRoutes, registerMedia } from './routes.ts'
import { tieToConversations } from './tie-to-conversations.ts'

const { db, pool } = await createTestDatabase()
const clock = manualClock()
const inboxId = uuidv7()
const mine = uuidv7()
const visitor = (contactId: string): Principal => ({
  type: 'visitor',
  wantsAgent: null,
  until: null,
  sessionId: uuidv7(),
  contactId,
  identityId: uuidv7(),
  verified: true,
  inboxId,
})
const agent: Principal = {
  type: 'agent',
  agentId: uuidv7(),
  role: 'agent',
  teamIds: [],
  inboxIds: 'all',
  via: 'browser',
}
const alice = visitor(uuidv7())
const callers = new Map<string, Principal>([
  ['alice', alice],
  ['bob', visitor(uuidv7())],
  ['agent', agent],
])

let folder: string
let base: string
let attachments: AttachmentService
const storage = () => createDiskStorage({ folder: join(folder, 'files') })
const options = {
  log: createLog({ level: 'silent' }),
  trustProxy: false,
  checkResponses: true,
  resolveAgent: async (request: { headers: { authorization?: string } }) =>
    callers.get(request.headers.authorization ?? '') ?? null,
  resolveVisitor: async (request: { headers: { authorization?: string } }) =>
    callers.get(request.headers.authorization ?? '') ?? null,
}
const app = createHttpServer(options)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qiao-media-http-'))
  attachments = createAttachments({
    db,
    clock,
    storage: storage(),
    secret: 'a secret of at least 32 characters',
    ffmpegPath: bundledFfmpeg,
    scratchFolder: join(folder, 'scratch'),
    signal: new AbortController().signal,
    enqueueProcessing: async () => {},
    onChanged: () => {},
  })
  const policy = { kinds: ['image', 'file'] as const, maxBytes: 3_000_000 }
  const access = {
    forAgent: async () => ({ inboxId, policy }),
    forInbox: async () => ({ inboxId, policy }),
    forVisitor: async () => ({ inboxId, policy }),
    visible: async (principal: Principal, ids: readonly string[]) =>
      new Set(principal.type === 'agent' || principal === alice ? ids.filter((id) => id === mine) : []),
  }
  registerRoutes(app, attachmentRoutes(attachments, access), options)
  registerMedia(app, attachments)
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  const closed = app.close()
  app.server.closeAllConnections()
  await closed
  await rm(folder, { recursive: true })
})

const put = (who: string, body: Buffer | string, headers: Record<string, string> = {}, id = uuidv7()) =>
  fetch(`${base}/api/client/v1/attachments/${id}?name=${encodeURIComponent('说明 100%.txt')}`, {
    method: 'PUT',
    headers: { authorization: who, ...headers },
    body: new Uint8Array(Buffer.from(body)),
  })
const linksFor = async (who: string, id: string, api = '/api/client/v1') => {
  const response = await fetch(`${base}${api}/attachments/links`, {
    method: 'POST',
    headers: { authorization: who, 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [id] }),
  })
  expect(response.status).toBe(200)
  const { attachments: found } = (await response.json()) as { attachments: Attachment[] }
  return found
}

describe('uploads over HTTP', () => {
  it.each(['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'image/png', 'multipart/form-data'])(
    'the body is the file, even when it is called %s',
    async (type) => {
      const text = `{"a": 1} ${'订单 '.repeat(200_000)}`
      const response = await put('alice', text, { 'content-type': type })
      expect(response.status).toBe(201)
      const attachment = (await response.json()) as Attachment
      expect(attachment).toMatchObject({ name: '说明 100%.txt', mime: 'text/plain', bytes: Buffer.byteLength(text) })
      const back = await fetch(base + attachment.links.download)
      expect(await back.text()).toBe(text)
    },
  )

  it.each<[string, string, Buffer | string, number, string]>([
    ['nobody', '-', 'text', 401, 'visitor-token-invalid'],
    ['a page', 'alice', '<html>', 422, 'attachment-kind-refused'],
    ['a program', 'alice', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]), 422, 'attachment-kind-refused'],
    ['too much', 'alice', Buffer.alloc(3_000_001, 'x'), 413, 'attachment-too-large'],
  ])('refuses %s with a problem that arrives', async (_, who, body, status, code) => {
    const response = await put(who, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code })
  })

  it('refuses a stream without an end as soon as it is too much', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const path = `${base}/api/client/v1/attachments/${uuidv7()}?name=x.txt`
      const sending = httpRequest(path, { method: 'PUT', headers: { authorization: 'alice' } }, (response) => {
        resolve(response.statusCode)
        sending.destroy()
      })
      sending.on('error', reject)
      const more = () => {
        while (!sending.destroyed && sending.write(Buffer.alloc(65_536, 'x')));
      }
      sending.on('drain', more)
      more()
    })
    expect(status).toBe(413)
  })

  it('a cancelled upload leaves nothing', async () => {
    const id = uuidv7()
    const sending = httpRequest(`${base}/api/client/v1/attachments/${id}?name=x.txt`, {
      method: 'PUT',
      headers: { authorization: 'alice', 'content-length': '1000000' },
    })
    sending.on('error', () => {})
    sending.write(randomBytes(200_000))
    await expect.poll(async () => (await attachments.find([id])).length).toBe(1)
    sending.destroy()
    await expect.poll(async () => (await attachments.find([id])).length).toBe(0)
    await expect.poll(() => storage().list(blobFolder(id))).toEqual([])
  })
})

describe('links over HTTP', () => {
  it('only to those who see the conversation; of a note never to visitors', async () => {
    const { id } = (await (await put('alice', 'text one')).json()) as Attachment
    expect(await linksFor('alice', id)).toHaveLength(1)
    expect(await linksFor('bob', id)).toEqual([])
    expect(await linksFor('agent', id, '/api/v1')).toEqual([])
    await tieToConversations(pool, [{ attachmentId: id, conversationId: mine }])
    expect(await linksFor('agent', id, '/api/v1')).toHaveLength(1)
    expect(await linksFor('alice', id)).toHaveLength(1)
    expect(await linksFor('bob', id)).toEqual([])
    const note = (await (await put('alice', 'text two')).json()) as Attachment
    await tieToConversations(pool, [{ attachmentId: note.id, conversationId: mine, internal: true }])
    expect(await linksFor('agent', note.id, '/api/v1')).toHaveLength(1)
    expect(await linksFor('alice', note.id)).toEqual([])
  })
})

describe('media over HTTP', () => {
  it('whole, in parts, not again, and without a body', async () => {
    const { links } = (await (await put('alice', '0123456789 text')).json()) as Attachment
    const url = base + links.download
    const whole = await fetch(url)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '15',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': expect.stringMatching(/^attachment; /) as unknown,
    })
    const etag = whole.headers.get('etag') ?? ''
    const part = await fetch(url, { headers: { range: 'bytes=2-4', 'if-range': etag } })
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/15'])
    const beyond = await fetch(url, { headers: { range: 'bytes=15-' } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */15'])
    const known = await fetch(url, { headers: { 'if-none-match': etag } })
    expect([known.status, await known.text()]).toEqual([304, ''])
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '15'])
  })

  it.each(['', '?e=1&s=x', '?e=99999999999&s=AAAA'])('opens nothing for /media/…%s', async (query) => {
    const { id } = (await (await put('alice', 'a text')).json()) as Attachment
    const response = await fetch(`${base}/media/${id}/original${query}`)
    expect([403, 404]).toContain(response.status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })
})
