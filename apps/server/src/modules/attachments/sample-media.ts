import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'

const run = promisify(execFile)
const picture = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc=s=160x120:r=10:d=${seconds}`]
const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`]
const both = (seconds = 2) => [...picture(seconds), ...tone(seconds)]
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']

/** What ffmpeg is told for each sample. Real encoders make real files: no foreign media is kept here. */
const recipes = {
  'voice.amr': [...tone(2), '-ar', '8000', '-ac', '1', '-c:a', 'libopencore_amrnb'],
  'wide.amr': [...tone(2), '-ar', '16000', '-ac', '1', '-c:a', 'libvo_amrwbenc'],
  'voice.mp3': tone(2),
  'voice.wav': tone(2),
  'phone.wav': [...tone(2), '-ar', '8000', '-c:a', 'adpcm_ms'],
  'voice.aac': tone(2),
  'voice.m4a': tone(2),
  'voice.ogg': [...tone(2), '-c:a', 'libopus'],
  'voice.webm': [...tone(2), '-c:a', 'libopus'],
  'recorded.mp4': [...tone(2), '-movflags', 'frag_keyframe+empty_moov'],
  'clip.mp4': [...both(), ...h264],
  'place.mp4': [...both(), ...h264, '-metadata', 'location=+39.9042+116.4074/'],
  'hevc.mp4': [...both(1), '-c:v', 'libx265', '-x265-params', 'log-level=none:pools=1', '-pix_fmt', 'yuv420p'],
  'clip.mov': [...both(), ...h264],
  'prores.mov': [...both(), '-c:v', 'prores', '-c:a', 'pcm_s16le'],
  'clip.avi': [...both(), '-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  'clip.flv': [...both(), '-c:v', 'flv1', '-c:a', 'libmp3lame', '-ar', '22050'],
  'clip.wmv': [...both(), '-c:v', 'wmv2', '-c:a', 'wmav2'],
  'clip.webm': [...both(), '-c:v', 'libvpx', '-c:a', 'libopus'],
  'clip.mkv': [...both(), ...h264],
  'long.avi': [...both(40), '-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  // Nothing in it repeats: as large as a video can be.
  'noise.mp4': ['-f', 'lavfi', '-i', "nullsrc=s=320x240:r=10:d=3,geq='random(1)*255':128:128", ...tone(3), ...h264],
  'picture.bmp': [...picture(1), '-frames:v', '1'],
} as const satisfies Record<string, string[]>
export type SampleName = keyof typeof recipes

/** A folder of samples, each made when first asked for. */
export async function sampleMedia() {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-samples-'))
  const made = new Map<SampleName, Promise<string>>()
  const make = async (name: SampleName) => {
    const path = join(folder, name)
    const exact = ['-v', 'error', '-y', '-bitexact', '-threads', '1']
    await run(bundledFfmpeg, [...exact, ...recipes[name], path])
    return path
  }
  const file = (name: SampleName): Promise<string> => {
    const path = made.get(name) ?? make(name)
    made.set(name, path)
    return path
  }
  return {
    folder,
    file,
    read: async (name: SampleName) => readFile(await file(name)),
    close: () => rm(folder, { recursive: true }),
  }
}
