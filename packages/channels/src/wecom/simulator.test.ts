import type { MessageContent } from '@qiao/protocol'
import { afterEach, expect, test } from 'vitest'
import { sampleContents } from '../conformance-contents.ts'
import type { RawEvent } from '../contract.ts'
import type { EventOf } from '../events.ts'
import type { Json } from '../json.ts'
import { noFaults, serveApi } from '../simulator.ts'
import { testContext } from '../test-context.ts'
import { unionOf } from '../families/wechat/simulator.ts'
import { config } from './config.ts'
import { wecom } from './index.ts'
import { startSimulator, type WeComOptions } from './simulator.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

const mimes = new Map<string, string>()
/** Pulls when it is called, as the server does: one at a time, with events and cursor kept together. */
async function connected(options: WeComOptions & { welcome?: string } = {}) {
  const { now = () => new Date(), welcome, ...others } = options
  const simulator = await startSimulator({ now, ...others })
  const account = config.parse({ ...simulator.config, ...(welcome ? { welcome } : {}) })
  const context = testContext(account, {
    now,
    attachment: async (id) => ({
      bytes: Buffer.from(`bytes of ${id}`),
      mime: mimes.get(id) ?? 'image/jpeg',
      name: 'a',
    }),
  })
  const hints: Json[] = []
  const server = await serveApi(noFaults(), ({ method, url, headers, body }) => {
    const request = { method, url: new URL(url.pathname + url.search, server.url), headers, body }
    const accepted = wecom.webhook?.accept(request, account, now())
    if (accepted?.kind === 'accepted' && accepted.pull) hints.push(accepted.hint ?? null)
    return accepted?.response ?? { status: 404, body: '' }
  })
  simulator.pointTo(`${server.url}/callback`)
  running.push(simulator, server)
  const taken: RawEvent[] = []
  let state: Json = null
  let pages = 0
  async function pulled() {
    await simulator.settled()
    const hint = hints.at(-1)
    for (let more = true; more;) {
      const result = await wecom.pull?.fetch(state, context, hint)
      if (result?.kind !== 'fetched') throw new Error(JSON.stringify(result))
      pages += 1
      taken.push(...result.events)
      state = result.state
      more = result.more
    }
  }
  const events = () => taken.flatMap(({ data }) => wecom.normalise(data, account))
  const of = <Kind extends EventOf<'message' | 'acted' | 'receipt' | 'echo' | 'recalled' | 'session'>['kind']>(
    kind: Kind,
  ) => events().filter((event): event is EventOf<Kind> => event.kind === kind)
  const send = async (
    to: string,
    content: MessageContent,
    key = `key-${Math.random()}`,
    act: 'send' | 'reconcile' = 'send',
  ) => {
    const rendered = wecom.render({ to, content, window: 'open', links: {} }, account)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const results = []
    for (const [at, part] of rendered.parts.entries())
      results.push(await wecom[act]?.(part, { ...context, idempotencyKey: `${key}-${at}` }))
    return results
  }
  return { simulator, context, account, send, pulled, events, of, taken, hints, pages: () => pages }
}
const text = (words: string): MessageContent => ({ type: 'text', text: words, markup: 'none' })
const accepted = { kind: 'accepted', messageId: expect.stringMatching(/^[0-9a-f]{32}$/u) }
const rejected = (code: string) => ({ kind: 'rejected', problem: { code } })

test('a conversation: pages of what waits, a menu whose press comes back, recalls, a colleague in WeCom', async () => {
  let now = new Date()
  const { simulator, pulled, send, of, pages, taken } = await connected({ pageSize: 2, now: () => now })
  const phone = simulator.phone('李雷')
  await phone.act('enter:123?a=1')
  for (const words of ['在吗', '？', '！']) await phone.say({ type: 'text', text: words })
  await pulled()
  expect(pages()).toBe(2)
  expect(of('acted')).toMatchObject([{ act: 'enter', parameter: '123?a=1', from: { address: phone.address } }])
  expect(of('message').map(({ content }) => 'text' in content && content.text)).toEqual(['在吗', '？', '！'])
  const menu: MessageContent = { type: 'menu', text: '请选择', style: 'list', options: [{ id: 'a', label: '退货' }] }
  expect(await send(phone.address, menu)).toEqual([accepted])
  // The code of entering is no longer good.
  now = new Date(now.getTime() + 20_000)
  await phone.act('press:a')
  await phone.act('recall')
  await phone.act('servicer:我来处理')
  await phone.act('servicer-recall')
  await pulled()
  const pressed = of('message').at(-1)
  expect(pressed).toMatchObject({ choice: 'a', content: { text: '退货' } })
  expect(of('echo')).toMatchObject([{ ours: false, content: { text: '我来处理' } }])
  expect(of('recalled').map(({ messageId }) => messageId)).toEqual([pressed?.id, of('echo')[0]?.id])
  expect(await send(phone.address, text('您好'))).toMatchObject([rejected('held-elsewhere')])
  expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length)
  expect(taken.every(({ orderKey }) => orderKey === phone.address)).toBe(true)
})

