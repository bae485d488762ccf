import { isObject } from '../json.ts'
import type { Shown } from '../simulator.ts'
import type { createMedia } from '../families/wechat/simulator.ts'
import { textIn } from '../families/wechat/words.ts'

/** What WeCom checks of a message: https://developer.work.weixin.qq.com/document/path/94677 (2026-11). Lengths in bytes. */

export type Body = Readonly<Record<string, unknown>>
type Media = Pick<ReturnType<typeof createMedia>, 'find'>
const objects = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isObject) : [])
const bytes = (value: unknown): number => Buffer.byteLength(textIn(value))
const within = (value: unknown, least: number, most: number): boolean => bytes(value) >= least && bytes(value) <= most

/** Without `media` it is not asked whether files are there. */
export function messageDoubt(body: Body, media: Media | null): [number, string] | null {
  const type = textIn(body.msgtype)
  const held = body[type]
  if (body.msgid !== undefined && !/^[\w-]{1,32}$/u.test(textIn(body.msgid)))
    return [40_058, 'msgid exceed max length 32']
  if (!isObject(held)) return [40_008, 'invalid message type']
  const missing = (id: unknown, kind: string): boolean => media !== null && media.find(textIn(id))?.type !== kind
  switch (type) {
    case 'text':
      if (textIn(held.content).trim() === '') return [44_004, 'empty content']
      return within(held.content, 1, 2048) ? null : [40_058, 'content exceed max length 2048']
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return missing(held.media_id, type) ? [40_007, 'invalid media_id'] : null
    case 'link':
      if (missing(held.thumb_media_id, 'image')) return [40_007, 'invalid media_id']
      if (!within(held.title, 1, 128)) return [40_058, 'title exceed max length 128']
      if (!within(held.desc, 0, 512)) return [40_058, 'desc exceed max length 512']
      return within(held.url, 1, 2048) && /^https?:\/\//u.test(textIn(held.url)) ? null : [40_058, 'invalid url']
    case 'miniprogram':
      if (missing(held.thumb_media_id, 'image')) return [40_007, 'invalid media_id']
      if (!within(held.title, 0, 64)) return [40_058, 'title exceed max length 64']
      return textIn(held.appid) && /\.html(?:\?|$)/u.test(textIn(held.pagepath)) ? null : [40_058, 'invalid pagepath']
    case 'location':
      return typeof held.latitude === 'number' && typeof held.longitude === 'number'
        ? null
        : [40_058, 'invalid location']
    case 'msgmenu':
      return menuDoubt(held)
    default:
      return [40_008, 'invalid message type']
  }
}

function menuDoubt({ head_content: head, list, tail_content: tail }: Body): [number, string] | null {
  const items = objects(list)
  if (!within(head, 0, 1024) || !within(tail, 0, 1024)) return [40_058, 'head_content exceed max length 1024']
  if (items.length === 0 || items.length > 10) return [40_058, 'list size out of range']
  const wrong = items.some(({ type, click }) => {
    if (type !== 'click' || !isObject(click)) return true
    return !within(click.id, 1, 128) || !within(click.content, 1, 128)
  })
  return wrong ? [40_058, 'invalid menu item'] : null
}

export function shownOf(body: Body, media: Media): Omit<Shown, 'at' | 'id' | 'mine'> {
  const type = textIn(body.msgtype)
  const held = isObject(body[type]) ? body[type] : {}
  switch (type) {
    case 'text':
      return { type, text: textIn(held.content) }
    case 'link':
      return { type, text: `${textIn(held.title)}\n${textIn(held.desc)}`.trim(), media: { url: textIn(held.url) } }
    case 'miniprogram':
      return { type: 'card', text: textIn(held.title), media: { id: textIn(held.thumb_media_id) } }
    case 'location':
      return { type, text: `${textIn(held.name)} ${textIn(held.address)}`.trim() }
    case 'msgmenu': {
      const choices = objects(held.list).map(({ click }) => {
        const item = isObject(click) ? click : {}
        return { id: textIn(item.id), label: textIn(item.content) }
      })
      return { type: 'menu', text: textIn(held.head_content), choices }
    }
    default: {
      const { name = '', mime } = media.find(textIn(held.media_id)) ?? {}
      const reference = { id: textIn(held.media_id), ...(mime ? { mime } : {}) }
      return { type: type === 'voice' ? 'audio' : type, text: name, media: reference }
    }
  }
}
