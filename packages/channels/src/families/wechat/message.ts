import { z } from 'zod'
import type { ReceivedContent } from '../../events.ts'
import type { Json, JsonObject } from '../../json.ts'
import { withoutUndefined } from '../../without-undefined.ts'

/** Messages of customers, as official accounts and mini programs get them. Fields of one kind are left open in the others. */

/** XML has texts only, JSON has numbers too. What has another shape counts as not there. */
export const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined)
const number = z.coerce.number().optional().catch(undefined)

export const envelope = z.looseObject({
  FromUserName: z.string().min(1).max(128),
  /** Seconds. */
  CreateTime: z.coerce.number().int().positive().max(4_102_444_800),
  MsgType: z.string().min(1).max(64),
  MsgId: word,
})
export type Envelope = z.infer<typeof envelope>

const said = z.object({
  Content: word,
  PicUrl: word,
  MediaId: word,
  MediaId16K: word,
  Format: word,
  Recognition: word,
  Location_X: number,
  Location_Y: number,
  Label: word,
  Title: word,
  Description: word,
  Url: word,
  AppId: word,
  PagePath: word,
  ThumbUrl: word,
  ThumbMediaId: word,
})
type Fields = z.infer<typeof said>

export const utc = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** A time for what cannot be read. */
export function timeOf(data: unknown): string {
  const found = z.object({ CreateTime: envelope.shape.CreateTime }).safeParse(data)
  return utc(found.success ? found.data.CreateTime : 0)
}

export const unsupported = (summary: string): ReceivedContent => ({
  type: 'unsupported',
  summary: summary.slice(0, 500),
})
const webUrl = z.url({ protocol: /^https?$/ }).max(2048)
export const asWebUrl = (text: string | undefined): string | undefined => webUrl.safeParse(text).data

/** What WeChat says in place of what it does not hand over: stickers, cards, transfers. */
const placeholder = /^[[【](?:收到不支持的消息类型，暂无法显示|Unsupported Message)[\]】]$/u

export function contentOf(message: Envelope): { content: ReceivedContent; extra?: Json } {
  const fields = said.parse(message)
  const known = fields.MediaId !== undefined && fields.MediaId !== ''
  const media = (mime?: string, url?: string) => withoutUndefined({ id: fields.MediaId, url: asWebUrl(url), mime })
  switch (message.MsgType) {
    case 'text':
      return { content: textOf(fields.Content ?? '') }
    case 'image':
      if (!known && !asWebUrl(fields.PicUrl)) break
      return { content: { type: 'image', media: media(undefined, fields.PicUrl) } }
    case 'voice': {
      if (!known) break
      const words = fields.Recognition ? { caption: fields.Recognition } : {}
      return {
        content: { type: 'audio', media: media(voiceMime(fields.Format)), ...words },
        ...extraOf({ mediaId16K: fields.MediaId16K }),
      }
    }
    case 'video':
    case 'shortvideo':
      if (!known) break
      return {
        content: { type: 'video', media: media('video/mp4') },
        ...extraOf({ thumbMediaId: fields.ThumbMediaId }),
      }
    case 'location':
      return { content: placeOf(fields.Location_X, fields.Location_Y, { address: fields.Label }) }
    case 'link':
      return { content: cardOf(fields.Title, fields.Description, fields.Url) }
    case 'miniprogrampage':
      return pageOf(fields)
    default:
  }
  // Files that people forward come with a title and nothing to fetch them by.
  return {
    content: unsupported(`微信消息 WeChat message: ${[message.MsgType, fields.Title].filter(Boolean).join(' · ')}`),
  }
}

const pageOf = ({ Title, ThumbUrl, AppId, PagePath, ThumbMediaId }: Fields) => ({
  content: withPage(cardOf(Title, undefined, undefined, ThumbUrl), AppId, PagePath),
  ...extraOf({ thumbMediaId: ThumbMediaId }),
})

export function extraOf(facts: Record<string, string | undefined>): { extra?: JsonObject } {
  const kept = Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  return kept.length > 0 ? { extra: Object.fromEntries(kept) } : {}
}

export function textOf(text: string): ReceivedContent {
  if (text.trim() === '') return unsupported('空消息 Empty message')
  if (placeholder.test(text))
    return unsupported('微信没有转交的消息（表情、名片等） A message that WeChat does not hand over')
  return { type: 'text', text, markup: 'none' }
}

const voiceMimes: Readonly<Record<string, string>> = { amr: 'audio/amr', speex: 'audio/x-speex', mp3: 'audio/mpeg' }
const voiceMime = (format = ''): string | undefined => voiceMimes[format]

export function placeOf(
  latitude: number | undefined,
  longitude: number | undefined,
  { title, address }: { title?: string | undefined; address?: string | undefined },
): ReceivedContent {
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    return unsupported(`位置 Location: ${title ?? address ?? ''}`)
  }
  return {
    type: 'location',
    latitude,
    longitude,
    ...(title ? { title: title.slice(0, 200) } : {}),
    ...(address ? { address: address.slice(0, 500) } : {}),
  }
}

/** Where the card is of a mini program that is named as such programs are. */
export function withPage(card: ReceivedContent, appId = '', path = ''): ReceivedContent {
  if (card.type !== 'card' || !/^wx[0-9A-Za-z]{1,30}$/u.test(appId)) return card
  return { ...card, miniProgram: { appId, path: path.slice(0, 1024) } }
}

/** A link or a page of a mini program, as what it looks like. */
export function cardOf(title = '', text?: string, url?: string, imageUrl?: string): ReceivedContent {
  const link = asWebUrl(url)
  const image = asWebUrl(imageUrl)
  const name = title.trim() || (link ?? '')
  if (name === '') return unsupported('链接 Link')
  return {
    type: 'card',
    title: name.slice(0, 200),
    ...(text ? { text } : {}),
    ...(image ? { imageUrl: image } : {}),
    buttons: link ? [{ label: new URL(link).host.slice(0, 60), url: link }] : [],
  }
}
