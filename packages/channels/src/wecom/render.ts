import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import { plainForm } from '../plain-form.ts'
import {
  asRendered,
  linkCardOf,
  type LinkCard,
  type Make,
  mediaParts,
  menuHead,
  textParts,
  wordsOfText,
} from '../families/wechat/render.ts'
import { type PageCard, pageCardOf } from '../families/wechat/page.ts'
import { speakable } from '../speakable.ts'
import { capabilities } from './capabilities.ts'
import type { Config } from './config.ts'

/** https://developer.work.weixin.qq.com/document/path/94677 (2026-11), in bytes */
const most = { pageTitle: 64, linkTitle: 128, linkText: 512, url: 2048, menuHead: 1024, menuId: 128, menuItem: 128 }
const bytes = (text: string): number => Buffer.byteLength(text)

export function render({ to, content, links, language }: OutgoingMessage, { openKfId }: Config): Rendered {
  const make: Make = (msgtype, body, attachmentIds) => ({
    request: { touser: to, open_kfid: openKfId, msgtype, [msgtype]: body },
    ...(attachmentIds ? { attachmentIds } : {}),
  })
  const native = nativeParts(content, make)
  if (native) return asRendered(native, [])
  const plain = plainForm(content, { links, language })
  return asRendered(textParts(plain, make, capabilities), [plain])
}

/** Null for what WeCom cannot show as what it is. */
function nativeParts(content: MessageContent, make: Make): Part[] | null {
  switch (content.type) {
    case 'text':
      return textParts(wordsOfText(content, capabilities, 'plain'), make, capabilities)
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      // Smaller ones are refused.
      return content.attachment.bytes <= 5 ? null : mediaParts(content, make, capabilities)
    case 'location':
      return [locationPart(content, make)]
    case 'menu':
      return menuParts(content, make)
    case 'card':
    case 'product':
    case 'article':
      return pageParts(pageCardOf(content, make, capabilities), make) ?? linkParts(linkCardOf(content), make)
    default:
      return null
  }
}

function locationPart({ latitude, longitude, title, address }: ContentOf<'location'>, make: Make): Part {
  const words = {
    ...(title ? { name: speakable(title) } : {}),
    ...(address ? { address: speakable(address) } : {}),
  }
  return make('location', { latitude, longitude, ...words })
}

/** WeChat finds pages only by a path that ends in `.html`. */
function pageParts(card: PageCard | null, make: Make): Part[] | null {
  if (!card?.appId || bytes(card.title) > most.pageTitle) return null
  const [, path = '', query = ''] = /^([^?]*)(.*)$/su.exec(card.path) ?? []
  const pagepath = `${path}${path === '' || path.endsWith('.html') ? '' : '.html'}${query}`
  return [...card.before, make('miniprogram', { appid: card.appId, title: card.title, pagepath })]
}

function linkParts(card: LinkCard | null, make: Make): Part[] | null {
  if (!card || bytes(card.title) > most.linkTitle || bytes(card.text) > most.linkText || bytes(card.url) > most.url) {
    return null
  }
  return [make('link', { title: card.title, desc: card.text, url: card.url })]
}

/** What customers press comes back with its id. */
function menuParts({ text, options }: ContentOf<'menu'>, make: Make): Part[] | null {
  const clicks = options.map(({ id, label }) => ({ id, content: speakable(label) }))
  const fits = clicks.every(
    ({ id, content }) =>
      id === speakable(id) && bytes(id) <= most.menuId && content.trim() !== '' && bytes(content) <= most.menuItem,
  )
  if (!fits || clicks.length > (capabilities.menu?.options ?? 0)) return null
  const { head, before } = menuHead(text, most.menuHead, make, capabilities)
  return [...before, make('msgmenu', { head_content: head, list: clicks.map((click) => ({ type: 'click', click })) })]
}
