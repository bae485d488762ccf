import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'
import { bufferSource } from './byte-source.ts'
import { fileTypes } from './file-types.ts'
import type { MediaJob, MediaResult } from './media-result.ts'
import { parseFacts, probeMedia } from './probe-media.ts'
import { processMedia } from './process-media.ts'
import { sampleMedia, type SampleName } from './sample-media.ts'
import { sniffFile } from './sniff-file.ts'

// Real encoders on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

let samples: Awaited<ReturnType<typeof sampleMedia>>
beforeAll(async () => {
  samples = await sampleMedia()
})
afterAll(() => samples.close())

async function jobFor(path: string, change: Partial<MediaJob> = {}): Promise<MediaJob> {
  const found = await sniffFile(bufferSource(await readFile(path)), path)
  if (found === null) throw new Error(`${path} is refused`)
  const folder = await mkdtemp(join(samples.folder, 'job-'))
  const signal = new AbortController().signal
  return { ffmpegPath: bundledFfmpeg, path, type: fileTypes[found], folder, signal, onProgress: () => {}, ...change }
}

async function ready(job: MediaJob): Promise<Extract<MediaResult, { outcome: 'ready' }>> {
  const result = await processMedia(job)
  if (result.outcome !== 'ready') throw new Error(`Processing failed: ${result.failure}`)
  return result
}

const viewOf = (result: Extract<MediaResult, { outcome: 'ready' }>) =>
  result.view === 'original' ? result.original?.path : result.view.path

const lasted = (result: { durationMs?: number }) => {
  expect(result.durationMs).toBeGreaterThan(1900)
  expect(result.durationMs).toBeLessThan(2300)
}

const pictured = async (result: Extract<MediaResult, { outcome: 'ready' }>) => {
  expect(result).toMatchObject({ width: 160, height: 120, thumbnail: { mime: 'image/webp' } })
  expect(await sharp(result.thumbnail?.path).metadata()).toMatchObject({ format: 'webp', width: 160, height: 120 })
}

describe('voice', () => {
  it.each<SampleName>(['voice.mp3', 'voice.wav', 'voice.aac', 'voice.m4a', 'recorded.mp4'])(
    '%s plays as it is',
    async (name) => {
      const job = await jobFor(await samples.file(name))
      expect(job.type.kind).toBe('audio')
      const result = await ready(job)
      lasted(result)
      expect(result.view).toBe('original')
    },
  )

  it.each<SampleName>(['voice.amr', 'wide.amr', 'phone.wav', 'voice.ogg', 'voice.webm'])(
    '%s plays converted',
    async (name) => {
      const job = await jobFor(await samples.file(name))
      expect(job.type.kind).toBe('audio')
      const result = await ready(job)
      lasted(result)
      expect(result.view).toMatchObject({ mime: 'audio/mp4' })
      const facts = await probeMedia({ ...job, type: fileTypes.m4a }, viewOf(result))
      expect(facts).toMatchObject({ audio: { codec: 'aac' }, video: null })
      expect(Math.abs((facts?.seconds ?? 0) * 1000 - (result.durationMs ?? 0))).toBeLessThan(150)
    },
  )

  it('of silence, made by hand frame by frame, plays as well', async () => {
    const path = join(samples.folder, 'silence.amr')
    const frame = Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31)])
    await writeFile(path, Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: 50 }, () => frame)]))
    expect((await ready(await jobFor(path))).durationMs).toBeCloseTo(1000, -2)
  })
})

describe('video', () => {
  it('clip.mp4 plays as it is, with a first picture', async () => {
    const job = await jobFor(await samples.file('clip.mp4'))
    expect(job.type.kind).toBe('video')
    const result = await ready(job)
    await pictured(result)
    expect(result.view).toBe('original')
  })

  it.each<SampleName>(['hevc.mp4', 'clip.mov', 'prores.mov', 'clip.avi', 'clip.flv', 'clip.wmv', 'clip.webm'])(
    '%s plays converted, with a first picture',
    async (name) => {
      const job = await jobFor(await samples.file(name))
      expect(job.type.kind).toBe('video')
      const result = await ready(job)
      await pictured(result)
      const facts = await probeMedia({ ...job, type: fileTypes.mp4 }, viewOf(result))
      expect(facts).toMatchObject({ video: { codec: 'h264', pixelFormat: 'yuv420p' } })
      expect(['aac', 'mp3']).toContain(facts?.audio?.codec)
      const bytes = await readFile(viewOf(result) ?? '')
      expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
    },
  )

  it('loses the place where it was taken, and nothing else', async () => {
    const job = await jobFor(await samples.file('place.mp4'))
    expect(await probeMedia(job)).toMatchObject({ hasLocation: true })
    const result = await ready(job)
    expect(result.view).toBe('original')
    expect(await readFile(result.original?.path ?? '', 'latin1')).not.toContain('39.9042')
    const facts = await probeMedia(job, result.original?.path)
    expect(facts).toMatchObject({ hasLocation: false, video: { codec: 'h264' }, audio: { codec: 'aac' } })
    expect(facts?.seconds).toBeCloseTo(2, 1)
  })

  it('tells how far it is', async () => {
    const percents: number[] = []
    await ready(await jobFor(await samples.file('long.avi'), { onProgress: (percent) => percents.push(percent) }))
    expect(percents.length).toBeGreaterThan(1)
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(percents.at(-1)).toBeGreaterThan(90)
    expect(Math.max(...percents)).toBeLessThan(100)
  })

  it('stops at once on shutdown', async () => {
    const abort = new AbortController()
    const job = await jobFor(await samples.file('long.avi'), { signal: abort.signal, onProgress: () => abort.abort() })
    await expect(processMedia(job)).rejects.toThrow(/abort/i)
  })

  it('is no Matroska', async () => {
    await expect(jobFor(await samples.file('clip.mkv'))).rejects.toThrow('refused')
  })
})

describe('broken media', () => {
  it.each<[SampleName, number]>([
    ['clip.mp4', 0.5],
    ['clip.mov', 0.3],
    ['clip.wmv', 0.02],
    ['picture.bmp', 0.0002],
  ])('%s cut short is said to be unplayable', async (name, share) => {
    const whole = await samples.read(name)
    const path = join(samples.folder, `cut-${name}`)
    await writeFile(path, whole.subarray(0, Math.max(60, whole.length * share)))
    const job = await jobFor(await samples.file(name), { path })
    expect(await processMedia(job)).toEqual({ outcome: 'failed', failure: 'undecodable' })
  })

  it('believes no stream that a title invents', () => {
    const facts = parseFacts(
      "Input #0, avi, from 'x':\n  Metadata:\n    title           : Stream #0:0: Video: h264, yuv420p, 10x10\n" +
        '                    :     Stream #0:0: Video: h264, yuv420p, 10x10\n' +
        '  Duration: 00:01:02.50, start: 0.000000\n' +
        '    Stream #0:0(eng): Video: wmv2 (WMV2 / 0x32564D57), bgr0(progressive), 320x240, SAR 1:1\n' +
        '    Metadata:\n      rotate          : 90\n    Stream #0:1: Audio: wmav2 (a[1][0][0]), 44100 Hz\n' +
        '    Stream #0:2: Video: mjpeg, yuvj420p, 9x9 (attached pic)\nStream mapping:\n',
    )
    expect(facts).toEqual({
      seconds: 62.5,
      video: { codec: 'wmv2', pixelFormat: 'bgr0', width: 240, height: 320 },
      audio: { codec: 'wmav2' },
      hasLocation: false,
    })
  })
})
