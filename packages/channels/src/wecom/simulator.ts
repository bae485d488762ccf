import { isObject } from '../json.ts'
import {
  type ApiRequest,
  createDeliverer,
  type Faults,
  madeSecret,
  noFaults,
  type Said,
  serveApi,
  type Simulator,
  type SimulatorOptions,
} from '../simulator.ts'
import {
  createMedia,
  createTokens,
  madeAesKey,
  ok,
  shown,
  unionOf,
  uploadDoubt,
  uploadedFile,
  uploadLimits,
} from '../families/wechat/simulator.ts'
import { textIn } from '../families/wechat/words.ts'
import { type Body, messageDoubt, shownOf } from './simulator-rules.ts'
import { createSessions, type Customer } from './simulator-sessions.ts'

/**
 * Customer service of WeCom with one account. Acts: `enter`, `enter:SCENE?PARAM`, `open:LINK`, `press:OPTION`, `recall`, `refuse`,
 * `allow`, `servicer:WORDS` (a colleague answers in WeCom), `servicer-recall`, `end`, `product`, `order`, `card`.
 */
export interface WeComOptions extends SimulatorOptions {
  tokenSeconds?: number
  pageSize?: number
}
export interface WeComSimulator extends Simulator {
  /** The next call that is not for a token, or the next one of this path, is refused with this code. */
  refuseNext(code: number, path?: string): void
  revokeTokens(): void
}

const owner = { corpId: 'ww0123456789abcdef', openKfId: 'wkAJ2GCAAASSm4Fh' }
const uploads = {
  ...uploadLimits,
  image: { ...uploadLimits.image, mimes: ['image/jpeg', 'image/png'], bytes: 10 * 1_048_576 },
  voice: { ...uploadLimits.voice, mimes: ['audio/amr'] },
}
const twoDays = 172_800_000
/** From which state a call leads to which. */
const moves: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 3, 4], 1: [2, 3, 4], 2: [3, 4], 3: [3, 4] }

