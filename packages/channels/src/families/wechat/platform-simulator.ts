import { isObject } from '../../json.ts'
import {
  type ApiRequest,
  createDeliverer,
  type Faults,
  madeSecret,
  noFaults,
  type Phone,
  type Said,
  serveApi,
  type Shown,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator.ts'
import { createCallbacks } from './platform-callbacks.ts'
import {
  createAllowances,
  createMedia,
  createTokens,
  madeAesKey,
  ok,
  shown,
  unionOf,
  uploadDoubt,
  uploadedFile,
  type Uploads,
  type XmlFields,
} from './simulator.ts'
import { textIn } from './words.ts'

/** api.weixin.qq.com with one account and its customers; official accounts and mini programs say how they differ. */

export interface PlatformOptions extends SimulatorOptions {
  tokenSeconds?: number
  encryption?: 'plain' | 'compat' | 'safe'
  format?: 'xml' | 'json'
  /** An account that is not verified has no customer service API; answers to calls are all that it has. */
  verified?: boolean
}
export interface Customer extends Phone {
  screen: Shown[]
  allowances: ReturnType<typeof createAllowances>
  following: boolean
  unionId: string
  /** 消息拒收: messages of the account do not reach the customer. */
  refusing: boolean
  typingUntil: number
  talkedAt: number
}
export type Body = Readonly<Record<string, unknown>>
type Answer = ReturnType<typeof ok>
export interface World {
  now: () => Date
  customer: (openid: unknown) => Customer | undefined
  /** A message or an event of a customer, to the account. */
  tell: (customer: Customer, fields: XmlFields) => string
  refuse: (code: number, message?: string) => Answer
}
export type Media = Pick<ReturnType<typeof createMedia>, 'find'>
export interface Kind {
  appId: string
  /** What WeChat shows when nobody takes a message in time, or the answer is none. */
  unavailable: string
  /** The answer to a call may be a message. */
  answers?: true
  uploads: Uploads
  typingPath: string
  doubt: (body: Body, media: Media) => number | null
  show: (body: Body, media: Media) => Omit<Shown, 'at' | 'id' | 'mine'>
  /** Fields of what a customer says; null for what cannot be said here. */
  contentOf: (said: Said, mediaId: string, url: string) => XmlFields | null
  /** False for acts that are not known. */
  act: (customer: Customer, act: string, detail: string, world: World) => boolean
  menu?: NonNullable<Simulator['menu']>
  /** Other paths of the API. */
  handle: (path: string, body: Body, world: World) => Answer | null
}
export interface PlatformSimulator extends Simulator {
  /** The next call that is not for a token is refused with this code. */
  refuseNext(code: number): void
  revokeTokens(): void
}

export const twoDaysMs = 172_800_000

export async function startPlatform(kind: Kind, options: PlatformOptions = {}): Promise<PlatformSimulator> {
  const { now = () => new Date(), firstId = 0, encryption = 'safe', format = 'xml', verified = true } = options
  const [secret, token, aesKey] = [madeSecret(), madeSecret(), madeAesKey()]
  const faults: Faults = noFaults()
  const tokens = createTokens(now, options.tokenSeconds ?? 7200)
  const media = createMedia(now)
  // Three tries in all, the next as soon as one fails.
  const deliverer = createDeliverer(faults, [0, 0])
  const seconds = (): number => Math.floor(now().getTime() / 1000)
  const callbacks = createCallbacks(
    { appId: kind.appId, token, aesKey, encryption, format, firstId },
    deliverer,
    faults,
    seconds,
  )
  const customers = new Map<string, Customer>()
  const refusals: string[] = []
  const planned: number[] = []

  const refuse = (code: number, message = 'refused'): Answer => {
    refusals.push(String(code))
    return ok({ errcode: code, errmsg: `${message} rid: 65f0a1b2-1a2b3c4d-${code}` })
  }
  const world: World = {
    now,
    refuse,
    customer: (openid) => (typeof openid === 'string' ? customers.get(openid) : undefined),
    tell: (customer, fields) =>
      callbacks.tell(customer.address, fields, (answer) => {
        if (answer?.kind === 'nothing') return
        const doubt = answer?.kind === 'message' && kind.answers ? answerDoubt(answer.body) : -1
        const message = answer?.kind === 'message' && doubt === null ? kind.show(answer.body, media) : unavailable
        customer.screen.push(shown(now, { id: callbacks.nextId(), mine: false, ...message }))
      }),
  }
  const unavailable = { type: 'system', text: kind.unavailable }
  /** As of any message, and pictures that move are none. */
  function answerDoubt(body: Body): number | null {
    const held = body[textIn(body.msgtype)]
    const moves = isObject(held) && media.find(textIn(held.media_id))?.mime === 'image/gif'
    return moves ? 40_005 : kind.doubt(body, media)
  }

  const api = await serveApi(faults, (request) => {
    const path = request.url.pathname.slice(1)
    const query = request.url.searchParams
    if (path === 'cgi-bin/stable_token') return giveToken(bodyOf(request))
    if (path.startsWith('files/')) return fileAt(path.slice('files/'.length))
    const doubt = tokens.doubt(query.get('access_token')) ?? planned.shift() ?? null
    if (doubt !== null) return refuse(doubt)
    switch (path) {
      case 'cgi-bin/get_api_domain_ip':
        return ok({ ip_list: ['127.0.0.1'] })
      case 'cgi-bin/media/upload':
        return uploaded(request)
      case 'cgi-bin/media/get':
        return mediaById(query.get('media_id'))
      case 'cgi-bin/message/custom/send':
        if (!verified) return refuse(48_001, 'api unauthorized')
        return sent(bodyOf(request), request.body.toString())
      case kind.typingPath:
        return typing(bodyOf(request))
      default: {
        const fields = { ...bodyOf(request), ...Object.fromEntries(query) }
        return kind.handle(path, fields, world) ?? refuse(40_066, 'invalid url')
      }
    }
  })

  function giveToken({ grant_type: grant, appid, secret: given }: Body) {
    if (grant !== 'client_credential') return refuse(40_002, 'invalid grant_type')
    if (appid !== kind.appId) return refuse(40_013, 'invalid appid')
    return given === secret ? ok(tokens.give()) : refuse(40_125, 'invalid appsecret')
  }
  async function uploaded(request: ApiRequest) {
    const type = request.url.searchParams.get('type') ?? ''
    const file = await uploadedFile(request)
    const doubt = uploadDoubt(type, file, kind.uploads)
    if (doubt !== null || !file) return refuse(doubt ?? 41_005, 'invalid media')
    const id = media.keep({ ...file, type })
    return ok({ type, [type === 'thumb' ? 'thumb_media_id' : 'media_id']: id, created_at: seconds() })
  }
  function mediaById(id: string | null) {
    const found = media.find(id)
    if (!found) return refuse(40_007, 'invalid media_id')
    return found.type === 'video' ? ok({ video_url: `${api.url}/files/${id}` }) : fileAt(id ?? '')
  }
  function fileAt(id: string) {
    const found = media.find(id)
    if (!found) return { status: 404, body: '' }
    const headers = { 'content-type': found.mime, 'content-disposition': `attachment; filename="${found.name}"` }
    return { status: 200, headers, body: found.bytes }
  }
  function sent(body: Body, raw: string) {
    const customer = world.customer(body.touser)
    if (!customer) return refuse(40_003, 'invalid openid')
    if (/\\u[0-9a-f]{4}/iu.test(raw)) return refuse(40_033, 'invalid charset')
    const doubt = kind.doubt(body, media)
    if (doubt !== null) return refuse(doubt)
    if (!customer.following) return refuse(45_015, 'response out of time limit or subscription is canceled')
    if (customer.refusing) return refuse(48_002, 'user block message')
    const shut = customer.allowances.use()
    if (shut === 'closed') return refuse(45_015, 'response out of time limit or subscription is canceled')
    if (shut === 'used') return refuse(45_047, 'out of response count limit')
    customer.typingUntil = 0
    customer.talkedAt = now().getTime()
    customer.screen.push(shown(now, { id: callbacks.nextId(), mine: false, ...kind.show(body, media) }))
    return ok({ errcode: 0, errmsg: 'ok' })
  }
  function typing({ touser, command }: Body) {
    const customer = world.customer(touser)
    if (!customer) return refuse(40_003, 'invalid openid')
    if (command !== 'Typing' && command !== 'CancelTyping') return refuse(45_072, 'invalid command')
    const at = now().getTime()
    if (at - customer.talkedAt > 30_000) return refuse(45_080, 'need sending message to user in the last 30seconds')
    if (command === 'Typing' && at < customer.typingUntil) return refuse(45_081, 'already in typing')
    customer.typingUntil = command === 'Typing' ? at + 15_000 : 0
    return ok({ errcode: 0, errmsg: 'ok' })
  }

  function phone(name: string): Customer {
    const address = `o${Buffer.from(name).toString('hex').padEnd(27, '0').slice(0, 27)}`
    const known = customers.get(address)
    if (known) return known
    const customer: Customer = {
      address,
      screen: [],
      allowances: createAllowances(now),
      following: true,
      unionId: unionOf(name),
      refusing: false,
      typingUntil: 0,
      talkedAt: Number.NEGATIVE_INFINITY,
      async say(said) {
        const type = said.type === 'audio' ? 'voice' : said.type
        const id =
          'bytes' in said ? media.keep({ bytes: said.bytes, mime: said.mime, name: said.name ?? said.type, type }) : ''
        const fields = kind.contentOf(said, id, `${api.url}/files/${id}`)
        if (!fields) throw new Error(`Nobody can send ${said.type} here`)
        customer.allowances.allow('message', twoDaysMs, 5)
        return write(customer, fields, 'text' in said ? said.text : said.type, said.type)
      },
      async act(act) {
        const [word = '', ...rest] = act.split(':')
        const detail = rest.join(':')
        if (word === 'press') press(customer, detail)
        else if (word === 'refuse' || word === 'allow') customer.refusing = word === 'refuse'
        else if (!kind.act(customer, word, detail, world)) throw new Error(`There is no act ${act}`)
      },
      read: async () => undefined,
    }
    customers.set(address, customer)
    return customer
  }
  function press(customer: Customer, detail: string): void {
    const choice = customer.screen.flatMap(({ choices = [] }) => choices).findLast(({ id }) => id === detail)
    if (!choice) throw new Error('There is nothing of that id to press')
    // A choice opens what a click in the menu opens, not what a message does.
    customer.allowances.allow('click', 60_000, 3)
    write(customer, { MsgType: 'text', Content: choice.label, bizmsgmenuid: detail }, choice.label, 'text')
  }
  function write(customer: Customer, fields: XmlFields, text: string, type: string): string {
    customer.talkedAt = now().getTime()
    const id = world.tell(customer, fields)
    customer.screen.push(shown(now, { id, mine: true, text, type }))
    return id
  }

  return {
    config: {
      ...(verified ? {} : { api: 'passive' }),
      appId: kind.appId,
      secret,
      token,
      encryption,
      aesKey,
      apiUrl: api.url,
    },
    pointTo: callbacks.pointTo,
    phone,
    faults,
    refusals,
    ...(kind.menu ? { menu: kind.menu } : {}),
    refuseNext: (code) => void planned.push(code),
    revokeTokens: () => tokens.revoke(),
    expireToken: () => tokens.revoke(),
    file: (id) => media.find(id),
    settled: () => deliverer.settled(),
    async stop() {
      deliverer.stop()
      await api.stop()
    },
  }
}

function bodyOf({ body }: ApiRequest): Body {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}')
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
