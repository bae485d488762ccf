import { join } from 'node:path'
import type { MediaFailure, MediaJob, MediaResult, ProducedFile } from './media-result.ts'
import { planMedia, type MediaPlan } from './plan-media.ts'
import { inputArgs, probeMedia, type MediaFacts } from './probe-media.ts'
import { toMilliseconds } from './process-audio.ts'
import { toThumbnail } from './process-image.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { withoutLocation } from './without-location.ts'

const transcodeTimeoutMs = 20 * 60_000
const secondsAtMost = 30 * 60
const bytesAtMost = 1024 * 1024 * 1024
const defaultSide = 1280

const even = "w='max(2,trunc(iw/2)*2)':h='max(2,trunc(ih/2)*2)'"
const fittedTo = (side: number): string =>
  `scale=w='min(${side},iw)':h='min(${side},ih)':force_original_aspect_ratio=decrease,scale=${even},setsar=1`
const h264 = (kilobits: number | null): string[] => [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-pix_fmt',
  'yuv420p',
  '-threads',
  '1',
  ...(kilobits === null
    ? ['-crf', '26']
    : ['-b:v', `${kilobits}k`, '-maxrate', `${kilobits}k`, '-bufsize', `${kilobits}k`]),
]
const aac = (kilobits: number): string[] => ['-c:a', 'aac', '-b:a', `${kilobits}k`, '-ac', '2', '-ar', '44100']
const streams = ['-map', '0:v:0', '-map', '0:a:0?', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1']
const toMp4 = ['-max_muxing_queue_size', '1024', '-movflags', '+faststart', '-fs', String(bytesAtMost), '-f', 'mp4']

/** An MP4 that plays everywhere. `video` in kilobits a second; null: whatever looks good. */
export const mp4Args = (size: { side: number; audio: number; video: number | null }): string[] => [
  ...streams,
  '-vf',
  fittedTo(size.side),
  '-vsync',
  'vfr',
  '-r',
  '30',
  ...h264(size.video),
  ...aac(size.audio),
  ...toMp4,
]

/** A file that every browser plays, and its first picture. What was uploaded is kept. */
export async function processVideo(job: MediaJob): Promise<MediaResult> {
  const facts = await probeMedia(job)
  if (facts === null || facts.video === null) return { outcome: 'failed', failure: 'undecodable' }
  const original = facts.hasLocation ? await withoutLocation(job) : undefined
  const plan = planMedia(job.type, facts)
  if (plan === 'transcode' && (facts.seconds ?? 0) > secondsAtMost) return { outcome: 'failed', failure: 'too-long' }
  const made = plan === 'as-is' ? null : await convert(job, plan, facts)
  if (typeof made === 'string') return { outcome: 'failed', failure: made }
  const seconds = facts.seconds ?? made?.seconds
  return {
    outcome: 'ready',
    width: facts.video.width,
    height: facts.video.height,
    durationMs: seconds === undefined ? undefined : toMilliseconds(seconds),
    original,
    view: made?.file ?? 'original',
    thumbnail: await poster(job, made?.file.path, seconds ?? 0),
  }
}

async function convert(
  job: MediaJob,
  plan: Exclude<MediaPlan, 'as-is'>,
  facts: MediaFacts,
): Promise<{ file: ProducedFile; seconds: number } | MediaFailure> {
  const file = { path: join(job.folder, 'view.mp4'), mime: 'video/mp4' }
  const output =
    plan === 'remux' ? [...streams, '-c', 'copy', ...toMp4] : mp4Args({ side: defaultSide, audio: 96, video: null })
  const input = [...inputArgs(job.type.extension), '-i', job.path]
  const result = await runFfmpeg(job.ffmpegPath, [...input, ...output, file.path], {
    signal: job.signal,
    timeoutMs: transcodeTimeoutMs,
    onProgress: (seconds) => facts.seconds && job.onProgress(Math.min(99, Math.floor((100 * seconds) / facts.seconds))),
  })
  if (result.outcome === 'timed-out') return 'too-long'
  return result.outcome === 'refused' ? 'undecodable' : { file, seconds: result.seconds }
}

/** A little after the start, which is often black. */
async function poster(
  job: MediaJob,
  converted: string | undefined,
  seconds: number,
): Promise<ProducedFile | undefined> {
  const picture = join(job.folder, 'poster.png')
  const from = ['-ss', Math.min(1, seconds / 4).toFixed(2), ...inputArgs(converted ? 'mp4' : job.type.extension)]
  const args = [
    ...from,
    '-i',
    converted ?? job.path,
    '-frames:v',
    '1',
    '-vf',
    fittedTo(defaultSide),
    '-c:v',
    'png',
    '-f',
    'image2',
  ]
  const result = await runFfmpeg(job.ffmpegPath, [...args, picture], { signal: job.signal, timeoutMs: 60_000 })
  if (result.outcome !== 'done') return undefined
  const file = { path: join(job.folder, 'thumbnail.webp'), mime: 'image/webp' }
  await toThumbnail(picture).toFile(file.path)
  return file
}
