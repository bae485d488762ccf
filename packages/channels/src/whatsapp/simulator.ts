import type { JsonObject } from '../json.ts'
import {
  callbackAnswers,
  createBucket,
  isRefusal,
  jsonAnswer,
  jsonOf,
  type Refusal,
  refusalAnswer,
  refuse,
  refusedToken,
  signedDelivery,
} from '../families/meta/simulator.ts'
import {
  type ApiAnswer,
  type ApiRequest,
  createDeliverer,
  madeSecret,
  noFaults,
  numberOf,
  serveApi,
  type Simulator,
  type SimulatorOptions,
} from '../simulator.ts'
import { createMediaStore } from './simulator-media.ts'
import { createSampleDesk } from './simulator-samples.ts'
import { createPhone } from './simulator-phone.ts'
import { type Checked, checkMessage, type Reaction } from './simulator-rules.ts'
import { type Customer, newCustomer, shownOf } from './simulator-state.ts'
import { mediaUsed } from './simulator-template-use.ts'
import { createTemplateDesk } from './simulator-templates.ts'

/** https://developers.facebook.com/documentation/business-messaging/whatsapp — what of it is simulated: README.md. */
export interface WhatsAppSimulator extends Simulator {
  expireToken(): void
  /** Decides about a template, and tells so. */
  review(name: string, status: string, reason?: string): void
  /** When the typing dots of the business end on this phone, in milliseconds. */
  typingUntil(name: string): number
}
export interface WhatsAppOptions extends SimulatorOptions {
  /** Messages at once to one customer before 131056. */
  pairBurst?: number
}

const [phoneNumberId, account] = ['106540352242922', '102290129340398']

