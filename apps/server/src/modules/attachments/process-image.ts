import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import type { MediaJob, MediaResult, ProducedFile } from './media-result.ts'
import { inputArgs } from './probe-media.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

// Strangers' files are opened by path, and only by the readers that the allow-list needs, whatever libvips takes a file for.
// Memory is for our own pictures, drawings included. One thread: the chat has the rest.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif']
    .flatMap((format) => [`VipsForeignLoad${format}File`, `VipsForeignLoad${format}Buffer`])
    .concat('VipsForeignLoadSvgBuffer'),
})
sharp.concurrency(1)
sharp.cache(false)

/** All frames together; a 10 KB file may claim a picture that fills the memory. */
export const pixelsAtMost = 100_000_000
const viewSide = 2048
const thumbnailSide = 640
const secondsAtMost = 60

/**
 * Writes the picture anew: place and device are gone, its orientation and colour profile are applied, and whatever was hidden behind the
 * picture's end (a page, an archive) is gone too.
 */
export async function processImage(job: MediaJob): Promise<MediaResult> {
  const path = job.type.extension === 'bmp' ? await bitmapToPng(job) : job.path
  if (path === null) return { outcome: 'failed', failure: 'undecodable' }
  try {
    return await rewrite(job, path)
  } catch (error) {
    job.signal.throwIfAborted()
    if (!isFaultOfPicture(error)) throw error
    return { outcome: 'failed', failure: /pixel limit/i.test(error.message) ? 'too-large' : 'undecodable' }
  }
}

async function rewrite(job: MediaJob, path: string): Promise<MediaResult> {
  const { autoOrient, pageHeight, pages, chromaSubsampling } = await open(path).metadata()
  const [width, height] = [autoOrient.width, pageHeight ?? autoOrient.height]
  const animated = (pages ?? 1) > 1
  if (width * height * (pages ?? 1) > pixelsAtMost) return { outcome: 'failed', failure: 'too-large' }
  const write = async (name: string, picture: Sharp, mime: string): Promise<ProducedFile> => {
    job.signal.throwIfAborted()
    const target = join(job.folder, name)
    await picture.timeout({ seconds: secondsAtMost }).toFile(target)
    return { path: target, mime }
  }
  const upright = open(path, animated).autoOrient()
  const isBitmap = job.type.extension === 'bmp'
  const original = isBitmap
    ? undefined
    : await write('original', encodeAs(job.type.extension, upright, chromaSubsampling), job.type.mime)
  const small = Math.max(width, height) <= viewSide
  const fitted = open(path).autoOrient().resize(viewSide, viewSide, { fit: 'inside', withoutEnlargement: true })
  return {
    outcome: 'ready',
    width,
    height,
    original,
    view:
      original && (small || animated) ? 'original' : await write('view', fitted.webp({ quality: 85 }), 'image/webp'),
    thumbnail: await write('thumbnail', toThumbnail(path), 'image/webp'),
  }
}

/** Also for the first picture of a video. */
export const toThumbnail = (path: string): Sharp =>
  open(path)
    .autoOrient()
    .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })

const open = (path: string, animated = false): Sharp =>
  sharp(path, { animated, failOn: 'error', limitInputPixels: pixelsAtMost })

function encodeAs(extension: string, picture: Sharp, chromaSubsampling: string | undefined): Sharp {
  if (extension === 'png') return picture.png()
  if (extension === 'gif') return picture.gif()
  if (extension === 'webp') return picture.webp({ quality: 90 })
  return picture.jpeg({ quality: 90, chromaSubsampling: chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0' })
}

/** libvips does not read BMP; ffmpeg does. The bitmap itself holds no place and is offered for saving only. */
async function bitmapToPng(job: MediaJob): Promise<string | null> {
  const path = join(job.folder, 'bitmap.png')
  const args = [...inputArgs('bmp'), '-i', job.path, '-frames:v', '1', '-c:v', 'png', '-f', 'image2', path]
  const result = await runFfmpeg(job.ffmpegPath, args, { signal: job.signal, timeoutMs: secondsAtMost * 1000 })
  return result.outcome === 'done' ? path : null
}

/** A full disk or a missing scratch folder is our fault, and another try may find it mended. */
export function isFaultOfPicture(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return !/no space left|unable to open|write error|input file is missing|ENOENT|ENOSPC/i.test(error.message)
}
