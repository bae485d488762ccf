import { join } from 'node:path'
import type { MediaJob, ProducedFile } from './media-result.ts'
import { demuxerOf } from './demuxers.ts'
import { inputArgs } from './probe-media.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/** The same pictures and sounds, bit for bit, without the file's own notes. */
export async function withoutLocation(job: MediaJob): Promise<ProducedFile> {
  const path = join(job.folder, `original.${job.type.extension}`)
  const muxer = job.type.extension === 'm4a' ? 'mp4' : demuxerOf(job.type.extension)
  const format = job.type.extension === 'mp4' ? 'mp4' : muxer
  const args = [...inputArgs(job.type.extension), '-i', job.path, '-map', '0:v?', '-map', '0:a?', '-c', 'copy']
  const result = await runFfmpeg(
    job.ffmpegPath,
    [...args, '-map_metadata', '-1', '-movflags', '+faststart', '-f', format, path],
    { signal: job.signal, timeoutMs: 5 * 60_000 },
  )
  if (result.outcome !== 'done') throw new Error('ffmpeg could not copy the streams of a file that it had opened')
  return { path, mime: job.type.mime }
}
