import type { FileType } from './file-types.ts'
import type { MediaFacts } from './probe-media.ts'

export type MediaPlan = 'as-is' | 'remux' | 'transcode'

const mp4Audio = new Set(['aac', 'mp3'])
const mp4Pixels = new Set(['yuv420p', 'yuvj420p'])
const wavAudio = /^pcm_(?:u8|s16le|s24le|s32le|f32le|mulaw|alaw)$/

/** The least work after which every current browser, Safari included, plays the file. */
export function planMedia(type: FileType, facts: MediaFacts): MediaPlan {
  const audio = facts.audio?.codec
  if (type.kind === 'audio') {
    if (type.extension === 'mp3' || type.extension === 'aac') return 'as-is'
    if (type.extension === 'm4a' && audio === 'aac') return 'as-is'
    return type.extension === 'wav' && wavAudio.test(audio ?? '') ? 'as-is' : 'transcode'
  }
  const playable =
    facts.video?.codec === 'h264' &&
    mp4Pixels.has(facts.video.pixelFormat) &&
    (audio === undefined || mp4Audio.has(audio))
  if (!playable) return 'transcode'
  return type.extension === 'mp4' ? 'as-is' : 'remux'
}
