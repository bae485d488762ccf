import { z } from 'zod'
import type { JsonObject } from '../../json.ts'
import { createLoginTokens } from './login-tokens.ts'
import { createMessagingPhone, type Customer } from './messaging-phone.ts'
import { createPublicPosts } from './messaging-public.ts'
import { checkBody, type Product, type SentMessage } from './messaging-rules.ts'
import { echoOf, shownOf } from './messaging-shown.ts'
import {
  createBucket,
  isRefusal,
  jsonAnswer,
  jsonOf,
  readMultipart,
  type Refusal,
  refusalAnswer,
  refuse,
  refusedToken,
  signedDelivery,
  tokenOf,
} from './simulator.ts'
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
} from '../../simulator.ts'

/** Messenger and Instagram, which have the same Send API and almost the same webhooks. What is simulated: the channels' READMEs. */
export interface MessagingSimulator extends Simulator {
  expireToken(): void
  typingUntil(name: string): number
  /** Replies under comments and mentions, oldest first: what they are under, the comment or else the post. */
  readonly comments: readonly { under: string; message: string }[]
}
export interface MessagingOptions extends SimulatorOptions {
  /** Messages at once before 613; 300 more come free each second. */
  burst?: number
  /** Whether Meta has approved the Human Agent feature for the app. */
  humanAgent?: boolean
  mediaMs?: number
  /** Instagram alone: the token is one of an Instagram login, which runs out. */
  login?: 'page' | 'instagram'
}

const [day, accountId, appId] = [86_400_000, '17841400000000001', '1517776481860111']
const windowShut = { messenger: 2_018_278, instagram: 2_534_022 }
const nobody = { messenger: 2_018_001, instagram: 2_534_014 }

