import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import { createAttachments } from './attachment-service.ts'
import { setUpAttachments } from './attachment-testing.ts'
import { bufferSource } from './byte-source.ts'
import type { WantedFile } from './conversion.ts'
import type { SampleName } from './sample-media.ts'
import { sniffFile } from './sniff-file.ts'

// Real encoders on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })
const { deps, attachments, upload, receiveSample, rowOf, blobsOf } = await setUpAttachments()

async function ready(id: string) {
  await attachments.process(id)
  const row = await rowOf(id)
  if (!row) throw new Error('The file is gone')
  return row
}
async function bytesOf(row: Awaited<ReturnType<typeof ready>>): Promise<Buffer> {
  const stream = await attachments.read(row)
  if (!stream) throw new Error('It cannot be fetched')
  return buffer(stream)
}
async function made(source: Awaited<ReturnType<typeof ready>>, wanted: WantedFile) {
  const converted = await attachments.convert(source, wanted)
  if (converted.outcome !== 'made') throw new Error(converted.failure)
  return converted.row
}
const megabyte = 1_048_576

it.each<[SampleName, WantedFile['mime'], string]>([
  ['voice.webm', 'audio/amr', 'amr'],
  ['voice.m4a', 'audio/ogg', 'opus'],
  ['voice.amr', 'audio/mp4', 'm4a'],
  ['voice.ogg', 'audio/mpeg', 'mp3'],
  ['clip.webm', 'video/mp4', 'mp4'],
])('%s becomes %s', async (name, mime, type) => {
  const source = await ready(await receiveSample(name))
  const row = await made(source, { mime, bytes: megabyte })
  expect(row).toMatchObject({ mime, state: 'ready', derivedFrom: source.id, kind: source.kind })
  expect(row.durationMs).toBeGreaterThan(1_800)
  const content = await bytesOf(row)
  expect(content.length).toBe(row.bytes)
  expect(await sniffFile(bufferSource(content), row.name)).toBe(type)
  // What was uploaded is there as it was.
  expect(await rowOf(source.id)).toEqual(source)
})

it('a picture is made smaller until it fits, upright and on white', async () => {
  const noise = { raw: { width: 1200, height: 900, channels: 3 } } as const
  const picture = await sharp(randomBytes(1200 * 900 * 3), noise)
    .png()
    .toBuffer()
  const { id } = await attachments.receive(upload(picture, { name: 'noise.png' }))
  const source = await ready(id)
  const row = await made(source, { mime: 'image/jpeg', bytes: 100_000 })
  expect(row).toMatchObject({ mime: 'image/jpeg', name: 'noise.jpg' })
  expect(row.bytes).toBeLessThanOrEqual(100_000)
  const { format, width, height } = await sharp(await bytesOf(row)).metadata()
  expect({ format, width, height }).toEqual({ format: 'jpeg', width: row.width, height: row.height })
  expect(await attachments.convert(source, { mime: 'image/jpeg', bytes: 200 })).toEqual({
    outcome: 'impossible',
    failure: 'too-large',
  })
})

it('a video gets the rate that its size leaves; one that cannot be so small is refused without the work', async () => {
  const source = await ready(await receiveSample('noise.mp4'))
  expect(source.bytes).toBeGreaterThan(2 * 200_000)
  const fitted = await made(source, { mime: 'video/mp4', bytes: 200_000 })
  expect(fitted.bytes).toBeLessThanOrEqual(200_000)
  expect(fitted.durationMs).toBeGreaterThan(2_700)
  const refused = { outcome: 'impossible', failure: 'too-large' }
  expect(await attachments.convert(source, { mime: 'video/mp4', bytes: 50_000 })).toEqual(refused)
})

it('is made once: asked again, or twice at once, the bytes are the same, also after a try that died half way', async () => {
  const source = await ready(await receiveSample('voice.m4a'))
  const wanted = { mime: 'audio/amr', bytes: megabyte } as const
  const aborted = new AbortController()
  aborted.abort()
  await expect(attachments.convert(source, wanted, aborted.signal)).rejects.toThrow(/abort/i)
  const both = await Promise.all([made(source, wanted), made(source, wanted)])
  expect(both[0]).toEqual(both[1])
  expect(await made(source, wanted)).toEqual(both[0])
  expect(await blobsOf(both[0].id)).toEqual([both[0].storageKey])
  expect(await readdir(deps.scratchFolder)).toEqual([])
  const elsewhere = createAttachments({ ...deps, storage: { ...deps.storage, localPath: undefined } })
  expect(await elsewhere.convert(source, { ...wanted, bytes: 50_000 })).toMatchObject({ outcome: 'made' })
  await attachments.delete({ ids: [source.id] })
  expect(await rowOf(both[0].id)).toBeUndefined()
  expect(await blobsOf(both[0].id)).toEqual([])
})

it('a file that is no sound is refused once and for all', async () => {
  const source = await ready(await receiveSample('voice.amr'))
  const broken = { ...source, variants: {}, fileType: 'mp3', kind: 'audio' } as const
  const refused = { outcome: 'impossible', failure: 'undecodable' }
  expect(await attachments.convert(broken, { mime: 'audio/ogg', bytes: megabyte })).toEqual(refused)
  expect(await attachments.convert(broken, { mime: 'audio/ogg', bytes: megabyte })).toEqual(refused)
})
