import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Attachment } from '@qiao/protocol'
import S3rver from 's3rver'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { startCompany } from './testing/company.ts'

/** The way of a file through the whole server with its bytes in S3 instead of on the disk. */
const directory = await mkdtemp(join(tmpdir(), 'qiao-s3-'))
const s3 = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: 'qiao', configs: [] }],
})
const { port } = await s3.run()
const company = await startCompany({
  QIAO_ROLES: 'web,worker',
  QIAO_STORAGE: 's3',
  S3_BUCKET: 'qiao',
  S3_ENDPOINT: `http://127.0.0.1:${port}`,
  S3_ACCESS_KEY_ID: 'S3RVER',
  S3_SECRET_ACCESS_KEY: 'S3RVER',
})
afterAll(async () => {
  await s3.close()
  await rm(directory, { recursive: true })
})

test('a picture is stored, cleaned by a job, linked for those who see the conversation, and fetched whole and in part', async () => {
  const { credentials, conversationId } = await company.visitor()
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: 'teal' } })
    .jpeg()
    .withExif({ IFD3: { GPSLatitude: '30/1 15/1 0/1', GPSLatitudeRef: 'N' } })
    .toBuffer()
  expect((await sharp(picture).metadata()).exif).toBeDefined()
  const id = uuidv7()
  await company.must('PUT', `/api/client/v1/attachments/${id}?name=shop.jpg`, credentials, picture)
  await company.must('POST', '/api/client/v1/messages', credentials, {
    clientKey: uuidv7(),
    conversationId,
    content: { type: 'image', attachment: { id, name: 'x', mime: 'image/jpeg', bytes: 1 } },
  })
  async function linked(): Promise<Attachment> {
    const { attachments } = await company.must('POST', '/api/v1/attachments/links', company.agent.credentials, {
      ids: [id],
    })
    return attachments[0]
  }
  await expect.poll(async () => (await linked()).state, { timeout: 30_000 }).toBe('ready')
  const { links } = await linked()
  const fetched = async (link: string | null, headers: Record<string, string> = {}) => {
    const response = await fetch(company.url + link, { headers })
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const whole = await fetched(links.download)
  expect(whole.status).toBe(200)
  const shown = await sharp(whole.bytes).metadata()
  expect([shown.format, shown.width, shown.exif]).toEqual(['jpeg', 900, undefined])
  const part = await fetched(links.download, { range: 'bytes=10-19' })
  expect([part.status, part.bytes]).toEqual([206, whole.bytes.subarray(10, 20)])
  expect(await sharp((await fetched(links.thumbnail)).bytes).metadata()).toMatchObject({ format: 'webp', width: 640 })
})