test('files go both ways, until three days are over', async () => {
  let now = new Date()
  const { simulator, pulled, of, send, context } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'image', bytes: Buffer.from('pixels'), mime: 'image/jpeg' })
  await phone.say({ type: 'audio', bytes: Buffer.from('sounds'), mime: 'audio/amr' })
  await phone.say({ type: 'file', bytes: Buffer.from('pages!'), mime: 'application/pdf', name: 'a.pdf' })
  await phone.say({ type: 'location', latitude: 31.2, longitude: 121.4, title: '外滩' })
  for (const act of ['product', 'order', 'card']) await phone.act(act)
  await pulled()
  const kinds = ['image', 'audio', 'file', 'location', 'product', 'order', 'unsupported']
  expect(of('message').map(({ content }) => content.type)).toEqual(kinds)
  const media = of('message').flatMap(({ content }) => ('media' in content ? content.media : []))
  for (const [at, bytes] of ['pixels', 'sounds', 'pages!'].entries()) {
    const fetched = await wecom.fetchMedia?.(media[at] ?? {}, context)
    expect(fetched).toMatchObject({ kind: 'fetched', bytes: Buffer.from(bytes) })
  }
  for (const content of sampleContents) {
    if (!('attachment' in content) || !content.attachment) continue
    mimes.set(content.attachment.id, content.attachment.mime)
    expect(await send(phone.address, content)).toEqual([accepted])
  }
  expect(phone.screen.slice(-4).map(({ type }) => type)).toEqual(['image', 'audio', 'video', 'file'])
  now = new Date(now.getTime() + 3 * 86_400_000)
  const late = await wecom.fetchMedia?.(media[0] ?? {}, context)
  expect(late).toMatchObject({ kind: 'gone', problem: { code: 'media-gone' } })
})

const withoutFiles = sampleContents.filter((content) => !('attachment' in content))
test.each(withoutFiles)('$type is taken as we render it', async (content) => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  const results = await send(phone.address, content)
  expect(results).toEqual(results.map(() => accepted))
  expect(simulator.refusals).toEqual([])
})

test('windows and counts: five in two days, then nothing', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { simulator, send, pulled, of } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  expect(await send(phone.address, text('0'))).toMatchObject([rejected('window-closed')])
  await phone.say({ type: 'text', text: 'Hello' })
  for (const words of ['1', '2', '3', '4', '5']) expect(await send(phone.address, text(words))).toEqual([accepted])
  expect(await send(phone.address, text('6'))).toMatchObject([rejected('quota-used')])
  await phone.say({ type: 'text', text: 'Hello?' })
  await phone.act('refuse')
  const [sent] = await send(phone.address, text('7'))
  expect(sent).toEqual(accepted)
  await pulled()
  const messageId = sent?.kind === 'accepted' ? sent.messageId : null
  expect(of('receipt')).toMatchObject([{ state: 'failed', messageId, problem: { code: 'opted-out' } }])
  now = new Date(now.getTime() + 48 * 3_600_000)
  expect(await send(phone.address, text('8'))).toMatchObject([rejected('window-closed')])
  expect(await send('wmNobody', text('Hello'))).toMatchObject([rejected('address-unknown')])
})

test('a link brings its parameter back, and nothing else', async () => {
  const { simulator, pulled, of, context } = await connected()
  const entrance = await wecom.entrance?.('bind_a-1', context)
  if (!entrance || !('url' in entrance)) throw new Error(JSON.stringify(entrance))
  expect(entrance).toEqual({ url: expect.stringContaining('scene_param=bind_a-1'), as: 'link', endsAt: null })
  await simulator.phone('Li').act(`open:${entrance.url}`)
  await simulator.phone('Han').act(`open:${new URL('?scene_param=bind_a-1', entrance.url).href}`)
  await pulled()
  expect(of('acted').map(({ parameter }) => parameter)).toEqual(['bind_a-1', undefined])
  simulator.refuseNext(48_002)
  expect(await wecom.entrance?.('a', context)).toMatchObject({ code: 'not-permitted' })
})

