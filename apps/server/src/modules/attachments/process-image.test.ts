import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'
import { fileTypes, type FileTypeName } from './file-types.ts'
import type { MediaResult } from './media-result.ts'
import { processImage } from './process-image.ts'
import { zipOf } from './sample-archives.ts'
import { sampleMedia } from './sample-media.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qiao-images-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Ready = Extract<MediaResult, { outcome: 'ready' }>

async function run(content: Buffer, type: FileTypeName): Promise<MediaResult> {
  const scratch = await mkdtemp(join(folder, 'job-'))
  const path = join(scratch, 'upload')
  await writeFile(path, content)
  const { signal } = new AbortController()
  return processImage({
    ffmpegPath: bundledFfmpeg,
    path,
    type: fileTypes[type],
    folder: scratch,
    signal,
    onProgress: () => {},
  })
}

async function ready(content: Buffer, type: FileTypeName): Promise<Ready> {
  const result = await run(content, type)
  if (result.outcome !== 'ready') throw new Error(`Processing failed: ${result.failure}`)
  return result
}

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'teal', noise: { type: 'gaussian', mean: 90, sigma: 30 } },
  })
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: 'teal' } })
const place = { IFD0: { Make: 'PlantedPhone' }, IFD3: { GPSLatitude: '39/1 54/1 15/1', GPSLatitudeRef: 'N' } }
const secretNote =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="PlantedPlace"/></rdf:RDF></x:xmpmeta>'
const produced = (result: Ready) =>
  Promise.all(
    [result.original, result.view, result.thumbnail].map(async (file) =>
      typeof file === 'object' ? readFile(file.path) : Buffer.alloc(0),
    ),
  )

describe('pictures', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('%s loses its place, its device and its notes', async (format) => {
    const upload = await noise(900, 600).toFormat(format).withExif(place).withXmp(secretNote).toBuffer()
    expect((await sharp(upload).metadata()).exif).toBeDefined()
    expect(upload.toString('latin1')).toContain('PlantedP')
    const result = await ready(upload, format)
    expect(result).toMatchObject({ width: 900, height: 600, view: 'original' })
    for (const file of await produced(result)) expect(file.toString('latin1')).not.toContain('Planted')
    const metadata = await sharp(result.original?.path).metadata()
    expect(metadata).toMatchObject({ format, width: 900, height: 600 })
    expect([metadata.exif, metadata.xmp]).toEqual([undefined, undefined])
    expect(await sharp(result.thumbnail?.path).metadata()).toMatchObject({ format: 'webp', width: 640, height: 427 })
  })

  it('stand upright without the note that said how they were held', async () => {
    const upload = await noise(400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const result = await ready(upload, 'jpeg')
    expect(result).toMatchObject({ width: 200, height: 400 })
    const metadata = await sharp(result.original?.path).metadata()
    expect(metadata).toMatchObject({ width: 200, height: 400 })
    expect(metadata.orientation).toBeUndefined()
  })

  it.each(['gif', 'webp'] as const)('keep moving: %s', async (format) => {
    const frames = await Promise.all(
      ['red', 'lime', 'blue'].map((background) =>
        sharp({ create: { width: 40, height: 30, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const upload = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { delay: [90, 80, 70] })
      .toBuffer()
    const result = await ready(upload, format)
    expect(result).toMatchObject({ width: 40, height: 30, view: 'original' })
    expect(await sharp(result.original?.path, { animated: true }).metadata()).toMatchObject({
      format,
      pages: 3,
      pageHeight: 30,
      delay: [90, 80, 70],
    })
    expect((await sharp(result.thumbnail?.path).metadata()).pages ?? 1).toBe(1)
  })

  it('that are large get a view of their own', async () => {
    const result = await ready(await plain(3000, 1500).jpeg().toBuffer(), 'jpeg')
    expect(result).toMatchObject({ width: 3000, height: 1500, view: { mime: 'image/webp' } })
    const view = result.view === 'original' ? undefined : result.view.path
    expect(await sharp(view).metadata()).toMatchObject({ width: 2048, height: 1024 })
  })

  it('in BMP are shown as WebP and kept for saving', async () => {
    const samples = await sampleMedia()
    const result = await ready(await samples.read('picture.bmp'), 'bmp')
    await samples.close()
    expect(result).toMatchObject({ width: 160, height: 120, view: { mime: 'image/webp' } })
    expect(result.original).toBeUndefined()
    const view = result.view === 'original' ? undefined : result.view.path
    expect(await sharp(view).metadata()).toMatchObject({ format: 'webp', width: 160, height: 120 })
  })
})

describe('hostile pictures', () => {
  it.each(['jpeg', 'png', 'gif', 'webp'] as const)('hide nothing behind the end of a %s', async (format) => {
    const archive = zipOf({ 'planted.html': '<script>planted()</script>' })
    const upload = Buffer.concat([
      await noise(50, 50).toFormat(format).toBuffer(),
      archive,
      Buffer.from('<script>planted()</script>'),
    ])
    const result = await ready(upload, format)
    expect(result.original).toBeDefined()
    for (const file of await produced(result)) expect(file.toString('latin1')).not.toContain('planted')
  })

  it('claim more pixels than memory holds', async () => {
    const bomb = pngClaiming(60_000, 60_000)
    expect(bomb.length).toBeLessThan(200)
    expect(await run(bomb, 'png')).toEqual({ outcome: 'failed', failure: 'too-large' })
  })

  it('move through more pixels than memory holds', async () => {
    const screen = Buffer.from([...Buffer.from('GIF89a'), 0x28, 0x23, 0x28, 0x23, 0x80, 0, 0, 0, 0, 0, 255, 255, 255])
    const frame = Buffer.from('21f90400000000002c0000000028232823000202440100', 'hex')
    const bomb = Buffer.concat([screen, frame, frame, Buffer.from(';')])
    expect(await sharp(bomb).metadata()).toMatchObject({ width: 9000, height: 9000, pages: 2 })
    expect(await run(bomb, 'gif')).toEqual({ outcome: 'failed', failure: 'too-large' })
  })

  it.each(['jpeg', 'png', 'gif', 'webp'] as const)('%s cut in half is no picture', async (format) => {
    const whole = await noise(300, 300).toFormat(format).toBuffer()
    expect(await run(whole.subarray(0, whole.length / 2), format)).toEqual({
      outcome: 'failed',
      failure: 'undecodable',
    })
  })

  it('that are drawings with programs are not even opened', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>')
    expect(await run(svg, 'png')).toEqual({ outcome: 'failed', failure: 'undecodable' })
  })
})

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A valid PNG header with a few bytes of data. */
function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const parts = [
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(64))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}
