import type { PublicPosts } from './messaging-public.ts'
import type { Product } from './messaging-rules.ts'
import type { Phone, Said, Shown } from '../../simulator.ts'

export interface Customer {
  id: string
  name: string
  wroteAt: number
  typingUntil: number
  blocks: boolean
  screen: (Shown & { seen: boolean })[]
}
interface World {
  product: Product
  accountId: string
  now: () => Date
  newId: () => string
  tell: (between: { sender: string; recipient: string }, said: object, key: string) => Promise<void>
  deliver: (entry: object, key: string) => Promise<void>
  keepAt: (bytes: Buffer, mime: string) => string
  posts: PublicPosts
}

/**
 * Acts: `press:<option>`, `postback:<payload>`, `react:<emoji>`, `unreact`, `edit:<text>`, `recall`, `block`, `unblock`,
 * `sticker`, `share:<url>`, `link:<ref>` (m.me or ig.me), `story-mention`, `story-reply:<text>`, `comment:<text>` under a post of the business, `mention:<text>` and `caption:<text>`
 * under and of a post of somebody else's, and of
 * the business in its own app: `answered-in-app:<text>`.
 */
export function createMessagingPhone(customer: Customer, world: World): Phone {
  const { product, accountId, now, newId, tell, deliver, keepAt, posts } = world
  const last = (isMine: boolean) => customer.screen.findLast(({ mine }) => mine === isMine)
  const toShop = { sender: customer.id, recipient: accountId }
  const event = (said: object): void => void tell(toShop, said, customer.id)

  function write(facts: object, shown: Pick<Shown, 'text' | 'type' | 'media'>): string {
    const mid = newId()
    customer.wroteAt = now().getTime()
    customer.screen.push({ id: mid, mine: true, at: now().toISOString(), seen: false, ...shown })
    event({ message: { mid, ...facts } })
    return mid
  }
  const file = (type: string, url: string, text = '') =>
    write({ attachments: [{ type, payload: { url } }] }, { type, text, media: { url } })

  async function say(said: Said): Promise<string> {
    if (said.type === 'text') {
      const replied = said.replyTo ? { reply_to: { mid: said.replyTo } } : {}
      return write({ text: said.text, ...replied }, { type: 'text', text: said.text })
    }
    if (said.type === 'location') {
      const coordinates = { lat: said.latitude, long: said.longitude }
      const attachment = { type: 'location', title: said.title ?? 'Pinned location', payload: { coordinates } }
      return write({ attachments: [attachment] }, { type: 'location', text: said.title ?? '' })
    }
    const id = file(said.type, keepAt(said.bytes, said.mime), said.caption ?? said.name)
    // Neither app has captions: the words are a message of their own.
    return said.caption ? write({ text: said.caption }, { type: 'text', text: said.caption }) : id
  }

  async function act(what: string): Promise<void> {
    const [verb = '', ...rest] = what.split(':')
    const words = rest.join(':')
    const mine = last(true)
    const theirs = last(false)?.id ?? ''
    switch (verb) {
      case 'press': {
        const choice = customer.screen.flatMap(({ choices = [] }) => choices).findLast(({ id }) => id === words)
        if (!choice) throw new Error(`No option ${words} on the screen`)
        write({ text: choice.label, quick_reply: { payload: choice.id } }, { type: 'text', text: choice.label })
        return
      }
      case 'postback':
        customer.wroteAt = now().getTime()
        return event({ postback: { mid: newId(), title: 'Get started', payload: words } })
      case 'react':
        return event({ reaction: { mid: theirs, action: 'react', reaction: 'other', emoji: words } })
      case 'unreact':
        return event({ reaction: { mid: theirs, action: 'unreact' } })
      case 'edit':
        if (mine) mine.text = words
        return event({ message_edit: { mid: mine?.id ?? '', text: words, num_edit: 1 } })
      case 'link':
        customer.wroteAt = now().getTime()
        return event({ referral: { ref: words, source: 'SHORTLINK', type: 'OPEN_THREAD' } })
      case 'sticker':
        file('sticker', keepAt(Buffer.from('sticker'), 'image/png'))
        return
      case 'share':
        write({ attachments: [{ type: 'share', payload: { url: words } }] }, { type: 'share', text: words })
        return
      case 'block':
      case 'unblock':
        customer.blocks = verb === 'block'
        return
      case 'answered-in-app': {
        const mid = newId()
        customer.screen.push({ id: mid, mine: false, at: now().toISOString(), seen: false, type: 'text', text: words })
        const message = { mid, is_echo: true, app_id: 263_902_037_430_900, text: words }
        return void tell({ sender: accountId, recipient: customer.id }, { message }, customer.id)
      }
      default:
        if (product === 'messenger') throw new Error(`Messenger has no act «${verb}»`)
        return onInstagram(verb, words)
    }
  }

  function onInstagram(verb: string, words: string): void {
    const mine = last(true)
    if (verb === 'recall') {
      customer.screen = customer.screen.filter((bubble) => bubble !== mine)
      event({ message: { mid: mine?.id ?? '', is_deleted: true } })
    } else if (verb === 'story-mention') {
      file('story_mention', 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1')
    } else if (verb === 'story-reply') {
      const story = { id: '17900000000000001', url: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=2' }
      write({ text: words, reply_to: { story } }, { type: 'text', text: words })
    } else if (verb === 'comment') {
      void deliver({ changes: [{ field: 'comments', value: posts.comment(customer, words) }] }, customer.id)
    } else if (verb === 'mention' || verb === 'caption') {
      void deliver({ changes: [{ field: 'mentions', value: posts.mention(customer, verb, words) }] }, customer.id)
    } else throw new Error(`Instagram has no act «${verb}»`)
  }

  return {
    address: customer.id,
    get typingUntil() {
      return customer.typingUntil
    },
    say,
    act,
    async read() {
      const unread = customer.screen.filter(({ mine, seen }) => !mine && !seen)
      const newest = unread.at(-1)
      if (!newest) return
      for (const bubble of unread) bubble.seen = true
      event({ read: product === 'messenger' ? { watermark: now().getTime() } : { mid: newest.id } })
    },
    get screen() {
      return customer.screen
    },
  }
}
