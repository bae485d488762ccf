import type { FileType } from './file-types.ts'

/** A file that processing wrote into its scratch folder. */
export type ProducedFile = { path: string; mime: string }

/** Why a file cannot be shown or played. Clients choose the words. */
export type MediaFailure = 'undecodable' | 'too-large' | 'too-long' | 'gave-up'

export type MediaResult =
  | {
      outcome: 'ready'
      width?: number
      height?: number
      durationMs?: number
      /** Replaces what was uploaded: the same without the place where it was taken. */
      original?: ProducedFile
      /** What a page shows or plays. */
      view: ProducedFile | 'original'
      thumbnail?: ProducedFile
    }
  | { outcome: 'failed'; failure: MediaFailure }

export type MediaJob = {
  ffmpegPath: string
  /** The uploaded file, read only. */
  path: string
  type: FileType
  /** Scratch folder; whoever calls removes it. */
  folder: string
  signal: AbortSignal
  onProgress: (percent: number) => void
}
