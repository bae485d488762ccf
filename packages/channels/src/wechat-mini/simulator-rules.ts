import { isObject } from '../json.ts'
import type { Shown } from '../simulator.ts'
import type { Body, Media } from '../families/wechat/platform-simulator.ts'
import { textIn } from '../families/wechat/words.ts'

/** What WeChat checks of a customer service message of a mini program; lengths that it does not publish are ours. */

const bytes = (value: unknown): number => Buffer.byteLength(textIn(value))

/** Without `media` it is not asked whether files are there. */
export function messageDoubt(body: Body, media: Media | null): number | null {
  const type = textIn(body.msgtype)
  const held = body[type]
  if (!textIn(body.touser)) return 40_003
  if (!isObject(held)) return 40_008
  switch (type) {
    case 'text':
      if (textIn(held.content).trim() === '') return 44_004
      return bytes(held.content) > 2048 ? 45_002 : null
    case 'image':
      return media !== null && media.find(textIn(held.media_id))?.type !== 'image' ? 40_007 : null
    case 'miniprogrampage':
      if (!textIn(held.title) || 'appid' in held) return 47_001
      return media !== null && media.find(textIn(held.thumb_media_id))?.type !== 'image' ? 40_007 : null
    case 'link':
      if (Array.from(textIn(held.title)).length > 64 || !textIn(held.title)) return 45_003
      if (bytes(held.description) > 512) return 45_004
      return /^https?:\/\//u.test(textIn(held.url)) ? null : 40_016
    default:
      return 40_008
  }
}

export function shownOf(body: Body, media: Media): Omit<Shown, 'at' | 'id' | 'mine'> {
  const type = textIn(body.msgtype)
  const held = isObject(body[type]) ? body[type] : {}
  if (type === 'text') return { type, text: textIn(held.content) }
  if (type === 'miniprogrampage')
    return { type: 'card', text: textIn(held.title), media: { id: textIn(held.thumb_media_id) } }
  if (type === 'link') {
    const text = `${textIn(held.title)}\n${textIn(held.description)}`.trim()
    return { type, text, media: { url: textIn(held.url) } }
  }
  const { name = '', mime } = media.find(textIn(held.media_id)) ?? {}
  return { type, text: name, media: { id: textIn(held.media_id), ...(mime ? { mime } : {}) } }
}
