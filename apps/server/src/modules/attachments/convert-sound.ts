import { join } from 'node:path'
import { type Conversion, type ConversionJob, fitsInto } from './conversion.ts'
import { toMilliseconds } from './process-audio.ts'
import { inputArgs } from './probe-media.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

const timeoutMs = 10 * 60_000

interface Recipe {
  extension: string
  args: readonly string[]
  /** Kilobits a second, best first. */
  rates: readonly string[]
}

/** Voice rather than music: one channel. */
const recipes: Readonly<Record<string, Recipe>> = {
  'audio/amr': {
    extension: 'amr',
    args: ['-c:a', 'libopencore_amrnb', '-ar', '8000', '-f', 'amr'],
    rates: ['12.2k', '7.95k', '4.75k'],
  },
  'audio/mpeg': {
    extension: 'mp3',
    args: ['-c:a', 'libmp3lame', '-ar', '24000', '-f', 'mp3'],
    rates: ['64k', '32k', '16k'],
  },
  // WhatsApp and Telegram show exactly this as a voice note.
  'audio/ogg': {
    extension: 'ogg',
    args: ['-c:a', 'libopus', '-ar', '48000', '-f', 'ogg'],
    rates: ['48k', '24k', '12k'],
  },
  'audio/mp4': {
    extension: 'm4a',
    args: ['-c:a', 'aac', '-ar', '24000', '-movflags', '+faststart', '-f', 'mp4'],
    rates: ['64k', '32k', '16k'],
  },
}

export async function convertSound(job: ConversionJob): Promise<Conversion> {
  const recipe = recipes[job.wanted.mime]
  if (!recipe) return { outcome: 'impossible', failure: 'undecodable' }
  const path = join(job.folder, `converted.${recipe.extension}`)
  const input = [...inputArgs(job.type.extension), '-i', job.path, '-vn', '-map', '0:a:0', '-map_metadata', '-1']
  for (const rate of recipe.rates) {
    const output = ['-ac', '1', ...recipe.args, '-b:a', rate, '-y', path]
    const result = await runFfmpeg(job.ffmpegPath, [...input, ...output], { signal: job.signal, timeoutMs })
    if (result.outcome === 'timed-out') return { outcome: 'impossible', failure: 'too-large' }
    if (result.outcome === 'refused') return { outcome: 'impossible', failure: 'undecodable' }
    if (await fitsInto(path, job.wanted.bytes)) {
      return { outcome: 'made', path, durationMs: job.durationMs ?? toMilliseconds(result.seconds) }
    }
  }
  return { outcome: 'impossible', failure: 'too-large' }
}
