import type { Attachment, AttachmentReference } from '@qiao/protocol'
import { fetchable, type AttachmentRow } from './attachment.ts'
import { linkExpiry, signMediaPath, type LinkSecret } from './media-link.ts'

/** The same for everybody who may see the conversation. Links are paths on the server's own address. */
export function presentAttachment(row: AttachmentRow, links: Attachment['links']): Attachment {
  return {
    ...referenceOf(row),
    kind: row.kind,
    state: row.state === 'uploading' ? 'processing' : row.state,
    progress: row.state === 'ready' ? 100 : row.progress,
    failure: row.failure,
    links,
  }
}

export function signLinks(secret: LinkSecret, row: AttachmentRow, now: Date): Attachment['links'] {
  const expires = linkExpiry(now)
  const linkTo = (variant: 'view' | 'thumbnail') =>
    fetchable(row, variant) && signMediaPath(secret, row.id, variant, expires)
  return {
    download: signMediaPath(secret, row.id, 'original', expires),
    view: linkTo('view'),
    thumbnail: linkTo('thumbnail'),
    expiresAt: expires.toISOString(),
  }
}

/** What a message keeps of it. */
export const referenceOf = (row: AttachmentRow): AttachmentReference => ({
  id: row.id,
  name: row.name,
  mime: row.mime,
  bytes: row.bytes,
  width: row.width ?? undefined,
  height: row.height ?? undefined,
  durationMs: row.durationMs ?? undefined,
})
