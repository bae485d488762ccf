import type { Accepted, Answers, OpenCall, RawRequest } from '../contract.ts'
import { acceptCallback } from '../families/wechat/callback.ts'
import { upload } from '../families/wechat/media.ts'
import { platform } from '../families/wechat/platform.ts'
import { withFields } from '../families/wechat/render.ts'
import { type Fields, xmlAnswer } from '../families/wechat/reply-xml.ts'
import { textIn } from '../families/wechat/words.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import type { Config } from './config.ts'

/**
 * Passive replies (被动回复): the answer to a call is the message. Within five seconds, one for a call, by any of its three
 * tries. https://developers.weixin.qq.com/doc/subscription/guide/product/message/Passive_user_reply_message.html (2026-11)
 */
export function accept(request: RawRequest, config: Config, now: Date): Accepted {
  const accepted = acceptCallback(request, config, now)
  if (accepted.kind !== 'accepted' || config.api === 'service') return accepted
  const [event] = accepted.events
  const open = event ? openCall(event.data) : null
  return open ? { ...accepted, open } : accepted
}

/** What customers do that waits for no answer (opening a page, leaving, marks of templates) is not held. */
const acts = new Set(['subscribe', 'SCAN', 'CLICK', 'scancode_waitmsg'])

function openCall(data: Json): OpenCall | null {
  if (!isObject(data)) return null
  const message: Record<string, unknown> = data
  const [to, account, type] = [message.FromUserName, message.ToUserName, message.MsgType].map(textIn)
  if (!to || !account || !type) return null
  return type !== 'event' || acts.has(textIn(message.Event)) ? { to, call: { to, account } } : null
}

/**
 * Pictures and voices are uploaded first, and named in the answer. No GIF: answers do not take those that move (same page).
 * Videos and choices are not known here: README.md.
 */
export const answers: Answers<Config> = {
  carries: ({ request, attachmentIds = [] }) => attachmentIds.length === 0 && contentOf(request) !== null,
  async prepare({ request, attachmentIds: [attachmentId] = [] }, context) {
    const type = textIn(request.msgtype)
    if (attachmentId === undefined || !isUploaded(type)) return null
    const file = await context.attachment(attachmentId)
    if (file.mime === 'image/gif') return null
    const media = await upload(file, type, context, platform)
    return 'kind' in media ? null : { request: withFields(request, media) }
  },
  respond({ request }, call, config, now) {
    const addressed = { ToUserName: textIn(call.to), FromUserName: textIn(call.account) }
    const CreateTime = Math.floor(now.getTime() / 1000)
    return xmlAnswer({ ...addressed, CreateTime, ...contentOf(request) }, config, now)
  },
}

const uploadedAs = { image: 'Image', voice: 'Voice' } as const
const isUploaded = (type: string): type is keyof typeof uploadedAs => Object.hasOwn(uploadedAs, type)

function contentOf(request: JsonObject): Fields | null {
  const type = textIn(request.msgtype)
  const held = request[type]
  if (!isObject(held)) return null
  if (type === 'text') return { MsgType: type, Content: textIn(held.content) }
  if (isUploaded(type)) {
    const MediaId = textIn(held.media_id)
    return MediaId === '' ? null : { MsgType: type, [uploadedAs[type]]: { MediaId } }
  }
  const [article] = type === 'news' && Array.isArray(held.articles) ? held.articles : []
  if (!isObject(article)) return null
  const [Title = '', Description = '', PicUrl = '', Url = ''] = [
    article.title,
    article.description,
    article.picurl,
    article.url,
  ].map(textIn)
  return { MsgType: type, ArticleCount: 1, Articles: [{ Title, Description, PicUrl, Url }] }
}
