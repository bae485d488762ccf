import { demuxerOf } from './demuxers.ts'
import type { MediaJob } from './media-result.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

export type MediaFacts = {
  /** Null when the container does not say. */
  seconds: number | null
  video: { codec: string; pixelFormat: string; width: number; height: number } | null
  audio: { codec: string } | null
  /** Phones write where they were into the file. */
  hasLocation: boolean
}

/** Null: ffmpeg cannot open it as what it claims to be. */
export async function probeMedia(
  job: Pick<MediaJob, 'ffmpegPath' | 'path' | 'type' | 'signal'>,
  path = job.path,
): Promise<MediaFacts | null> {
  const input = [...inputArgs(job.type.extension), '-i', path]
  const result = await runFfmpeg(job.ffmpegPath, [...input, '-t', '0', '-f', 'null', '-'], {
    signal: job.signal,
    timeoutMs: 60_000,
  })
  return result.outcome === 'done' ? parseFacts(result.log) : null
}

/** Said, not guessed: a file that sniffs as AVI must not reach the playlist reader. No picture above 8K × 8K. */
export const inputArgs = (extension: string): string[] => [
  '-threads',
  '1',
  '-max_pixels',
  '67108864',
  '-protocol_whitelist',
  'file',
  '-f',
  demuxerOf(extension),
]

/** The build that comes with the install has no ffprobe; the banner of ffmpeg has the same facts, stable since 2012. */
export function parseFacts(log: string): MediaFacts {
  const input = log.split(/^(?:Output #0|Stream mapping:)/m)[0] ?? ''
  const streams = input.split('\n').filter((line) => /^ {2,4}Stream #0:/.test(line) && !line.includes('(attached pic)'))
  const duration = /^ {2}Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/m.exec(input)
  const video = streams.map((line) => /: Video: (\w+).*?, (\w+)[(,].*?\b(\d{1,5})x(\d{1,5})\b/.exec(line)).find(Boolean)
  const audio = streams.map((line) => /: Audio: (\w+)/.exec(line)).find(Boolean)
  const turned = /^ +rotate +: -?(?:90|270)$|rotation of -?(?:90|270)\.00 degrees/m.test(input)
  const [width, height] = [Number(video?.[3]), Number(video?.[4])]
  return {
    seconds: duration && Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]),
    video: video
      ? {
          codec: video[1] ?? '',
          pixelFormat: video[2] ?? '',
          width: turned ? height : width,
          height: turned ? width : height,
        }
      : null,
    audio: audio ? { codec: audio[1] ?? '' } : null,
    hasLocation: /^ +(?:location|com\.apple\.quicktime\.location)[\w.-]* *:/m.test(input),
  }
}
