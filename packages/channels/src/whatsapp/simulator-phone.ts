import type { Phone, Said } from '../simulator.ts'
import type { Bubble, Customer } from './simulator-state.ts'

interface World {
  now: () => Date
  newId: () => string
  seconds: () => string
  keep: (bytes: Buffer, mime: string) => string
  tell: (field: string, value: object, key: string) => Promise<void>
  statusOf: (customer: Customer, facts: { id: string; status: string }) => object
}
const day = 86_400_000

/**
 * Acts: `press:<option>` (of the latest message that has it), `press-first:<option>` (of the earliest), `react:<emoji>`, `unreact`, `edit:<text>`, `recall`, `block`, `unblock`, `hide-number`,
 * `change-number:<digits>`, `stop-marketing`, `resume-marketing`, `ad:<text>`, `contacts:<name>`, `order:<sku>`, `group:<text>` (said in a group),
 * `sticker`, `flow:<json>`,
 * `poll`, and of the business in its own app: `answered-in-app:<text>`.
 */
export function createPhone(customer: Customer, { now, newId, seconds, keep, tell, statusOf }: World): Phone {
  const last = (isMine: boolean): Bubble | undefined => customer.screen.findLast(({ mine }) => mine === isMine)
  const who = () =>
    customer.hidden ? { from_user_id: customer.userId } : { from: customer.number, from_user_id: customer.userId }
  const contact = () => ({
    profile: { name: customer.name, ...(customer.hidden ? { username: `@${customer.name}` } : {}) },
    user_id: customer.userId,
    ...(customer.hidden ? {} : { wa_id: customer.number }),
  })

  async function write(facts: object, shown?: Pick<Bubble, 'text' | 'type' | 'media'>): Promise<string> {
    const id = newId()
    // Whatever they write opens the window; reactions, edits and recalls are no messages.
    if (shown) customer.openUntil = now().getTime() + day
    if (shown) customer.screen.push({ id, mine: true, at: now().toISOString(), seen: false, ...shown })
    const message = { ...who(), id, timestamp: seconds(), ...facts }
    void tell('messages', { contacts: [contact()], messages: [message] }, customer.userId)
    return id
  }

  function say(said: Said): Promise<string> {
    if (said.type === 'text') {
      const context = said.replyTo ? { context: { from: '15550783881', id: said.replyTo } } : {}
      return write({ ...context, type: 'text', text: { body: said.text } }, { type: 'text', text: said.text })
    }
    if (said.type === 'location') {
      const { latitude, longitude, title } = said
      const location = { latitude, longitude, ...(title ? { name: title } : {}) }
      return write({ type: 'location', location }, { type: 'location', text: title ?? `${latitude},${longitude}` })
    }
    const type = said.type === 'file' ? 'document' : said.type
    const { caption, mime, name } = said
    const id = keep(said.bytes, mime)
    const named = type === 'document' ? { filename: name ?? 'file' } : {}
    const media = { id, mime_type: mime, sha256: 'c2ltdWxhdGVk', ...named, ...(caption ? { caption } : {}) }
    return write({ type, [type]: media }, { type, text: caption ?? name ?? '', media: { id } })
  }

  async function press(option: string, which: 'find' | 'findLast'): Promise<void> {
    const bubble = customer.screen[which](({ choices }) => choices?.some(({ id }) => id === option))
    const choice = bubble?.choices?.find(({ id }) => id === option)
    if (!bubble || !choice) throw new Error(`No option ${option} on the screen`)
    const context = { from: '15550783881', id: bubble.id }
    if (bubble.buttons === 'template') {
      const button = { payload: choice.id, text: choice.label }
      return void (await write({ context, type: 'button', button }, { type: 'text', text: choice.label }))
    }
    const kind = bubble.buttons === 'list' ? 'list_reply' : 'button_reply'
    const interactive = { type: kind, [kind]: { id: choice.id, title: choice.label } }
    await write({ context, type: 'interactive', interactive }, { type: 'text', text: choice.label })
  }

  async function act(what: string): Promise<void> {
    const [verb = '', ...rest] = what.split(':')
    const words = rest.join(':')
    const theirs = last(false)?.id ?? ''
    const mine = last(true)
    switch (verb) {
      case 'press':
      case 'press-first':
        return press(words, verb === 'press' ? 'findLast' : 'find')
      case 'react':
        return void (await write({ type: 'reaction', reaction: { message_id: theirs, emoji: words } }))
      case 'unreact':
        return void (await write({ type: 'reaction', reaction: { message_id: theirs } }))
      case 'edit': {
        const message = { type: 'text', text: { body: words } }
        if (mine) mine.text = words
        return void (await write({ type: 'edit', edit: { original_message_id: mine?.id ?? '', message } }))
      }
      case 'recall':
        customer.screen = customer.screen.filter((bubble) => bubble !== mine)
        return void (await write({ type: 'revoke', revoke: { original_message_id: mine?.id ?? '' } }))
      case 'ad': {
        const referral = { source_type: 'ad', source_id: '120208', source_url: 'https://fb.me/3cr4Wqqkv' }
        const facts = { referral: { ...referral, headline: 'Tea', ctwa_clid: 'Aff-n8ZTOD' }, type: 'text' }
        return void (await write({ ...facts, text: { body: words } }, { type: 'text', text: words }))
      }
      case 'group': {
        const group = 'Y2FwaV9ncm91cDoxNzA1NTUw'
        customer.groups.set(group, now().getTime() + day)
        const shown = { type: 'text', text: words, seen: false }
        const id = newId()
        customer.screen.push({ id, mine: true, at: now().toISOString(), ...shown })
        const said = { ...who(), id, group_id: group, timestamp: seconds(), type: 'text', text: { body: words } }
        return void tell('messages', { contacts: [contact()], messages: [said] }, group)
      }
      case 'contacts': {
        const contacts = [{ name: { formatted_name: words }, phones: [{ phone: '+86 138 0000 0000' }] }]
        return void (await write({ type: 'contacts', contacts }, { type: 'contacts', text: words }))
      }
      case 'order': {
        const item = { product_retailer_id: words, quantity: 2, item_price: 64.5, currency: 'CNY' }
        const order = { catalog_id: '194836987003835', text: '', product_items: [item] }
        return void (await write({ type: 'order', order }, { type: 'order', text: words }))
      }
      case 'sticker': {
        const id = keep(Buffer.from('RIFF simulated WEBP'), 'image/webp')
        const sticker = { id, mime_type: 'image/webp', animated: false }
        return void (await write({ type: 'sticker', sticker }, { type: 'sticker', text: '', media: { id } }))
      }
      case 'flow': {
        const reply = { name: 'flow', body: 'Sent', response_json: words }
        const facts = { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } }
        return void (await write(facts, { type: 'form', text: words }))
      }
      case 'poll': {
        const errors = [{ code: 131_051, title: 'Message type unknown', error_data: { details: 'A poll' } }]
        return void (await write({ type: 'unsupported', errors }, { type: 'poll', text: '' }))
      }
      default:
        return change(verb, words)
    }
  }

  /** Acts that say nothing in the chat. */
  async function change(verb: string, words: string): Promise<void> {
    if (verb === 'block' || verb === 'unblock') customer.blocks = verb === 'block'
    else if (verb === 'hide-number') customer.hidden = true
    else if (verb === 'stop-marketing' || verb === 'resume-marketing') {
      customer.refusesMarketing = verb === 'stop-marketing'
      const value = customer.refusesMarketing ? 'stop' : 'resume'
      const preference = { ...contact(), category: 'marketing_messages', value, timestamp: Number(seconds()) }
      void tell('user_preferences', { user_preferences: [preference] }, customer.userId)
    } else if (verb === 'change-number') {
      const [from, previous] = [customer.number, customer.userId]
      customer.number = words
      customer.userId = `${previous}9`
      const system = { type: 'user_changed_number', wa_id: words, user_id: customer.userId, previous_user_id: previous }
      const message = {
        from,
        id: newId(),
        timestamp: seconds(),
        type: 'system',
        system: { body: 'New number', ...system },
      }
      void tell('messages', { messages: [message] }, customer.userId)
    } else if (verb === 'answered-in-app') {
      const id = newId()
      customer.screen.push({ id, mine: false, at: now().toISOString(), seen: false, type: 'text', text: words })
      const to = { to: customer.number, to_user_id: customer.userId }
      const echo = { from: '15550783881', ...to, id, timestamp: seconds(), type: 'text', text: { body: words } }
      void tell('smb_message_echoes', { message_echoes: [echo] }, customer.userId)
    } else throw new Error(`WhatsApp has no act «${verb}»`)
  }

  return {
    get address() {
      return customer.userId
    },
    get typingUntil() {
      return customer.typingUntil
    },
    say,
    act,
    async read() {
      for (const bubble of customer.screen.filter(({ mine, seen }) => !mine && !seen)) {
        bubble.seen = true
        const facts = { id: bubble.id, status: 'read', ...(bubble.key ? { biz_opaque_callback_data: bubble.key } : {}) }
        void tell('messages', { statuses: [statusOf(customer, facts)] }, customer.userId)
      }
    },
    get screen() {
      return customer.screen
    },
  }
}
