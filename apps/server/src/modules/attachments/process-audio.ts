import { join } from 'node:path'
import type { MediaJob, MediaResult, ProducedFile } from './media-result.ts'
import { planMedia } from './plan-media.ts'
import { inputArgs, probeMedia } from './probe-media.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { withoutLocation } from './without-location.ts'

const timeoutMs = 10 * 60_000
const toAac = ['-c:a', 'aac', '-b:a', '64k', '-ac', '1', '-ar', '24000', '-movflags', '+faststart', '-f', 'mp4']

/** Voice notes and sounds: playable everywhere, with their length. */
export async function processAudio(job: MediaJob): Promise<MediaResult> {
  const facts = await probeMedia(job)
  if (facts === null || facts.audio === null) return { outcome: 'failed', failure: 'undecodable' }
  const asIs = planMedia(job.type, facts) === 'as-is'
  const original = facts.hasLocation ? await withoutLocation(job) : undefined
  if (asIs && facts.seconds !== null) {
    return { outcome: 'ready', durationMs: toMilliseconds(facts.seconds), original, view: 'original' }
  }
  const view: ProducedFile = { path: join(job.folder, 'view.m4a'), mime: 'audio/mp4' }
  const output = asIs ? ['-f', 'null', '-'] : [...toAac, view.path]
  const input = [...inputArgs(job.type.extension), '-i', job.path, '-vn', '-map', '0:a:0', '-map_metadata', '-1']
  const result = await runFfmpeg(job.ffmpegPath, [...input, ...output], { signal: job.signal, timeoutMs })
  if (result.outcome === 'timed-out') return { outcome: 'failed', failure: 'too-long' }
  if (result.outcome === 'refused') return { outcome: 'failed', failure: 'undecodable' }
  const durationMs = toMilliseconds(facts.seconds ?? result.seconds)
  return { outcome: 'ready', durationMs, original, view: asIs ? 'original' : view }
}

export const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000)