export async function startSimulator({
  now = () => new Date(),
  firstId,
  pairBurst = 45,
}: WhatsAppOptions = {}): Promise<WhatsAppSimulator> {
  const [faults, refusals] = [noFaults(), [] as string[]]
  const deliverer = createDeliverer(faults, [50, 100, 200, 400, 800, 1_600, 3_200])
  const customers = new Map<string, Customer>()
  const media = createMediaStore(now, () => server.url)
  const samples = createSampleDesk()
  const templates = createTemplateDesk(tell, samples.has)
  const pairs = new Map<string, () => boolean>()
  const perSecond = createBucket(80, 12, now)
  const secrets = { accessToken: `EAA${madeSecret()}`, appSecret: madeSecret(), verifyToken: madeSecret() }
  let [callbackUrl, expired, count] = ['', false, firstId ?? 0]

  const server = await serveApi(faults, async (request): Promise<ApiAnswer> => {
    const answered = await route(request)
    if (!isRefusal(answered)) return answered
    refusals.push(String(answered.code))
    return refusalAnswer(answered)
  })

  async function route(request: ApiRequest) {
    const refused = refusedToken(request, secrets.accessToken, secrets.appSecret, expired)
    if (refused) return refused
    const [, id = '', edge] = /^\/(?:v26\.0\/)?([^/]+)(?:\/(.+))?$/.exec(request.url.pathname) ?? []
    if (id === 'bytes') return media.bytesAt(edge ?? '')
    if (id === phoneNumberId && edge === 'messages') return messages(jsonOf(request.body))
    if (id === phoneNumberId && edge === 'media') return media.upload(request)
    if (id === phoneNumberId && edge === undefined) return jsonAnswer(200, numberFacts)
    if (id === 'app' || id.startsWith('upload:') || edge === 'uploads') return samples.call(request, id)
    if (id === account && edge === 'message_templates') return templates.call(request)
    if (id === account && edge === 'subscribed_apps') return subscription(request)
    return media.describe(id, request.method)
  }

  function messages(body: JsonObject) {
    if (body.status === 'read') return markRead(body)
    const message = checkMessage(body)
    if (isRefusal(message)) return message
    const { frame, checked } = message
    if (!perSecond()) return refuse(130429, 'Rate limit hit', 429)
    if (frame.recipient_type === 'group') return toGroup(frame.to ?? '', checked)
    const address = frame.recipient ?? frame.to ?? ''
    const customer = [...customers.values()].find((one) => one.userId === address || one.number === address)
    const pair = pairs.get(address) ?? createBucket(pairBurst, 6_000, now)
    pairs.set(address, pair)
    if (!pair()) return refuse(131056, 'Pair rate limit hit', 400)
    const template =
      checked.type === 'template' ? templates.find(checked.said.name, checked.said.language.code) : undefined
    const refused =
      checked.type === 'template'
        ? templates.refused(checked.said, customer?.refusesMarketing ?? false)
        : outside(customer)
    if (refused) return refused
    const file =
      checked.type === 'template' ? mediaUsed(checked.said)?.id : 'id' in checked.said ? checked.said.id : undefined
    if (file !== undefined && !media.has(file)) {
      return refuse(131009, 'Parameter value is not valid', 400, 'The media id is not known')
    }
    if (checked.type === 'reaction') return react(customer, address, checked.said)
    const id = newId()
    const said = { contacts: [{ input: address, wa_id: customer?.number ?? address }], messages: [{ id }] }
    if (customer && !customer.blocks) {
      customer.typingUntil = 0
      const key = frame.biz_opaque_callback_data
      const shown = shownOf(checked, template)
      customer.screen.push({ id, mine: false, at: now().toISOString(), seen: false, ...shown, ...(key ? { key } : {}) })
    }
    void report(customer, address, id, frame.biz_opaque_callback_data)
    return jsonAnswer(200, { messaging_product: 'whatsapp', ...said })
  }

  /** It is told that it went out, and nothing more; of a message that is not known the webhook says that it failed. */
  function react(customer: Customer | undefined, address: string, { message_id: target, emoji }: Reaction) {
    const id = newId()
    const bubble = customer?.screen.find((one) => one.mine && one.id === target)
    if (bubble) bubble.reaction = emoji === '' ? undefined : emoji
    const errors = [{ code: 131009, title: 'Parameter value is not valid', message: 'Parameter value is not valid' }]
    const status = bubble ? { id, status: 'sent' } : { id, status: 'failed', errors }
    if (customer) void tell('messages', { statuses: [statusOf(customer, status)] }, customer.userId)
    const contacts = [{ input: address, wa_id: customer?.number ?? address }]
    return jsonAnswer(200, { messaging_product: 'whatsapp', contacts, messages: [{ id }] })
  }

  /** One message, on the screen of each member; a word of any of them opens the window for all. */
  function toGroup(groupId: string, checked: Checked) {
    const members = [...customers.values()].filter(({ groups }) => groups.has(groupId))
    if (members.length === 0) return refuse(131026, 'Message undeliverable', 400, 'No such group')
    const isOpen = members.some((member) => (member.groups.get(groupId) ?? 0) > now().getTime())
    if (!isOpen && checked.type !== 'template') return refuse(131047, 'Re-engagement message', 400)
    const id = newId()
    for (const { screen } of members)
      screen.push({ id, mine: false, at: now().toISOString(), seen: false, ...shownOf(checked, undefined) })
    const status = { id, status: 'delivered', timestamp: seconds(), recipient_type: 'group', recipient_id: groupId }
    for (const { userId } of members) {
      const participant = { recipient_participant_user_id: userId, recipient_participant_id: userId }
      void tell('messages', { statuses: [{ ...status, ...participant }] }, groupId)
    }
    return jsonAnswer(200, {
      messaging_product: 'whatsapp',
      contacts: [{ input: groupId, wa_id: groupId }],
      messages: [{ id }],
    })
  }

  const outside = (customer: Customer | undefined): Refusal | null =>
    customer && customer.openUntil > now().getTime() ? null : refuse(131047, 'Re-engagement message', 400)

  async function report(customer: Customer | undefined, address: string, id: string, key?: string): Promise<void> {
    const about = { id, ...(key ? { biz_opaque_callback_data: key } : {}) }
    if (!customer) {
      const errors = [{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }]
      const status = { ...about, status: 'failed', timestamp: seconds(), recipient_id: address, errors }
      return tell('messages', { statuses: [status] }, address)
    }
    const states = customer.blocks ? ['sent'] : ['sent', 'delivered']
    await Promise.all(
      states.map((status) =>
        tell('messages', { statuses: [statusOf(customer, { ...about, status })] }, customer.userId),
      ),
    )
  }

  const statusOf = (customer: Customer, facts: { id: string; status: string }) => ({
    ...facts,
    timestamp: seconds(),
    ...(customer.hidden ? {} : { recipient_id: customer.number }),
    recipient_user_id: customer.userId,
  })

  function markRead({ message_id: id, typing_indicator: typing }: JsonObject) {
    const owner = [...customers.values()].find(({ screen }) => screen.some((bubble) => bubble.mine && bubble.id === id))
    if (!owner) return refuse(131009, 'Parameter value is not valid', 400, 'The message id is not known')
    for (const bubble of owner.screen) if (bubble.mine) bubble.seen = true
    if (typing) owner.typingUntil = now().getTime() + 25_000
    return jsonAnswer(200, { success: true })
  }

  async function subscription({ method, body }: ApiRequest) {
    if (method === 'GET') {
      const app = { whatsapp_business_api_data: { id: '1517776481860111', name: 'Shop' } }
      return jsonAnswer(200, { data: callbackUrl ? [{ ...app, override_callback_uri: callbackUrl }] : [] })
    }
    if (method === 'DELETE') callbackUrl = ''
    const { override_callback_uri: wanted, verify_token: verifyToken } = jsonOf(body)
    if (typeof wanted === 'string' && typeof verifyToken === 'string') {
      if (!(await callbackAnswers(wanted, verifyToken))) return refuse(2200, 'Callback verification failed')
      callbackUrl = wanted
    }
    return jsonAnswer(200, { success: true })
  }

  const newId = (): string => `wamid.${Buffer.from(`SIM${++count}`).toString('base64')}`
  const seconds = (): string => String(Math.floor(now().getTime() / 1000))

  async function tell(field: string, value: object, key: string): Promise<void> {
    if (!callbackUrl) return
    const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId }
    const isAboutNumber = field === 'messages' || field === 'smb_message_echoes'
    const whole = isAboutNumber ? { messaging_product: 'whatsapp', metadata, ...value } : value
    const entry = [{ id: account, time: Number(seconds()), changes: [{ field, value: whole }] }]
    const body = { object: 'whatsapp_business_account', entry }
    // Deliveries of one customer come in order unless disorder is asked for.
    await deliverer.send(signedDelivery(callbackUrl, body, secrets.appSecret), faults.shuffleMs > 0 ? undefined : key)
  }

  function customerOf(name: string): Customer {
    const known =
      customers.get(name) ?? newCustomer(name, firstId === undefined ? customers.size + 1 : numberOf(name, 999_999))
    customers.set(name, known)
    return known
  }
  const world = { now, tell, newId, seconds, keep: media.keep, statusOf }
  return {
    config: { phoneNumberId, businessAccountId: account, ...secrets, apiUrl: `${server.url}/v26.0` },
    pointTo: (url) => void (callbackUrl = url),
    phone: (name) => createPhone(customerOf(name), world),
    faults,
    refusals,
    settled: () => deliverer.settled(),
    async stop() {
      deliverer.stop()
      await server.stop()
    },
    expireToken: () => void (expired = true),
    renewToken: () => void (expired = false),
    file: media.find,
    review: templates.review,
    typingUntil: (name) => customerOf(name).typingUntil,
  }
}

const numberFacts = {
  id: phoneNumberId,
  display_phone_number: '+1 555-078-3881',
  verified_name: 'Shop',
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
}