test('a welcome by the code of the event: within twenty seconds, once, then not for two days', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { simulator, send, pulled, context } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.act('enter')
  await pulled()
  expect(await send(phone.address, text('欢迎'))).toEqual([accepted])
  expect(await send(phone.address, text('欢迎'))).toMatchObject([rejected('window-closed')])
  expect(phone.screen.map((one) => one.text)).toEqual(['欢迎'])
  await phone.act('enter')
  await pulled()
  expect(await send(phone.address, text('欢迎'))).toMatchObject([rejected('window-closed')])
  now = new Date(now.getTime() + 48 * 3_600_000)
  await phone.act('enter')
  now = new Date(now.getTime() + 20_000)
  await pulled()
  expect(await send(phone.address, text('欢迎'))).toMatchObject([rejected('window-closed')])
  await phone.say({ type: 'text', text: 'Hello' })
  await phone.act('end')
  await pulled()
  expect(await send(phone.address, text('再见'))).toEqual([accepted])
  expect(JSON.stringify(context.logged)).not.toContain('CODE')
})

test('a welcome that is set goes out while the event is fetched', async () => {
  let now = new Date()
  const { simulator, pulled } = await connected({
    welcome: '您好，请问有什么可以帮您？',
    now: () => now,
    tokenSeconds: 3 * 86_400,
  })
  const phone = simulator.phone('Li')
  await phone.act('enter')
  await pulled()
  expect(phone.screen.map((one) => one.text)).toEqual(['您好，请问有什么可以帮您？'])
  await pulled()
  await phone.act('enter')
  await pulled()
  expect(phone.screen).toHaveLength(1)
  // Somebody who entered long before the account was connected.
  now = new Date(now.getTime() + 48 * 3_600_000)
  await phone.act('enter')
  now = new Date(now.getTime() + 20_000)
  await pulled()
  expect(phone.screen).toHaveLength(1)
  expect(simulator.refusals).toEqual([])
})

test('a send without an answer is settled by its id, and never seen twice', async () => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  const again = (key: string, words: string) => send(phone.address, text(words), key, 'reconcile')
  expect(await send(phone.address, text('1'), 'a')).toEqual([accepted])
  simulator.faults.next.push('silence-after')
  expect(await send(phone.address, text('2'), 'b')).toMatchObject([{ kind: 'unknown' }])
  expect(await again('b', '2')).toEqual([accepted])
  simulator.faults.next.push('silence')
  expect(await send(phone.address, text('3'), 'c')).toMatchObject([{ kind: 'unknown' }])
  expect(await again('c', '3')).toEqual([accepted])
  expect(phone.screen.map((one) => one.text)).toEqual(['Hello', '1', '2', '3'])
  await phone.act('end')
  expect(await again('d', '4')).toMatchObject([{ kind: 'unknown', problem: { code: 'window-closed' } }])
})

test('tokens run out and are revoked in the middle; limits have their meaning', async () => {
  let now = new Date()
  const { simulator, send, context } = await connected({ now: () => now, tokenSeconds: 600 })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  expect(await send(phone.address, text('1'))).toEqual([accepted])
  now = new Date(now.getTime() + 601_000)
  expect(await send(phone.address, text('2'))).toEqual([accepted])
  simulator.revokeTokens()
  expect(await send(phone.address, text('3'))).toEqual([accepted])
  expect(simulator.refusals).toEqual(['42001', '40001'])
  simulator.refuseNext(45_033)
  const busy = { kind: 'retry', afterMs: 1_000, problem: { code: 'rate-limited' } }
  expect(await send(phone.address, text('4'))).toMatchObject([busy])
  expect(JSON.stringify(context.logged)).not.toContain('token_')
})

test('pulling: the token of the call is shown, without one it is soon too often, an old one is left out', async () => {
  let now = new Date()
  const { simulator, pulled, context, hints, of } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  simulator.faults.duplicates = 1
  for (const words of ['1', '2', '3']) await phone.say({ type: 'text', text: words })
  await pulled()
  await pulled()
  expect(of('message')).toHaveLength(3)
  expect(hints).toHaveLength(6)
  expect(simulator.refusals).toEqual([])
  expect(await wecom.pull?.fetch(null, context)).toMatchObject({ kind: 'fetched', state: { cursor: 'c3' } })
  const busy = { kind: 'failed', afterMs: 60_000, problem: { code: 'rate-limited' } }
  expect(await wecom.pull?.fetch(null, context)).toMatchObject(busy)
  now = new Date(now.getTime() + 600_000)
  expect(await wecom.pull?.fetch({ cursor: 'c2' }, context, hints[0])).toMatchObject({ kind: 'fetched', more: false })
  expect(simulator.refusals).toEqual(['45009', '95007'])
  simulator.faults.next.push('silence')
  expect(await wecom.pull?.fetch(null, context)).toMatchObject({ kind: 'failed', problem: { code: 'no-answer' } })
})

