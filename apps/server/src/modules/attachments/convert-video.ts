import { join } from 'node:path'
import { type Conversion, type ConversionJob, fitsInto } from './conversion.ts'
import { inputArgs, probeMedia } from './probe-media.ts'
import { mp4Args } from './process-video.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

const timeoutMs = 20 * 60_000
/** Kilobits a second. Below it nobody recognises anything. */
const leastVideo = 90
/** Of the size, what is asked for: the rest is for the container, and for an encoder that takes more than it was given. */
const sizes = [
  { side: 854, audio: 64, share: 0.9 },
  { side: 480, audio: 32, share: 0.9 },
  { side: 480, audio: 32, share: 0.6 },
]

interface Try {
  side: number
  audio: number
  /** Kilobits a second; null: as many as it takes to look good. */
  video: number | null
}

/** First as good as we show videos ourselves; if that is too large, with the rate that the size leaves for its length. */
export async function convertVideo(job: ConversionJob): Promise<Conversion> {
  const facts = await probeMedia(job)
  if (!facts?.video) return { outcome: 'impossible', failure: 'undecodable' }
  const seconds = facts.seconds ?? (job.durationMs ?? 0) / 1000
  const path = join(job.folder, 'converted.mp4')
  for (const attempt of triesFor(seconds, job.wanted.bytes)) {
    const args = [...inputArgs(job.type.extension), '-i', job.path, ...mp4Args(attempt), '-y', path]
    const result = await runFfmpeg(job.ffmpegPath, args, { signal: job.signal, timeoutMs })
    if (result.outcome === 'timed-out') return { outcome: 'impossible', failure: 'too-large' }
    if (result.outcome === 'refused') return { outcome: 'impossible', failure: 'undecodable' }
    if (await fitsInto(path, job.wanted.bytes)) {
      const { width, height } = facts.video
      return { outcome: 'made', path, width, height, durationMs: Math.round((seconds || result.seconds) * 1000) }
    }
  }
  return { outcome: 'impossible', failure: 'too-large' }
}

function triesFor(seconds: number, bytes: number): Try[] {
  const good: Try = { side: 1280, audio: 96, video: null }
  if (seconds <= 0) return [good]
  const fitted = sizes.map(({ side, audio, share }): Try => {
    const total = (bytes * 8 * share) / 1000 / seconds
    return { side, audio, video: Math.floor(total - audio) }
  })
  const worth = fitted.filter(({ video }) => (video ?? 0) >= leastVideo)
  // Even the smallest picture does not get it under the size: not worth minutes of work.
  return worth.length === 0 ? [] : [good, ...worth]
}
