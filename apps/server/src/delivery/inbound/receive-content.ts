import type { MediaReference, Problem, ReceivedContent, ReceivedMail } from '@qiao/channels'
import { type AttachmentKind, maxTextLength, messageContent, type MessageContent } from '@qiao/protocol'
import { describeAttachment } from '#conversations'
import { forcedStorable, forcedStorableText } from '#platform/storable'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { receiveFile, type Said } from './receive-file.ts'
import { receiveMail } from './receive-mail.ts'

/** What a customer sent as one of our contents; a message is never lost because a part of it is. */
export async function receiveContent(
  deps: ChannelDeps,
  account: Account,
  content: ReceivedContent,
  said: Said,
): Promise<MessageContent> {
  if (content.type === 'mail') return receiveMail(deps, account, content, said)
  if (!('media' in content)) return ownContent(content)
  const file = await receiveFile(deps, account, content.media, said)
  const caption = content.caption?.slice(0, maxTextLength) || undefined
  if (!('id' in file)) return missing(account, content.type, content.media, file, caption)
  const { id, kind, name, mime, bytes } = file
  const wanted = { type: kind, attachment: { id, name, mime, bytes }, ...(caption ? { caption } : {}) }
  return describeAttachment(deps.db, { contactId: said.contactId }, messageContent.parse(forcedStorable(wanted)))
}

function ownContent(content: Exclude<ReceivedContent, ReceivedMail | { media: MediaReference }>): MessageContent {
  const plain = forcedStorable(content)
  const parsed = messageContent.safeParse(plain)
  if (parsed.success) return parsed.data
  if (content.type === 'text' && content.text.trim() !== '') {
    return { type: 'text', text: forcedStorableText(content.text).slice(0, maxTextLength), markup: 'none' }
  }
  return { type: 'unsupported', summary: content.type, raw: plain }
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
