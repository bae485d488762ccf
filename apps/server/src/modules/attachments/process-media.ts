import type { MediaJob, MediaResult } from './media-result.ts'
import { processAudio } from './process-audio.ts'
import { processImage } from './process-image.ts'
import { processVideo } from './process-video.ts'

/** Whether anything has to happen before others may see the file. */
export const needsProcessing = (kind: MediaJob['type']['kind']): boolean => kind !== 'file'

const processors: Record<MediaJob['type']['kind'], (job: MediaJob) => Promise<MediaResult>> = {
  image: processImage,
  audio: processAudio,
  video: processVideo,
  file: () => Promise.resolve({ outcome: 'ready', view: 'original' }),
}

export const processMedia = (job: MediaJob): Promise<MediaResult> => processors[job.type.kind](job)