export async function startMessagingSimulator(
  product: Product,
  {
    now = () => new Date(),
    firstId,
    burst = 300,
    humanAgent = true,
    mediaMs = 7 * day,
    login = 'page',
  }: MessagingOptions = {},
): Promise<MessagingSimulator> {
  const [faults, refusals] = [noFaults(), [] as string[]]
  const deliverer = createDeliverer(faults, [50, 100, 200, 400, 800, 1_600, 3_200])
  const customers = new Map<string, Customer>()
  const uploads = new Map<string, { bytes: Buffer; mime: string; expiresAt: number }>()
  const posts = createPublicPosts(() => `1785${String(++count).padStart(13, '0')}`, now)
  const take = createBucket(burst, 1000 / 300, now)
  const secrets = { accessToken: `EAA${madeSecret()}`, appSecret: madeSecret(), verifyToken: madeSecret() }
  const isLogin = product === 'instagram' && login === 'instagram'
  const tokens = createLoginTokens(secrets.accessToken, now)
  let [callbackUrl, subscribed, isExpired, count] = ['', '', false, firstId ?? 0]

  const server = await serveApi(faults, async (request): Promise<ApiAnswer> => {
    const answered = route(request)
    if (!isRefusal(answered)) return answered
    refusals.push(answered.subcode === undefined ? String(answered.code) : `${answered.code}/${answered.subcode}`)
    return refusalAnswer(answered)
  })

  function route(request: ApiRequest): ApiAnswer | Refusal {
    const [, id = '', edge] =
      /^\/(?:graph\.instagram\.com\/)?(?:v26\.0\/)?([^/]+)(?:\/(.+))?$/.exec(request.url.pathname) ?? []
    // Files lie at open addresses that run out.
    if (id === 'cdn') return bytesAt(edge ?? '')
    const refused = isLogin
      ? (tokens.refused(tokenOf(request) ?? '') ?? null)
      : refusedToken(request, secrets.accessToken, secrets.appSecret, isExpired)
    if (refused) return refused
    if (isLogin && id === 'refresh_access_token') return tokens.renew(request)
    if (id === 'me' && edge === 'messages') return send(jsonOf(request.body))
    if (id === 'me' && edge === 'message_attachments') return upload(request)
    if (id === 'me' && edge === 'subscribed_apps') return subscription(request)
    if (id === 'me') return jsonAnswer(200, isLogin ? { user_id: accountId, username: 'shop' } : me[product])
    if (product === 'instagram') {
      const answered = posts.answer(id === accountId ? 'account' : id, edge, request)
      if (answered) return answered
    }
    return person(id)
  }

  function send(body: JsonObject): ApiAnswer | Refusal {
    const checked = checkBody(product, body)
    if (isRefusal(checked)) return checked
    const { recipient } = checked
    if ('comment_id' in recipient)
      return 'message' in checked
        ? privately(recipient.comment_id, checked.message)
        : refuse(100, 'Invalid parameter: recipient')
    const { id } = recipient
    const to = [...customers.values()].find((one) => one.id === id)
    if (!to) return { ...refuse(100, 'No matching user found'), subcode: nobody[product] }
    if ('sender_action' in checked) {
      if (checked.sender_action === 'mark_seen') for (const one of to.screen) if (one.mine) one.seen = true
      if ('payload' in checked) return react(to, checked.payload)
      if (checked.sender_action === 'typing_on') to.typingUntil = now().getTime() + 20_000
      return jsonAnswer(200, { recipient_id: id })
    }
    if (!take()) return refuse(613, 'Calls to this api have exceeded the rate limit', 429)
    const age = now().getTime() - to.wroteAt
    const isTagged = checked.messaging_type === 'MESSAGE_TAG'
    if (isTagged && !humanAgent) return refuse(200, 'The Human Agent feature is not approved', 403)
    if (age > (isTagged ? 7 * day : day)) {
      return { ...refuse(10, 'This message is sent outside of allowed window.'), subcode: windowShut[product] }
    }
    if (to.blocks) return { ...refuse(551, 'This person isn’t available right now.'), subcode: 1_545_041 }
    const { message } = checked
    const file = 'attachment' in message ? message.attachment.payload : null
    if (file && 'attachment_id' in file && !uploads.has(file.attachment_id)) {
      return { ...refuse(100, 'Upload attachment failure'), subcode: 2_018_047 }
    }
    return took(to, message)
  }

  /** Once for each comment, within seven days; the window stays as it is. */
  function privately(id: string, message: SentMessage): ApiAnswer | Refusal {
    const to = posts.answerPrivately(id)
    if (isRefusal(to)) return to
    return to.blocks
      ? { ...refuse(551, 'This person isn’t available right now.'), subcode: 1_545_041 }
      : took(to, message)
  }

  function react(to: Customer, { message_id: target, reaction }: { message_id: string; reaction?: string }) {
    const bubble = to.screen.find((one) => one.mine && one.id === target)
    if (!bubble) return refuse(100, 'Invalid parameter: message_id')
    if (now().getTime() - to.wroteAt > day)
      return { ...refuse(10, 'This message is sent outside of allowed window.'), subcode: windowShut[product] }
    if (product === 'instagram' && reaction !== undefined && reaction !== 'love')
      return refuse(100, 'Invalid parameter: reaction')
    bubble.reaction = reaction === 'love' ? '❤️' : reaction
    return jsonAnswer(200, { recipient_id: to.id })
  }

  function took(to: Customer, message: SentMessage): ApiAnswer {
    const mid = newId()
    to.typingUntil = 0
    to.screen.push({ id: mid, mine: false, at: now().toISOString(), seen: false, ...shownOf(message) })
    const { metadata } = message
    // Instagram knows no metadata.
    const ours = {
      mid,
      is_echo: true,
      app_id: Number(appId),
      ...(metadata && product === 'messenger' ? { metadata } : {}),
    }
    void tell({ sender: accountId, recipient: to.id }, { message: { ...ours, ...echoOf(message, urlOf) } }, to.id)
    if (product === 'messenger') {
      void tell(
        { sender: to.id, recipient: accountId },
        { delivery: { mids: [mid], watermark: now().getTime() } },
        to.id,
      )
    }
    return jsonAnswer(200, { recipient_id: to.id, message_id: mid })
  }

  function upload(request: ApiRequest): ApiAnswer | Refusal {
    const { fields, file } = readMultipart(request)
    const { type } = z
      .object({ attachment: z.object({ type: z.string() }) })
      .safeParse(jsonOf(Buffer.from(fields.message ?? ''))).data?.attachment ?? { type: '' }
    if (!file || product === 'instagram') return { ...refuse(100, 'Upload attachment failure'), subcode: 2_018_047 }
    if (type !== 'file' && !file.mime.startsWith(`${type}/`)) {
      return { ...refuse(100, `The type ${file.mime} is not of ${type}`), subcode: 2_018_047 }
    }
    if (file.bytes.length > 25 * 1_048_576) return { ...refuse(100, 'Attachment is too large'), subcode: 2_018_109 }
    return jsonAnswer(200, { attachment_id: keep(file.bytes, file.mime) })
  }

  function keep(bytes: Buffer, mime: string): string {
    const id = String(1_857_777_774_000_000 + uploads.size)
    uploads.set(id, { bytes, mime, expiresAt: now().getTime() + mediaMs })
    return id
  }
  const urlOf = (id: string): string => `${server.url}/cdn/${id}`

  function bytesAt(id: string): ApiAnswer {
    const file = uploads.get(id)
    return file && file.expiresAt > now().getTime()
      ? { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
      : { status: 403, body: 'URL signature expired' }
  }

  function subscription({ method, url }: ApiRequest): ApiAnswer {
    if (method === 'POST') subscribed = url.searchParams.get('subscribed_fields') ?? ''
    if (method === 'DELETE') subscribed = ''
    if (method !== 'GET') return jsonAnswer(200, { success: true })
    return jsonAnswer(200, { data: subscribed ? [{ id: appId, subscribed_fields: subscribed.split(',') }] : [] })
  }

  function person(id: string): ApiAnswer | Refusal {
    const known = [...customers.values()].find((one) => one.id === id)
    if (!known) return { ...refuse(100, 'Object does not exist'), subcode: 33 }
    return product === 'messenger'
      ? jsonAnswer(200, { id, first_name: known.name, last_name: 'Smith', locale: 'zh_CN' })
      : jsonAnswer(200, { id, name: `${known.name} Smith`, username: known.name.toLowerCase() })
  }

  const newId = (): string => `m_${Buffer.from(`${product}${++count}`).toString('base64url')}`
  async function tell(between: { sender: string; recipient: string }, said: object, key: string): Promise<void> {
    const { sender, recipient } = between
    const item = { sender: { id: sender }, recipient: { id: recipient }, timestamp: now().getTime(), ...said }
    await deliver({ messaging: [item] }, key)
  }
  async function deliver(entry: object, key: string): Promise<void> {
    if (!callbackUrl) return
    const object = product === 'messenger' ? 'page' : 'instagram'
    const time = Math.floor(now().getTime() / (product === 'messenger' ? 1 : 1000))
    const delivery = signedDelivery(
      callbackUrl,
      { object, entry: [{ id: accountId, time, ...entry }] },
      secrets.appSecret,
    )
    // Deliveries of one customer come in order unless disorder is asked for.
    await deliverer.send(delivery, faults.shuffleMs > 0 ? undefined : key)
  }

  function customerOf(name: string): Customer {
    const place = firstId === undefined ? customers.size : numberOf(name, 999_999_999)
    const id = String(6_789_000_000_000_001n + BigInt(place))
    const known = customers.get(name) ?? { id, name, wroteAt: 0, typingUntil: 0, blocks: false, screen: [] }
    customers.set(name, known)
    return known
  }
  const keepAt = (bytes: Buffer, mime: string): string => urlOf(keep(bytes, mime))
  const world = { product, accountId, now, newId, tell, deliver, keepAt, posts }
  const ids = product === 'messenger' ? { pageId: accountId } : { accountId }
  return {
    config: { ...ids, appId, ...secrets, apiUrl: `${server.url}${isLogin ? '/graph.instagram.com' : ''}/v26.0` },
    pointTo: (url) => void (callbackUrl = url),
    phone: (name) => createMessagingPhone(customerOf(name), world),
    faults,
    refusals,
    comments: posts.comments,
    settled: () => deliverer.settled(),
    async stop() {
      deliverer.stop()
      await server.stop()
    },
    expireToken: () => void (isExpired = true),
    renewToken: () => void (isExpired = false),
    file: (id) => uploads.get(id),
    typingUntil: (name) => customerOf(name).typingUntil,
  }
}

const me = {
  messenger: { id: accountId, name: 'Shop' },
  instagram: { id: '1', name: 'Shop', instagram_business_account: { id: accountId, username: 'shop' } },
}
