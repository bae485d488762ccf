import type { AttachmentKind } from '@qiao/protocol'
import type { FileTypeName } from './file-types.ts'
import type { MediaVariant } from './media-link.ts'

export type StoredFile = { key: string; mime: string; bytes: number }
export type Uploader = { agentId: string } | { contactId: string }
export type AttachmentState = 'uploading' | 'processing' | 'ready' | 'failed'

export type AttachmentRow = {
  id: string
  inboxId: string
  conversationId: string | null
  /** Of a note, or of what is said apart: for agents only. */
  internal: boolean
  uploader: Uploader
  name: string
  mime: string
  declaredMime: string | null
  fileType: FileTypeName
  kind: AttachmentKind
  bytes: number
  /** Hexadecimal, of what was uploaded. */
  sha256: string
  storageKey: string
  state: AttachmentState
  progress: number
  attempts: number
  width: number | null
  height: number | null
  durationMs: number | null
  variants: Partial<Record<Exclude<MediaVariant, 'original'>, StoredFile>>
  failure: string | null
  /** Made from that one, for a channel that takes no other type or size. */
  derivedFrom: string | null
  createdAt: Date
}

export const sameUploader = (a: Uploader, b: Uploader): boolean =>
  'agentId' in a ? 'agentId' in b && a.agentId === b.agentId : 'contactId' in b && a.contactId === b.contactId

/**
 * What may be fetched now. A picture is withheld until it is cleaned, and for good when that failed: it may say where it was
 * taken. Sounds and videos that cannot be played can still be saved.
 */
export function fetchable(row: AttachmentRow, variant: MediaVariant): StoredFile | null {
  if (row.state === 'uploading' || (row.kind !== 'file' && row.state === 'processing')) return null
  if (row.kind === 'image' && row.state !== 'ready') return null
  if (variant === 'original') return { key: row.storageKey, mime: row.mime, bytes: row.bytes }
  return row.variants[variant] ?? null
}
