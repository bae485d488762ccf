import { stat } from 'node:fs/promises'
import type { FileType } from './file-types.ts'

export const convertibleTo = ['image/jpeg', 'audio/amr', 'audio/mpeg', 'audio/ogg', 'audio/mp4', 'video/mp4'] as const

/** What somebody outside takes: this type and no more than so many bytes. */
export interface WantedFile {
  mime: (typeof convertibleTo)[number]
  bytes: number
}

export type ConversionFailure = 'undecodable' | 'too-large' | 'gave-up'

export interface ConversionJob {
  ffmpegPath: string
  /** Read only. */
  path: string
  type: FileType
  /** Milliseconds, where they are known. */
  durationMs: number | null
  wanted: WantedFile
  /** Scratch folder; whoever calls removes it. */
  folder: string
  signal: AbortSignal
}

export type Conversion =
  | { outcome: 'made'; path: string; width?: number; height?: number; durationMs?: number }
  /** It will not get better by trying again. */
  | { outcome: 'impossible'; failure: ConversionFailure }

export const fitsInto = async (path: string, bytes: number): Promise<boolean> => (await stat(path)).size <= bytes
