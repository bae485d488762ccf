import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { type Conversion, type ConversionJob, fitsInto } from './conversion.ts'
import { isFaultOfPicture, pixelsAtMost } from './process-image.ts'

const qualities = [88, 78, 66]
/** Below this a picture would be small enough and say nothing. */
const smallestSide = 240

/** The best that is small enough: first at its full size, then smaller. What is transparent becomes white. */
export async function convertImage(job: ConversionJob): Promise<Conversion> {
  const path = join(job.folder, 'converted.jpg')
  const open = () => sharp(job.path, { failOn: 'error', limitInputPixels: pixelsAtMost }).autoOrient()
  try {
    const { autoOrient } = await open().metadata()
    for (let side = Math.max(autoOrient.width, autoOrient.height); ; side = Math.floor(side * 0.75)) {
      const sized = await shrink(job, path, () =>
        open().resize(side, side, { fit: 'inside', withoutEnlargement: true }).flatten({ background: 'white' }),
      )
      if (sized) return { outcome: 'made', path, ...sized }
      if (side <= smallestSide) return { outcome: 'impossible', failure: 'too-large' }
    }
  } catch (error) {
    job.signal.throwIfAborted()
    if (!isFaultOfPicture(error)) throw error
    return { outcome: 'impossible', failure: 'undecodable' }
  }
}

async function shrink(
  job: ConversionJob,
  path: string,
  picture: () => Sharp,
): Promise<{ width: number; height: number } | null> {
  for (const quality of qualities) {
    job.signal.throwIfAborted()
    const { width, height } = await picture().jpeg({ quality }).toFile(path)
    if (await fitsInto(path, job.wanted.bytes)) return { width, height }
  }
  return null
}
