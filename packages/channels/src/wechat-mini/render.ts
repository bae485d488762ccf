import type { MessageContent } from '@qiao/protocol'
import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import { plainForm } from '../plain-form.ts'
import {
  asRendered,
  linkCardOf,
  type LinkCard,
  type Make,
  mediaParts,
  textParts,
  wordsOfText,
} from '../families/wechat/render.ts'
import { type PageCard, pageCardOf } from '../families/wechat/page.ts'
import { capabilities } from './capabilities.ts'
import type { Config } from './config.ts'

/** Not documented: those of articles and of WeCom, beyond which we send texts. */
const mostTitle = 64
const mostDescription = 512

export function render({ to, content, links, language }: OutgoingMessage, { appId }: Config): Rendered {
  const make: Make = (msgtype, body, attachmentIds) => ({
    request: { touser: to, msgtype, [msgtype]: body },
    ...(attachmentIds ? { attachmentIds } : {}),
  })
  const native = nativeParts(content, make, appId)
  if (native) return asRendered(native, [])
  const plain = plainForm(content, { links, language })
  return asRendered(textParts(plain, make, capabilities), [plain])
}

/** Null for what mini programs cannot show as what it is. */
function nativeParts(content: MessageContent, make: Make, appId: string): Part[] | null {
  switch (content.type) {
    case 'text':
      return textParts(wordsOfText(content, capabilities, 'plain'), make, capabilities)
    case 'image':
      return mediaParts(content, make, capabilities)
    case 'card':
    case 'product':
    case 'article':
      return pageParts(pageCardOf(content, make, capabilities), make, appId) ?? linkParts(linkCardOf(content), make)
    default:
      return null
  }
}

/** A page of the program itself; of another one there is no card. */
function pageParts(card: PageCard | null, make: Make, own: string): Part[] | null {
  if (!card || (card.appId ?? own) !== own || Array.from(card.title).length > mostTitle) return null
  const { title, path: pagepath, before } = card
  return [...before, make('miniprogrampage', { title, pagepath })]
}

function linkParts(card: LinkCard | null, make: Make): Part[] | null {
  if (!card || Array.from(card.title).length > mostTitle || Buffer.byteLength(card.text) > mostDescription) return null
  const { title, text: description, url, imageUrl = '' } = card
  return [make('link', { title, description, url, thumb_url: imageUrl })]
}
