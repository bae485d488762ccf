import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { BlobStorage } from '#platform/storage/blob-storage'
import { fetchable, type AttachmentRow } from './attachment.ts'
import { fileTypes, type FileType } from './file-types.ts'
import { checkMediaLink, type LinkSecret, type MediaVariant } from './media-link.ts'
import { mediaResponse, type MediaRequest, type MediaResponse } from './media-response.ts'
import { findAttachment } from './store.ts'

export type MediaDeps = { db: Database; storage: BlobStorage; clock: Clock; linkSecret: LinkSecret }
export type MediaLink = { id: string; variant: MediaVariant; expires: number; signature: string }
export type OpenedMedia = Omit<MediaResponse, 'range'> & { body: Readable | null }

/** The link is the permission: whoever made it had checked who may see the conversation. */
export async function openMedia(
  deps: MediaDeps,
  link: MediaLink,
  request: MediaRequest & { head: boolean },
): Promise<OpenedMedia> {
  const now = deps.clock.now()
  const verdict = checkMediaLink(deps.linkSecret, link, now)
  if (verdict !== 'valid') throw new AppError('forbidden', { detail: `The link is ${verdict}` })
  const row = await findAttachment(deps.db, link.id)
  if (row === null || row.state === 'uploading') throw new AppError('attachment-not-found')
  const file = fetchable(row, link.variant)
  if (file === null) throw new AppError(row.state === 'processing' ? 'attachment-not-ready' : 'attachment-not-found')
  const { range, ...response } = mediaResponse(
    request,
    {
      bytes: file.bytes,
      mime: file.mime,
      etag: `"${createHash('sha256').update(file.key).digest('base64url').slice(0, 22)}"`,
      name: savedName(row, file.mime),
      inline: link.variant !== 'original' && inlineMimes.has(file.mime),
      expires: new Date(link.expires * 1000),
    },
    now,
  )
  if (range === null || request.head) return { ...response, body: null }
  const body = await deps.storage.get(file.key, range === 'whole' ? undefined : range)
  if (body === null) throw new AppError('attachment-not-found')
  return { ...response, body }
}

const known: FileType[] = Object.values(fileTypes)
const inlineMimes = new Set(known.filter((type) => type.inline).map((type) => type.mime))

/** A converted file is saved under the extension of what it became. */
function savedName(row: AttachmentRow, mime: string): string {
  if (mime === row.mime) return row.name
  const extension = known.find((type) => type.mime === mime)?.extension ?? 'bin'
  return `${row.name.slice(0, row.name.lastIndexOf('.'))}.${extension}`
}
