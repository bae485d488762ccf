import { fileTypeFromBuffer } from 'file-type'
import { latin1, type ByteSource } from './byte-source.ts'
import type { FileTypeName } from './file-types.ts'
import { hasVideoTrack } from './sniff-mp4.ts'
import { sniffOle } from './sniff-ole.ts'
import { sniffText } from './sniff-text.ts'
import { sniffZip } from './sniff-zip.ts'

/** Names that `file-type` gives, and what they mean here. What is missing is refused: the list is an allow-list. */
const byExtension: Partial<Record<string, FileTypeName>> = {
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  gif: 'gif',
  webp: 'webp',
  bmp: 'bmp',
  amr: 'amr',
  mp3: 'mp3',
  wav: 'wav',
  aac: 'aac',
  m4a: 'm4a',
  opus: 'opus',
  mov: 'mov',
  avi: 'avi',
  flv: 'flv',
  pdf: 'pdf',
  rar: 'rar',
  tar: 'tar',
}

export const zipFamily: ReadonlySet<string> = new Set([
  'zip',
  'docx',
  'xlsx',
  'pptx',
  'jar',
  'apk',
  'epub',
  'odt',
  'ods',
  'odp',
  'docm',
  'xlsm',
  'pptm',
])

/** What the content is, whatever its name says; null when it is nothing that may be sent. */
export async function sniffFile(source: ByteSource, declaredName: string): Promise<FileTypeName | null> {
  const found = await fileTypeFromBuffer(source.head)
  if (found === undefined) return sniffText(source, declaredName)
  if (zipFamily.has(found.ext) || found.mime === 'application/zip') return sniffZip(source)
  switch (found.ext) {
    case 'ics':
      return sniffText(source, declaredName) === null ? null : 'ics'
    case 'cfb':
      return sniffOle(source)
    case 'webm':
      return sniffWebm(source.head)
    case 'mp4':
    case 'm4v':
      return (await hasVideoTrack(source)) ? 'mp4' : 'm4a'
    case 'asf':
      return found.mime.startsWith('video/') ? 'wmv' : null
    case 'xml':
      return null
    default:
      return byExtension[found.ext] ?? null
  }
}

/** A browser's recorder writes voice notes as WebM too; the codecs are named within the first clusters. */
function sniffWebm(head: Uint8Array): FileTypeName | null {
  const text = latin1(head)
  if (/V_(VP8|VP9|AV1)/.test(text)) return 'webm'
  return /A_(OPUS|VORBIS)/.test(text) ? 'weba' : null
}
