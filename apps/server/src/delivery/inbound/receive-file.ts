import { Readable } from 'node:stream'
import type { MediaReference, Problem } from '@qiao/channels'
import { attachmentKinds } from '@qiao/protocol'
import type { AttachmentRow } from '#attachments'
import { AppError } from '#platform/errors'
import { namedId } from '#platform/named-id'
import { contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { LaterError } from './later-error.ts'

export interface Said {
  contactId: string
  /** Names this content among all: files get their ids from it, so that a repeat is the same file. */
  key: string
  /** There is no later try: what cannot be had now is told instead. */
  last: boolean
  /** It came with a letter, whose files may be of any type but programs. */
  byLetter?: true
}

/** A file that the provider keeps, as one of ours; or why it cannot be had. */
export async function receiveFile(
  deps: ChannelDeps,
  account: Account,
  media: MediaReference,
  said: Said,
): Promise<AttachmentRow | Problem> {
  const id = namedId(said.key)
  const known = await findStored(deps, id)
  if (known) return known
  const { channel, inbox } = account
  const { maxBytes } = inbox.settings.attachments
  if ((media.bytes ?? 0) > maxBytes) return { code: 'too-large' }
  if (!channel.fetchMedia) return { code: 'unsupported' }
  const fetched = await channel.fetchMedia(media, contextOf(deps, account))
  if (fetched.kind === 'retry') {
    if (!said.last) throw new LaterError(fetched.problem, fetched.afterMs)
    return fetched.problem
  }
  if (fetched.kind === 'gone') return fetched.problem
  const mime = fetched.mime ?? media.mime ?? null
  try {
    await deps.attachments.receive({
      id,
      inboxId: inbox.id,
      uploader: { contactId: said.contactId },
      policy: { kinds: attachmentKinds, maxBytes, ...(said.byLetter ? { takesOthers: true } : {}) },
      name: nameOf(fetched.name ?? media.name ?? 'file', mime),
      declaredMime: mime,
      declaredBytes: fetched.bytes.length,
      stream: Readable.from([fetched.bytes]),
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'attachment-too-large') return { code: 'too-large' }
    if (error.code === 'attachment-kind-refused') return { code: 'media-refused' }
    throw error
  }
  return (await findStored(deps, id)) ?? { code: 'media-gone' }
}

/** A mail within a mail is called what its program pleases; mail programs know it by its ending. */
const nameOf = (name: string, mime: string | null): string =>
  /^message\/(?:rfc822|global)\b/i.test(mime ?? '') && !/\.(?:eml|mht)$/i.test(name) ? `${name}.eml` : name

async function findStored({ attachments }: ChannelDeps, id: string): Promise<AttachmentRow | undefined> {
  const [row] = await attachments.find([id])
  return row && row.state !== 'uploading' ? row : undefined
}
