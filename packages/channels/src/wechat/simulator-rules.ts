import { isObject } from '../json.ts'
import type { Shown } from '../simulator.ts'
import type { Body, Media } from '../families/wechat/platform-simulator.ts'
import { textIn } from '../families/wechat/words.ts'

/** What WeChat checks of a customer service message, by its error codes; lengths that it does not publish are ours. */

const objects = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isObject) : [])
const bytes = (value: unknown): number => Buffer.byteLength(textIn(value))

/** Without `media` it is not asked whether files are there. */
export function messageDoubt(body: Body, media: Media | null): number | null {
  const type = textIn(body.msgtype)
  const held = body[type]
  if (!textIn(body.touser)) return 40_003
  if (!isObject(held)) return 40_008
  const missing = (id: unknown, kind: string): boolean => media !== null && media.find(textIn(id))?.type !== kind
  switch (type) {
    case 'text':
      if (textIn(held.content).trim() === '') return 44_004
      return bytes(held.content) > 2048 ? 45_002 : null
    case 'image':
    case 'voice':
      return missing(held.media_id, type) ? 40_007 : null
    case 'video':
      return missing(held.media_id, type) || missing(held.thumb_media_id, 'thumb') ? 40_007 : null
    case 'miniprogrampage':
      if (!textIn(held.title) || !textIn(held.appid)) return 47_001
      return missing(held.thumb_media_id, 'image') ? 40_007 : null
    case 'news':
      return newsDoubt(held)
    case 'msgmenu':
      return menuDoubt(held)
    default:
      return 40_008
  }
}

function newsDoubt({ articles }: Body): number | null {
  const [article, ...others] = objects(articles)
  if (!article || others.length > 0) return 45_008
  if (Array.from(textIn(article.title)).length > 64 || !textIn(article.title)) return 45_003
  if (bytes(article.description) > 512) return 45_004
  return /^https?:\/\//u.test(textIn(article.url)) ? null : 40_016
}

function menuDoubt({ head_content: head, list }: Body): number | null {
  const items = objects(list)
  if (items.length === 0 || items.length > 10) return 45_098
  if (bytes(JSON.stringify([head, list])) > 2048 || bytes(head) > 1024) return 45_002
  if (items.some(({ id, content }) => !textIn(id) || textIn(content).trim() === '')) return 47_001
  return new Set(items.map(({ id }) => id)).size === items.length ? null : 47_001
}

export function shownOf(body: Body, media: Media): Omit<Shown, 'at' | 'id' | 'mine'> {
  const type = textIn(body.msgtype)
  const held = isObject(body[type]) ? body[type] : {}
  switch (type) {
    case 'text':
      return { type, text: textIn(held.content) }
    case 'news': {
      const [article = {}] = objects(held.articles)
      const text = `${textIn(article.title)}\n${textIn(article.description)}`.trim()
      return { type, text, media: { url: textIn(article.url) } }
    }
    case 'miniprogrampage':
      return { type: 'card', text: textIn(held.title), media: { id: textIn(held.thumb_media_id) } }
    case 'msgmenu': {
      const choices = objects(held.list).map(({ id, content }) => ({ id: textIn(id), label: textIn(content) }))
      return { type: 'menu', text: textIn(held.head_content), choices }
    }
    default: {
      const { name = '', mime } = media.find(textIn(held.media_id)) ?? {}
      const reference = { id: textIn(held.media_id), ...(mime ? { mime } : {}) }
      return { type: type === 'voice' ? 'audio' : type, text: name, media: reference }
    }
  }
}
