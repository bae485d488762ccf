import type { MessageContent } from '@qiao/protocol/content'
import type { MessageEntry } from '@qiao/protocol/entries'
import { say } from '../words/words.ts'
import { Call, FormResponse, Place } from './brief-contents.tsx'
import { later } from './later.tsx'
import { Words } from './markup.tsx'
import { Media } from './media.tsx'
import { Menu } from './menu-message.tsx'

const Cards = later(() => import('./cards.tsx').then((part) => part.Cards))
/** Shared with what waits to be sent. */
export const LeftMessage = later(() => import('./left-message.tsx').then((part) => part.LeftMessage))
const MessageForm = later(() => import('./message-form.tsx').then((part) => part.MessageForm))

/** Every kind of message that the protocol knows. */
export function Content({ entry, content }: { entry: MessageEntry; content: MessageContent }) {
  switch (content.type) {
    case 'text':
      return <Words text={content.text} markup={content.markup} />
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return <Media kind={content.type} attachment={content.attachment} caption={content.caption} />
    case 'location':
      return <Place content={content} />
    case 'contact':
    case 'card':
    case 'product':
    case 'order':
    case 'article':
      return <Cards content={content} />
    case 'menu':
      return <Menu entry={entry} content={content} />
    case 'form':
      return <MessageForm entry={entry} content={content} />
    case 'form-response':
      return <FormResponse content={content} />
    case 'call':
      return <Call content={content} />
    case 'template':
    case 'mail':
      return <Words text={content.text} markup="none" />
    case 'left-message':
      return <LeftMessage content={content} />
    case 'unsupported':
      return <p class="muted">{say('unsupported')}</p>
    default:
      return content satisfies never
  }
}
