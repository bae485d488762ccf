import { contentToText } from '@qiao/protocol'
import { randomBytes, randomUUID } from 'node:crypto'
import type { RawResponse } from '../contract.ts'
import type { ProblemCode } from '../problem.ts'
import {
  type ApiRequest,
  createDeliverer,
  noFaults,
  type Phone,
  type Said,
  serveApi,
  type Shown,
  type Simulator,
  type SimulatorOptions,
} from '../simulator.ts'
import { signWebhook, webhookDoubt } from '../standard-webhooks.ts'
import { type ToCompany, toCompany, type ToQiao, toQiao } from './protocol.ts'

interface Options extends SimulatorOptions {
  /** The company's own rule; without it agents may always write. */
  windowMs?: number
  /** How long it keeps files that customers sent. */
  mediaMs?: number
  /** One that was written before there were reactions does not know the request. */
  reacts?: boolean
}
interface Customer extends Phone {
  name: string
  screen: Shown[]
  typingUntil: number
  wroteAt: number
  blocked: boolean
}
type EventFields = Pick<ToQiao, 'type'> & Record<string, unknown>

/** A company's system that speaks the open protocol: docs/channels/open.md is what it holds us to. */
export async function startSimulator({
  now = () => new Date(),
  windowMs = Number.POSITIVE_INFINITY,
  mediaMs = 600_000,
  reacts = true,
}: Options = {}): Promise<Simulator> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const faults = noFaults()
  const deliverer = createDeliverer(faults, [50, 200, 1_000, 2_000])
  const customers = new Map<string, Customer>()
  const files = new Map<string, { bytes: Buffer; mime: string; until: number }>()
  const answered = new Map<string, RawResponse>()
  const refusals: string[] = []
  let callbackUrl: string | null = null
  const server = await serveApi(faults, (request) => (request.method === 'GET' ? download(request) : receive(request)))

  function receive({
    headers,
    body,
  }: ApiRequest): RawResponse | { status: number; headers?: Record<string, string>; body: Buffer } {
    const doubt = webhookDoubt(headers, body, [secret], now())
    if (doubt !== null) return refuse(401, 'credentials-refused', doubt)
    const parsed = toCompany.safeParse(JSON.parse(body.toString()))
    if (!parsed.success) return refuse(400, 'content-refused', parsed.error.message)
    const key = headers['webhook-id'] ?? ''
    const before = answered.get(key)
    if (before) return before
    const question = parsed.data
    if (question.type === 'media') return download({ url: new URL(`/media/${question.mediaId}`, server.url) })
    const answer = answerTo(question)
    if (answer.status === 200 && question.type === 'message') answered.set(key, answer)
    return answer
  }

  function answerTo(question: Exclude<ToCompany, { type: 'media' }>): RawResponse {
    switch (question.type) {
      case 'ping':
        return ok({})
      case 'templates':
        return ok({
          templates: [{ name: 'order_sent', language: 'en', text: 'Order {{1}} is on its way', parameters: ['1'] }],
        })
      case 'profile': {
        const known = customers.get(question.customerId)
        return known ? ok({ name: known.name, language: 'en' }) : refuse(404, 'address-unknown', 'No such customer')
      }
      case 'typing':
      case 'read': {
        const customer = customers.get(question.to)
        if (!customer) return refuse(404, 'address-unknown', 'No such customer')
        if (question.type === 'typing') customer.typingUntil = now().getTime() + 5_000
        else for (const one of customer.screen) if (one.mine) one.seen = true
        return ok({})
      }
      case 'reaction':
        return reacts ? mark(question) : { status: 404, body: '{}' }
      case 'message':
        return show(question)
      default:
        return question satisfies never
    }
  }

  function show({ to, content }: Extract<ToCompany, { type: 'message' }>): RawResponse {
    const customer = customers.get(to)
    if (!customer) return refuse(404, 'address-unknown', 'No such customer')
    if (customer.blocked) return refuse(403, 'blocked-us', 'The customer has shut the chat')
    if (content.type !== 'template' && now().getTime() - customer.wroteAt > windowMs) {
      return refuse(403, 'window-closed', 'The customer wrote too long ago')
    }
    const id = randomUUID()
    customer.typingUntil = 0
    const media =
      'attachment' in content
        ? { url: content.attachment.url, name: content.attachment.name, mime: content.attachment.mime }
        : undefined
    customer.screen.push({
      id,
      mine: false,
      at: now().toISOString(),
      type: content.type,
      text: 'attachment' in content ? (content.caption ?? content.attachment.name) : contentToText(content),
      ...(media ? { media } : {}),
      ...(content.type === 'menu' ? { choices: content.options } : {}),
    })
    tell(customer, { type: 'receipt', state: 'delivered', messageId: id })
    return ok({ id })
  }

  /** Twice is once: what it stands for is a state. */
  function mark({ to, messageId, emoji }: Extract<ToCompany, { type: 'reaction' }>): RawResponse {
    const customer = customers.get(to)
    if (!customer) return refuse(404, 'address-unknown', 'No such customer')
    if (customer.blocked) return refuse(403, 'blocked-us', 'The customer has shut the chat')
    if (now().getTime() - customer.wroteAt > windowMs) {
      return refuse(403, 'window-closed', 'The customer wrote too long ago')
    }
    const shown = customer.screen.find(({ id, mine }) => mine && id === messageId)
    if (!shown) return refuse(422, 'content-refused', 'The customer has no such message')
    shown.reaction = emoji ?? undefined
    return ok({})
  }

  function download({ url }: Pick<ApiRequest, 'url'>) {
    const file = files.get(url.pathname.replace('/media/', ''))
    if (!file || file.until < now().getTime()) return refuse(404, 'media-gone', 'The file is no longer here')
    return { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
  }

  function tell(customer: Customer, fields: EventFields): void {
    if (callbackUrl === null) throw new Error('It was not said where to deliver')
    const { address, name } = customer
    const event = toQiao.parse({
      id: randomUUID(),
      at: now().toISOString(),
      customer: { id: address, name },
      ...fields,
    })
    const body = JSON.stringify(event)
    const sign = () => ({ headers: signWebhook(event.id, now(), body, [secret]) })
    void deliverer.send({ url: callbackUrl, headers: { 'content-type': 'application/json' }, body, sign }, address)
  }

  function newCustomer(name: string): Customer {
    const screen: Shown[] = []
    const last = (mine: boolean) => {
      const found = screen.findLast((one) => one.mine === mine)
      if (!found) throw new Error('There is no such message on the screen')
      return found
    }
    const write = (content: object, shown: Pick<Shown, 'type' | 'text'>, more: object = {}): string => {
      const id = randomUUID()
      customer.wroteAt = now().getTime()
      screen.push({ id, mine: true, at: now().toISOString(), ...shown })
      tell(customer, { type: 'message', messageId: id, content, ...more })
      return id
    }
    const keep = ({ bytes, mime, name: fileName }: Extract<Said, { bytes: Buffer }>) => {
      const id = randomUUID()
      files.set(id, { bytes, mime, until: now().getTime() + mediaMs })
      return { id, url: `${server.url}/media/${id}`, mime, bytes: bytes.length, name: fileName ?? 'file' }
    }
    const acts: Record<string, (words: string) => void> = {
      press(option) {
        const choice = screen.flatMap(({ choices = [] }) => choices).findLast(({ id }) => id === option)
        if (!choice) throw new Error('There is no such choice on the screen')
        write({ type: 'text', text: choice.label }, { type: 'text', text: choice.label }, { choice: choice.id })
      },
      react: (emoji) => tell(customer, { type: 'reacted', messageId: last(false).id, emoji: emoji || null }),
      edit: (text) => tell(customer, { type: 'edited', messageId: last(true).id, content: { type: 'text', text } }),
      recall: () => tell(customer, { type: 'recalled', messageId: last(true).id }),
      typing: () => tell(customer, { type: 'typing', on: true }),
      stop: () => tell(customer, { type: 'consent', wanted: false }),
      start: () => tell(customer, { type: 'consent', wanted: true }),
      visit: (page) => tell(customer, { type: 'acted', act: 'visit', words: `Opened ${page}`, parameter: page }),
      colleague: (text) => tell(customer, { type: 'echo', messageId: randomUUID(), content: { type: 'text', text } }),
      move(toId) {
        tell(customer, { type: 'moved', toId })
        customers.set(toId, Object.assign(customer, { address: toId }))
      },
      block: () => void (customer.blocked = true),
      unblock: () => void (customer.blocked = false),
    }
    const customer: Customer = {
      address: `customer-${name}`,
      name,
      screen,
      typingUntil: 0,
      wroteAt: Number.NEGATIVE_INFINITY,
      blocked: false,
      async say(said) {
        if (said.type === 'text') {
          const reply = said.replyTo === undefined ? {} : { replyTo: said.replyTo }
          return write({ type: 'text', text: said.text }, said, reply)
        }
        if (said.type === 'location') return write(said, { type: said.type, text: said.title ?? '' })
        const { type, caption } = said
        return write(
          { type, media: keep(said), ...(caption === undefined ? {} : { caption }) },
          { type, text: caption ?? '' },
        )
      },
      async act(act) {
        const [verb = '', ...words] = act.split(':')
        const done = acts[verb]
        if (!done) throw new Error(`Nobody can ${verb} here`)
        done(words.join(':'))
      },
      async read() {
        tell(customer, { type: 'receipt', state: 'read', upTo: now().toISOString() })
      },
    }
    customers.set(customer.address, customer)
    return customer
  }

  const ok = (body: object): RawResponse => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  function refuse(status: number, code: ProblemCode, detail: string): RawResponse {
    refusals.push(code)
    return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, detail }) }
  }

  const phones = new Map<string, Customer>()
  return {
    config: { endpointUrl: server.url, secret, reactions: reacts },
    pointTo: (url) => void (callbackUrl = url),
    phone(name) {
      const phone = phones.get(name) ?? newCustomer(name)
      phones.set(name, phone)
      return phone
    },
    faults,
    refusals,
    settled: () => deliverer.settled(),
    async stop() {
      deliverer.stop()
      await server.stop()
    },
  }
}
