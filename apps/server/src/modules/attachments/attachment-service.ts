import type { Readable } from 'node:stream'
import type { Attachment } from '@qiao/protocol'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import type { BlobStorage } from '#platform/storage/blob-storage'
import { type AttachmentRow, fetchable } from './attachment.ts'
import { linkSecret, signMediaPath } from './media-link.ts'
import { convertAttachment, type Converted } from './convert-attachment.ts'
import type { WantedFile } from './conversion.ts'
import { openMedia, type MediaLink, type OpenedMedia } from './open-media.ts'
import type { MediaRequest } from './media-response.ts'
import { presentAttachment, signLinks } from './present-attachment.ts'
import { processAttachment } from './process-attachment.ts'
import { receiveUpload, type EnqueueProcessing, type Upload } from './receive-upload.ts'
import { findAttachments } from './store.ts'
import { deleteAttachments, sweepUnusedAttachments } from './sweep-attachments.ts'

export interface AttachmentDeps {
  db: Database
  storage: BlobStorage
  clock: Clock
  /** The server's secret (QIAO_SECRET); links are signed with a key made from it. */
  secret: string
  ffmpegPath: string
  /** Scratch space on a local disk for conversions. */
  scratchFolder: string
  /** Aborts on shutdown. */
  signal: AbortSignal
  /** Adds the job that calls `process`, in the transaction that makes the file known. */
  enqueueProcessing: EnqueueProcessing
  /** A new state or progress, for whoever watches. */
  onChanged: (changed: ChangedAttachment) => void
}

export type ChangedAttachment = {
  attachment: Attachment
  /** Null also for files that agents keep among themselves: of those only the uploader is told. */
  conversationId: string | null
  /** Not for the customer. */
  internal: boolean
  agentId: string | null
  contactId: string | null
}

export interface AttachmentService {
  receive(upload: Upload): Promise<Attachment>
  /** Rows of those that exist, for deciding who may see them; show them with `present`. */
  find(ids: readonly string[]): Promise<AttachmentRow[]>
  /** With fresh links. Whoever calls has checked that the reader may see it. */
  present(row: AttachmentRow): Attachment
  /** The bytes as they go out; null while they are being prepared, and for what can never be fetched. */
  read(row: AttachmentRow): Promise<Readable | null>
  /** A path for somebody outside who has no session: a provider that fetches, a customer who reads a text message. */
  linkFor(row: AttachmentRow, milliseconds: number): string
  /** The same in another type or size, made once; `signal`: of the job. */
  convert(row: AttachmentRow, wanted: WantedFile, signal?: AbortSignal): Promise<Converted>
  open(link: MediaLink, request: MediaRequest & { head: boolean }): Promise<OpenedMedia>
  /** `signal`: of the job, besides that of the server. */
  process(id: string, signal?: AbortSignal): Promise<void>
  sweep(): Promise<{ removed: number; woken: number }>
  delete(which: { ids: readonly string[] } | { contactId: string }): Promise<number>
}

export function createAttachments(deps: AttachmentDeps): AttachmentService {
  const secret = linkSecret(deps.secret)
  const present = (row: AttachmentRow) => presentAttachment(row, signLinks(secret, row, deps.clock.now()))
  const onChanged = (row: AttachmentRow) =>
    deps.onChanged({
      attachment: present(row),
      conversationId: row.internal && 'agentId' in row.uploader ? null : row.conversationId,
      internal: row.internal,
      agentId: 'agentId' in row.uploader ? row.uploader.agentId : null,
      contactId: 'contactId' in row.uploader ? row.uploader.contactId : null,
    })
  const signalOf = (signal: AbortSignal | undefined) => (signal ? AbortSignal.any([deps.signal, signal]) : deps.signal)
  const oneAtATime = queueOfWork()
  return {
    receive: async (upload) => present(await receiveUpload(deps, upload)),
    find: (ids) => findAttachments(deps.db, ids),
    present,
    read: async (row) => {
      const file = fetchable(row, 'original')
      return file && deps.storage.get(file.key)
    },
    linkFor: (row, milliseconds) =>
      signMediaPath(secret, row.id, 'original', new Date(deps.clock.now().getTime() + milliseconds)),
    open: (link, request) => openMedia({ ...deps, linkSecret: secret }, link, request),
    process: (id, signal) => processAttachment({ ...deps, onChanged, signal: signalOf(signal) }, id),
    convert: (row, wanted, signal) => {
      const work = () => convertAttachment({ ...deps, signal: signalOf(signal) }, row, wanted)
      // A video takes a whole core, and long.
      return row.kind === 'video' ? oneAtATime(work) : work()
    },
    sweep: () => sweepUnusedAttachments(deps),
    delete: (which) => deleteAttachments(deps, which),
  }
}

function queueOfWork() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
