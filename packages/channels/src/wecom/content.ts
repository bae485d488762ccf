import { z } from 'zod'
import type { ReceivedContent } from '../events.ts'
import { isObject, type Json } from '../json.ts'
import { readJson } from '../families/wechat/body.ts'
import { asWebUrl, cardOf, extraOf, placeOf, textOf, unsupported, withPage, word } from '../families/wechat/message.ts'

/** https://developer.work.weixin.qq.com/document/path/94670 (2026-11): each kind has its fields under its own name. */

const number = z.coerce.number().optional().catch(undefined)
const fields = z.object({
  content: word,
  menu_id: word,
  media_id: word,
  latitude: number,
  longitude: number,
  name: word,
  address: word,
  title: word,
  desc: word,
  url: word,
  pic_url: word,
  userid: word,
  appid: word,
  pagepath: word,
  thumb_media_id: word,
  head_content: word,
  tail_content: word,
  list: z.array(z.unknown()).catch([]),
  product_id: word,
  head_image: word,
  sales_price: word,
  shop_nickname: word,
  order_id: word,
  product_titles: word,
  price_wording: word,
  state: word,
  image_url: word,
  item: z.array(z.unknown()).catch([]),
  nickname: word,
})
type Fields = z.infer<typeof fields>
export interface Understood {
  content: ReceivedContent
  extra?: Json
  choice?: string
}

export function contentOf(message: { msgtype: string; [name: string]: unknown }): Understood {
  const type = message.msgtype
  const held = fields.safeParse(message[type])
  if (!held.success) return { content: unsupported(`微信客服消息 Message: ${type}`) }
  const said = held.data
  switch (type) {
    case 'text':
      return { content: textOf(said.content ?? ''), ...(said.menu_id ? { choice: said.menu_id } : {}) }
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return { content: mediaOf(type, said.media_id) }
    case 'location':
      return { content: placeOf(said.latitude, said.longitude, { title: said.name, address: said.address }) }
    case 'link':
      return { content: cardOf(said.title, said.desc, said.url, said.pic_url) }
    case 'miniprogram': {
      const { appid, pagepath, thumb_media_id: thumbMediaId } = said
      return { content: withPage(cardOf(said.title), appid, pagepath), ...extraOf({ thumbMediaId }) }
    }
    case 'msgmenu':
      return { content: textOf(menuWords(said)) }
    case 'merged_msg':
      return { content: textOf([said.title, ...said.item.map(lineOf)].filter(Boolean).join('\n')) }
    case 'channels_shop_product':
      return { content: productOf(said), ...extraOf({ shop: said.shop_nickname }) }
    case 'channels_shop_order':
      return { content: orderOf(said), ...extraOf({ price: said.price_wording, shop: said.shop_nickname }) }
    case 'business_card':
      return { content: unsupported(`名片 Business card: ${said.userid ?? ''}`) }
    case 'channels':
      return { content: unsupported(`视频号 Channels: ${[said.nickname, said.title].filter(Boolean).join(' · ')}`) }
    default:
      return {
        content: unsupported(`微信客服消息 Message: ${[type, said.title ?? said.name].filter(Boolean).join(' · ')}`),
      }
  }
}

function mediaOf(type: 'image' | 'voice' | 'video' | 'file', id: string | undefined): ReceivedContent {
  if (!id) return unsupported(`微信客服消息 Message: ${type}`)
  if (type === 'voice') return { type: 'audio', media: { id, mime: 'audio/amr' } }
  return { type, media: type === 'video' ? { id, mime: 'video/mp4' } : { id } }
}

/** Items hold their words under their own kind: click, view, miniprogram, text. */
const menuWords = ({ head_content: head, list, tail_content: tail }: Fields): string =>
  [head, ...list.map((item) => (isObject(item) ? wordsIn(item[String(item.type)]) : '')), tail]
    .filter(Boolean)
    .join('\n')
const wordsIn = (held: unknown): string => (isObject(held) && typeof held.content === 'string' ? held.content : '')

const forwarded = z.object({ sender_name: word, msgtype: word, msg_content: word })
function lineOf(item: unknown): string {
  const parsed = forwarded.safeParse(item)
  if (!parsed.success) return ''
  const { sender_name: name = '', msgtype: type = '', msg_content: json = '' } = parsed.data
  return `${name}: ${wordsIn(readJson(json)?.text) || `[${type}]`}`
}

/** Prices are in fen. */
function productOf({
  product_id: sku = '',
  title = '',
  head_image: image,
  sales_price: price,
}: Fields): ReceivedContent {
  if (title.trim() === '') return unsupported(`商品 Product: ${sku}`)
  const fen = Number(price ?? Number.NaN)
  const imageUrl = asWebUrl(image)
  return {
    type: 'product',
    sku: sku.slice(0, 100),
    title: title.slice(0, 200),
    ...(Number.isSafeInteger(fen) ? { priceMinorUnits: fen, currency: 'CNY' } : {}),
    ...(imageUrl ? { imageUrl } : {}),
  }
}
function orderOf({ order_id: id = '', state = '', product_titles: titles = '' }: Fields): ReceivedContent {
  if (id === '') return unsupported('订单 Order')
  const lines = titles === '' ? [] : [{ title: titles.slice(0, 200), quantity: 1 }]
  return { type: 'order', number: id.slice(0, 100), status: state.slice(0, 100), lines }
}