export async function startSimulator(options: WeComOptions = {}): Promise<WeComSimulator> {
  const { now = () => new Date(), firstId = 0, pageSize = 1000 } = options
  const account = { ...owner, token: madeSecret(), aesKey: madeAesKey() }
  const secret = madeSecret()
  const faults: Faults = noFaults()
  const tokens = createTokens(now, options.tokenSeconds ?? 7200)
  const media = createMedia(now)
  const deliverer = createDeliverer(faults, [0, 0])
  const sessions = createSessions(account, deliverer, now, { pageSize, firstId })
  const customers = new Map<string, Customer>()
  const codes = new Map<string, { customer: Customer; until: number }>()
  const sentIds = new Set<string>()
  const refusals: string[] = []
  const planned: { code: number; path: string | undefined }[] = []
  const plannedFor = (path: string): number | null => {
    const at = planned.findIndex((one) => one.path === undefined || one.path === path)
    return at < 0 ? null : (planned.splice(at, 1)[0]?.code ?? null)
  }
  let last = firstId

  const refuse = (code: number, words = 'refused') => {
    refusals.push(String(code))
    const more = `hint: [1645025097593810238423219], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${code}`
    return ok({ errcode: code, errmsg: `${words}, ${more}` })
  }
  const api = await serveApi(faults, (request) => {
    const path = request.url.pathname.slice('/cgi-bin/'.length)
    const query = request.url.searchParams
    if (path === 'gettoken') return giveToken(query)
    const doubt = tokens.doubt(query.get('access_token')) ?? plannedFor(path)
    if (doubt !== null) return refuse(doubt)
    if (path === 'media/upload') return uploaded(request, query.get('type') ?? '')
    if (path === 'media/get') return fileAt(query.get('media_id'))
    const body = bodyOf(request)
    switch (path) {
      case 'kf/sync_msg': {
        const page = sessions.page(body)
        return typeof page === 'number' ? refuse(page) : ok(page)
      }
      case 'kf/send_msg':
        return sent(body)
      case 'kf/send_msg_on_event':
        return sentOnEvent(body)
      case 'kf/service_state/get': {
        const customer = customers.get(textIn(body.external_userid))
        if (!customer) return refuse(40_096)
        lapse(customer)
        return ok({
          errcode: 0,
          service_state: customer.state,
          servicer_userid: customer.state === 3 ? 'zhangsan' : '',
        })
      }
      case 'kf/service_state/trans':
        return moved(body)
      case 'kf/account/list': {
        const own = { open_kfid: account.openKfId, name: '咨询', avatar: '', manage_privilege: true }
        return ok({ errcode: 0, errmsg: 'ok', account_list: [own] })
      }
      case 'kf/add_contact_way': {
        const scene = textIn(body.scene)
        if (body.open_kfid !== account.openKfId) return refuse(95_000, 'invalid open_kfid')
        if (!/^[\w-]{0,32}$/u.test(scene)) return refuse(40_058, 'invalid scene')
        const behind = scene ? `?enc_scene=${Buffer.from(scene).toString('base64url')}` : ''
        return ok({ errcode: 0, errmsg: 'ok', url: `https://work.weixin.qq.com/kf/kfc1${behind}` })
      }
      case 'kf/customer/batchget':
        return profiles(body)
      default:
        return refuse(40_066, 'invalid url')
    }
  })

  function giveToken(query: URLSearchParams) {
    if (query.get('corpid') !== account.corpId) return refuse(40_013, 'invalid corpid')
    return query.get('corpsecret') === secret
      ? ok({ errcode: 0, errmsg: 'ok', ...tokens.give() })
      : refuse(40_001, 'invalid credential')
  }
  async function uploaded(request: ApiRequest, type: string) {
    const file = await uploadedFile(request)
    const doubt = uploadDoubt(type, file, uploads)
    if (doubt !== null || !file || file.bytes.length <= 5) return refuse(doubt ?? 40_006, 'invalid media')
    return ok({ errcode: 0, errmsg: 'ok', type, media_id: media.keep({ ...file, type }), created_at: '1380000000' })
  }
  function fileAt(id: string | null) {
    const found = media.find(id)
    if (!found) return refuse(40_007, 'invalid media_id')
    const headers = { 'content-type': found.mime, 'content-disposition': `attachment; filename="${found.name}"` }
    return { status: 200, headers, body: found.bytes }
  }
  function profiles({ external_userid_list: asked }: Body) {
    const ids = Array.isArray(asked) ? asked.map(textIn) : []
    if (ids.length === 0 || ids.length > 100) return refuse(40_058, 'external_userid_list size')
    const known = ids.flatMap((id) => customers.get(id) ?? [])
    const list = known.map(({ address, name }) => ({
      external_userid: address,
      nickname: name,
      avatar: 'http://wx.qlogo.cn/a',
      gender: 1,
      unionid: unionOf(name),
    }))
    return ok({
      errcode: 0,
      errmsg: 'ok',
      customer_list: list,
      invalid_external_userid: ids.filter((id) => !customers.has(id)),
    })
  }

  function show(customer: Customer, body: Body) {
    const id = textIn(body.msgid) || `sent_${(last += 1)}`
    sentIds.add(id)
    if (customer.refusing) event('msg_send_fail', customer, { fail_msgid: id, fail_type: 10 })
    else customer.screen.push(shown(now, { id, mine: false, ...shownOf(body, media) }))
    return ok({ errcode: 0, errmsg: 'ok', msgid: id })
  }
  function doubtOf(body: Body): ReturnType<typeof refuse> | null {
    const doubt = messageDoubt(body, media)
    if (doubt) return refuse(...doubt)
    return sentIds.has(textIn(body.msgid)) ? refuse(40_058, 'msgid already exists') : null
  }
  function sent(body: Body) {
    const customer = customers.get(textIn(body.touser))
    if (body.open_kfid !== account.openKfId) return refuse(95_000, 'invalid open_kfid')
    if (!customer) return refuse(40_096, 'invalid external userid')
    const doubt = doubtOf(body)
    if (doubt) return doubt
    lapse(customer)
    if (customer.state > 1) return refuse(95_018, 'send msg session status invalid')
    if (customer.left === 0) return refuse(95_001, 'send msg count limit')
    customer.left -= 1
    return show(customer, body)
  }
  function sentOnEvent(body: Body) {
    const code = codes.get(textIn(body.code))
    if (!code || code.until <= now().getTime()) return refuse(95_003, 'invalid code')
    const doubt = doubtOf(body)
    if (doubt) return doubt
    if (body.msgtype !== 'text' && body.msgtype !== 'msgmenu') return refuse(40_008, 'invalid message type')
    codes.delete(textIn(body.code))
    return show(code.customer, body)
  }

  function lapse(customer: Customer): void {
    if (now().getTime() - customer.wroteAt >= twoDays) customer.state = 4
  }

  /** As documented, what a call changes is not told by an event; ending it gives a code for a good-bye. */
  function moved({ open_kfid: id, external_userid: of, service_state: to, servicer_userid: servicer }: Body) {
    const customer = customers.get(textIn(of))
    if (id !== account.openKfId) return refuse(95_000, 'invalid open_kfid')
    if (!customer) return refuse(40_096, 'invalid external userid')
    lapse(customer)
    if (to === 3 && !textIn(servicer)) return refuse(40_058, 'invalid servicer_userid')
    if (typeof to !== 'number' || !moves[customer.state]?.includes(to)) return refuse(95_018, 'session status invalid')
    customer.state = to
    return ok({ errcode: 0, errmsg: 'ok', msg_code: code(customer, to === 4 ? 20_000 : twoDays) })
  }

  const event = (type: string, { address }: Customer, more: Body) =>
    sessions.add({
      origin: 4,
      msgtype: 'event',
      event: { event_type: type, open_kfid: account.openKfId, external_userid: address, ...more },
    })
  const code = (customer: Customer, ms: number): string => {
    const value = `CODE${(last += 1)}`
    codes.set(value, { customer, until: now().getTime() + ms })
    return value
  }
  function write(customer: Customer, origin: 3 | 5, message: Body, words: string, type: string): string {
    if (origin === 3) {
      Object.assign(customer, { wroteAt: now().getTime(), left: 5 })
      if (customer.state === 4) customer.state = 0
    }
    const servicer = origin === 5 ? { servicer_userid: 'zhangsan' } : {}
    const whose = { open_kfid: account.openKfId, external_userid: customer.address, origin, ...servicer }
    const id = sessions.add({ ...whose, ...message })
    customer.screen.push(shown(now, { id, mine: origin === 3, text: words, type }))
    return id
  }

  function enter(customer: Customer, scene: string, parameter: string): void {
    const at = now().getTime()
    // Not for those who were greeted within 48 hours, nor for those who are talking.
    const greets = customer.state === 4 && at - customer.welcomedAt >= twoDays
    if (greets) customer.welcomedAt = at
    const link = { scene, ...(parameter ? { scene_param: encodeURIComponent(parameter) } : {}) }
    event('enter_session', customer, { ...link, ...(greets ? { welcome_code: code(customer, 20_000) } : {}) })
  }

  const by = (whose: 'old' | 'new') => ({ [`${whose}_servicer_userid`]: 'zhangsan' })
  const acts: Readonly<Record<string, (customer: Customer, detail: string) => unknown>> = {
    enter(customer, detail) {
      const [scene = '', parameter = ''] = detail.split('?')
      enter(customer, scene, parameter)
    },
    open(customer, link) {
      const { searchParams: query } = new URL(link)
      const scene = Buffer.from(query.get('enc_scene') ?? '', 'base64url').toString()
      // Without a scene nothing that was put behind the link comes back.
      enter(customer, scene, scene ? (query.get('scene_param') ?? '') : '')
    },
    press(customer, option) {
      const choice = customer.screen.flatMap(({ choices = [] }) => choices).findLast(({ id }) => id === option)
      if (!choice) throw new Error('There is nothing of that id to press')
      const text = { content: choice.label, menu_id: option }
      write(customer, 3, { msgtype: 'text', text }, choice.label, 'text')
    },
    recall(customer) {
      event('user_recall_msg', customer, { recall_msgid: customer.screen.findLast(({ mine }) => mine)?.id })
    },
    refuse: (customer) => (customer.refusing = true),
    allow: (customer) => (customer.refusing = false),
    servicer(customer, content) {
      if (customer.state !== 3) {
        event('session_status_change', customer, { change_type: customer.state === 4 ? 4 : 1, ...by('new') })
        customer.state = 3
      }
      write(customer, 5, { msgtype: 'text', text: { content } }, content, 'text')
    },
    'servicer-recall'(customer) {
      event('servicer_recall_msg', customer, { recall_msgid: customer.screen.findLast(({ mine }) => !mine)?.id })
    },
    end(customer) {
      customer.state = 4
      event('session_status_change', customer, { change_type: 3, ...by('old'), msg_code: code(customer, 20_000) })
    },
    product(customer) {
      const product = { product_id: '42', head_image: 'https://wx.qlogo.cn/p', title: '龙井茶', sales_price: '12800' }
      write(customer, 3, { msgtype: 'channels_shop_product', channels_shop_product: product }, '龙井茶', 'product')
    },
    order(customer) {
      const order = { order_id: '3704', product_titles: '龙井茶', price_wording: '¥128.00', state: '待收货' }
      write(customer, 3, { msgtype: 'channels_shop_order', channels_shop_order: order }, '3704', 'order')
    },
    card(customer) {
      write(customer, 3, { msgtype: 'business_card', business_card: { userid: 'lisi' } }, 'lisi', 'card')
    },
  }

  return {
    config: { ...account, secret, apiUrl: api.url },
    pointTo: sessions.pointTo,
    faults,
    refusals,
    refuseNext: (refusal, path) => void planned.push({ code: refusal, path }),
    revokeTokens: () => tokens.revoke(),
    expireToken: () => tokens.revoke(),
    file: (id) => media.find(id),
    settled: () => deliverer.settled(),
    async stop() {
      deliverer.stop()
      await api.stop()
    },
    phone(name) {
      const address = `wm${Buffer.from(name).toString('hex').padEnd(30, '0').slice(0, 30)}`
      const known = customers.get(address)
      if (known) return known
      const customer: Customer = {
        name,
        address,
        screen: [],
        state: 4,
        wroteAt: Number.NEGATIVE_INFINITY,
        left: 0,
        welcomedAt: Number.NEGATIVE_INFINITY,
        refusing: false,
        async say(said) {
          return write(customer, 3, contentOf(said, media), 'text' in said ? said.text : said.type, said.type)
        },
        async act(act) {
          const [word = '', ...rest] = act.split(':')
          const run = acts[word]
          if (!run) throw new Error(`There is no act ${act}`)
          run(customer, rest.join(':'))
        },
        read: async () => undefined,
      }
      customers.set(address, customer)
      return customer
    },
  }
}

function contentOf(said: Said, media: ReturnType<typeof createMedia>): Body {
  if (said.type === 'text') return { msgtype: 'text', text: { content: said.text } }
  if (said.type === 'location') {
    const { latitude, longitude, title: name = '' } = said
    return { msgtype: 'location', location: { latitude, longitude, name, address: '' } }
  }
  const type = said.type === 'audio' ? 'voice' : said.type
  const id = media.keep({ bytes: said.bytes, mime: said.mime, name: said.name ?? said.type, type })
  return { msgtype: type, [type]: { media_id: id } }
}

function bodyOf({ body }: ApiRequest): Body {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}')
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