test('the check and the profile say what there is', async () => {
  const { simulator, account, context } = await connected()
  const findings = async (other = context) =>
    (await wecom.lifecycle.check(other)).map(({ ok, words }) => [ok, words.en])
  const saying = (words: string) => expect.stringContaining(words)
  expect(await findings()).toEqual([[true, saying('咨询')]])
  expect(await findings(testContext({ ...account, openKfId: 'wkOther' }))).toEqual([
    [false, saying('wkAJ2GCAAASSm4Fh')],
  ])
  expect(await findings(testContext({ ...account, secret: 'wrong' }))).toEqual([[false, saying('Secret')]])
  expect(await findings(testContext({ ...account, apiUrl: 'http://127.0.0.1:9' }))).toEqual([
    [false, saying('network')],
  ])
  simulator.refuseNext(60_020)
  expect(await findings()).toEqual([[false, saying('Trusted IPs')]])
  simulator.refuseNext(48_002)
  expect(await findings()).toEqual([[false, saying('Apps That Can Call')]])
  const { address } = simulator.phone('Li')
  const known = {
    name: 'Li',
    avatarUrl: 'http://wx.qlogo.cn/a',
    attributes: { gender: 'male' },
    aliases: [{ kind: 'union', value: unionOf('Li') }],
  }
  expect(await wecom.profile?.(address, context)).toEqual(known)
  expect(await wecom.profile?.('wmNobody', context)).toBeNull()
  const copied = wecom.lifecycle.setup?.('https://qiao.example/c', account).map(({ value }) => value)
  expect(copied).toEqual(['https://qiao.example/c', account.token, account.aesKey])
})

test('sessions: taking over and ending in WeCom are told; ending one here is one more welcome, and leaves people theirs', async () => {
  let now = new Date()
  const { simulator, pulled, of, send, context } = await connected({ now: () => now })
  const ended = async (to: string, closing: 'end' | 'keep' = 'end') =>
    wecom.ended?.(to, { ...context, config: { ...context.config, closing } })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  await phone.act('servicer:我来处理')
  expect(await ended(phone.address)).toEqual({ shut: false })
  await phone.act('end')
  await pulled()
  expect(of('session')).toMatchObject([{ state: 'theirs' }, { state: 'over', opens: 'end' }])
  expect(of('session')[0]?.words).toContain('zhangsan')
  // The code that came with its end is good for twenty seconds.
  now = new Date(now.getTime() + 20_000)
  await phone.say({ type: 'text', text: 'Me again' })
  expect(await ended(phone.address, 'keep')).toEqual({ shut: false })
  expect(await send(phone.address, text('Bye'))).toEqual([accepted])
  expect(await ended(phone.address)).toEqual({ shut: true })
  expect(await send(phone.address, text('too late'))).toMatchObject([rejected('window-closed')])
  expect(await ended(phone.address)).toEqual({ shut: true })
  expect(await ended('wmNobody')).toMatchObject({ code: 'address-unknown' })
  await phone.act('enter')
  await pulled()
  expect(of('acted').at(-1)).toMatchObject({ act: 'enter' })
  await phone.say({ type: 'text', text: 'A new session' })
  expect(await send(phone.address, text('Welcome'))).toEqual([accepted])
})

test('a session is handed to the pool from here, is ended there, and comes back with what the customer writes next', async () => {
  let at = new Date('2026-11-28T09:00:00Z')
  const { simulator, context, send } = await connected({ now: () => at })
  const phone = simulator.phone('Li')
  const move = (to: 'theirs' | 'over') => wecom.moveSession?.(to, phone.address, context)
  expect(await move('theirs')).toMatchObject({ code: 'window-closed' })
  await phone.say({ type: 'text', text: 'hello' })
  expect(await move('over')).toMatchObject({ state: 'ours' })
  for (const _ of [1, 2]) expect(await move('theirs')).toMatchObject({ state: 'theirs' })
  expect(await send(phone.address, text('me too'))).toMatchObject([{ problem: { code: 'held-elsewhere' } }])
  // Somebody there takes it: it cannot be put back into the pool.
  await phone.act('servicer:I am on it')
  expect(await move('theirs')).toMatchObject({ code: 'held-elsewhere' })
  for (const _ of [1, 2]) expect(await move('over')).toMatchObject({ state: 'over' })
  await phone.say({ type: 'text', text: 'still there?' })
  expect(await send(phone.address, text('yes'))).toMatchObject([{ kind: 'accepted' }])
  at = new Date(at.getTime() + 49 * 3_600_000)
  expect(await move('theirs')).toMatchObject({ code: 'window-closed' })
})

test('a change that WeCom refuses says so in its words', async () => {
  const { simulator, context } = await connected()
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'hello' })
  simulator.refuseNext(95_018, 'kf/service_state/trans')
  const refused = await wecom.moveSession?.('theirs', phone.address, context)
  expect(refused).toMatchObject({ code: 'not-permitted', providerCode: '95018', detail: expect.any(String) })
})
