import { Readable } from 'node:stream'
import type { MediaReference, Problem, ReceivedContent } from '@qiao/channels'
import {
  attachmentKinds,
  type AttachmentKind,
  maxTextLength,
  messageContent,
  type MessageContent,
} from '@qiao/protocol'
import type { AttachmentRow } from '#attachments'
import { describeAttachment } from '#conversations'
import { AppError } from '#platform/errors'
import { namedId } from '#platform/named-id'
import { forcedStorable, forcedStorableText } from '#platform/storable'
import { contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { LaterError } from './later-error.ts'

interface Said {
  contactId: string
  /** Names this content among all: files get their ids from it, so that a repeat is the same file. */
  key: string
  /** There is no later try: what cannot be had now is told instead. */
  last: boolean
}

/** What a customer sent as one of our contents; a message is never lost because a part of it is. */
export async function receiveContent(
  deps: ChannelDeps,
  account: Account,
  content: ReceivedContent,
  said: Said,
): Promise<MessageContent> {
  if (!('media' in content)) return ownContent(content)
  const file = await receiveFile(deps, account, content.media, said)
  const caption = content.caption?.slice(0, maxTextLength) || undefined
  if (!('id' in file)) return missing(account, content.type, content.media, file, caption)
  const { id, kind, name, mime, bytes } = file
  const wanted = { type: kind, attachment: { id, name, mime, bytes }, ...(caption ? { caption } : {}) }
  return describeAttachment(deps.db, { contactId: said.contactId }, messageContent.parse(forcedStorable(wanted)))
}

function ownContent(content: Exclude<ReceivedContent, { media: MediaReference }>): MessageContent {
  const plain = forcedStorable(content)
  const parsed = messageContent.safeParse(plain)
  if (parsed.success) return parsed.data
  if (content.type === 'text' && content.text.trim() !== '') {
    return { type: 'text', text: forcedStorableText(content.text).slice(0, maxTextLength), markup: 'none' }
  }
  return { type: 'unsupported', summary: content.type, raw: plain }
}

async function receiveFile(
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
  try {
    await deps.attachments.receive({
      id,
      inboxId: inbox.id,
      uploader: { contactId: said.contactId },
      policy: { kinds: attachmentKinds, maxBytes },
      name: fetched.name ?? media.name ?? 'file',
      declaredMime: fetched.mime ?? media.mime ?? null,
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

async function findStored({ attachments }: ChannelDeps, id: string): Promise<AttachmentRow | undefined> {
  const [row] = await attachments.find([id])
  return row && row.state !== 'uploading' ? row : undefined
}

const kindWords: Record<AttachmentKind, { zh: string; en: string }> = {
  image: { zh: '图片', en: 'picture' },
  audio: { zh: '语音', en: 'recording' },
  video: { zh: '视频', en: 'video' },
  file: { zh: '文件', en: 'file' },
}

/** In the language of the inbox, because the entry itself says it. */
function missing(
  { inbox }: Account,
  kind: AttachmentKind,
  media: MediaReference,
  problem: Problem,
  caption: string | undefined,
): MessageContent {
  const zh = inbox.settings.defaultLocale.startsWith('zh')
  const why = whyWords(problem.code)
  const name = media.name ? ` ${media.name}` : ''
  const summary = zh
    ? `${kindWords[kind].zh}${name}未能接收：${why.zh}`
    : `A ${kindWords[kind].en}${name} could not be received: ${why.en}`
  const text = caption ? `${caption} — ${summary}` : summary
  return {
    type: 'unsupported',
    summary: text.slice(0, 500),
    raw: { problem: problem.code, ...(caption ? { caption } : {}) },
  }
}

function whyWords(code: Problem['code']): { zh: string; en: string } {
  if (code === 'too-large') return { zh: '文件过大', en: 'it is too large' }
  if (code === 'media-refused' || code === 'unsupported') return { zh: '不支持该类型', en: 'its type is not supported' }
  return { zh: '已无法下载', en: 'it is not available any more' }
}
