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
import { capabilities, capabilitiesOf } from './capabilities.ts'
import type { Config } from './config.ts'

/** Not documented: those of articles and of WeCom, beyond which we send texts. */
const mostTitle = 64
const mostDescription = 512
const mostMenu = 2048
const mostHead = 1024

export function render({ to, content, links, language }: OutgoingMessage, { kfAccount, api }: Config): Rendered {
  const make: Make = (msgtype, body, attachmentIds) => ({
    request: {
      touser: to,
      msgtype,
      [msgtype]: body,
      ...(kfAccount ? { customservice: { kf_account: kfAccount } } : {}),
    },
    ...(attachmentIds ? { attachmentIds } : {}),
  })
  const { sends, miniPrograms } = capabilitiesOf({ api })
  const page = miniPrograms ? pageParts(pageCardOf(content, make, capabilities), make) : null
  const native = page ?? (sends.includes(content.type) ? nativeParts(content, make, to) : null)
  if (native) return asRendered(native, [])
  const plain = plainForm(content, { links, language })
  return asRendered(textParts(plain, make, capabilities), [plain])
}

/** Null for what WeChat cannot show as what it is. */
function nativeParts(content: MessageContent, make: Make, to: string): Part[] | null {
  switch (content.type) {
    case 'text':
      return textParts(wordsOfText(content, capabilities, 'html'), make, capabilities)
    case 'image':
    case 'audio':
    case 'video':
      return mediaParts(content, make, capabilities)
    case 'menu':
      return menuParts(content, make)
    case 'card':
    case 'product':
    case 'article':
      return newsParts(linkCardOf(content), make)
    case 'template':
      return [templatePart(content, to)]
    default:
      return null
  }
}

/** Any mini program that is linked to the account; which one has to be said. */
function pageParts(card: PageCard | null, make: Make): Part[] | null {
  if (!card?.appId || Array.from(card.title).length > mostTitle) return null
  const { title, appId: appid, path: pagepath, before } = card
  return [...before, make('miniprogrampage', { title, appid, pagepath })]
}

function newsParts(card: LinkCard | null, make: Make): Part[] | null {
  if (!card || Array.from(card.title).length > mostTitle || Buffer.byteLength(card.text) > mostDescription) return null
  const { title, text: description, url, imageUrl: picurl = '' } = card
  return [make('news', { articles: [{ title, description, url, picurl }] })]
}

/** What customers press comes back with its id. */
function menuParts({ text, options }: ContentOf<'menu'>, make: Make): Part[] | null {
  const list = options.map(({ id, label }) => ({ id, content: speakable(label) }))
  const { head, before } = menuHead(text, mostHead, make, capabilities)
  const bytes = Buffer.byteLength(JSON.stringify([head, list]))
  const fits = list.length <= (capabilities.menu?.options ?? 0) && bytes <= mostMenu
  if (!fits || list.some(({ id, content }) => content.trim() === '' || id !== speakable(id))) return null
  return [...before, make('msgmenu', { head_content: head, list })]
}

/** `ID`, `ID:key,key`, and with `subscribe:` before it a subscription notice. Keys that are not named are looked up. */
function templatePart({ name, parameters }: ContentOf<'template'>, touser: string): Part {
  const [, notice, id = '', keys] = /^(subscribe:)?([^:]*)(?::(.*))?$/su.exec(name) ?? []
  const request = {
    touser,
    msgtype: notice ? 'subscription' : 'template',
    template_id: id,
    keys: keys ? keys.split(',') : null,
    values: parameters.map(speakable),
  }
  return { request }
}
