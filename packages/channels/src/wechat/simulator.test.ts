import type { MessageContent } from '@qiao/protocol'
import { afterEach, expect, test } from 'vitest'
import { sampleContents } from '../conformance-contents.ts'
import { testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import type { PlatformOptions } from '../families/wechat/platform-simulator.ts'
import { unionOf } from '../families/wechat/simulator.ts'
import { config } from './config.ts'
import { wechat } from './index.ts'
import { startSimulator } from './simulator.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

const mimes = new Map<string, string>()
async function connected(options: PlatformOptions = {}) {
  const simulator = await startSimulator(options)
  const account = config.parse(simulator.config)
  const receiver = await startReceiver(wechat, account, options.now)
  simulator.pointTo(receiver.url)
  running.push(simulator, receiver)
  const context = testContext(account, {
    ...(options.now ? { now: options.now } : {}),
    attachment: async (id) => ({
      bytes: Buffer.from(`bytes of ${id}`),
      mime: mimes.get(id) ?? 'image/jpeg',
      name: 'a',
    }),
  })
  const send = async (to: string, content: MessageContent, key = 'test-1') => {
    const rendered = wechat.render({ to, content, window: 'open', links: {} }, account)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const results = []
    for (const part of rendered.parts) results.push(await wechat.send(part, { ...context, idempotencyKey: key }))
    return results
  }
  return { simulator, receiver, context, send, account }
}
const text = (words: string): MessageContent => ({ type: 'text', text: words, markup: 'none' })
const accepted = { kind: 'accepted', messageId: null }
const rejected = (code: string) => ({ kind: 'rejected', problem: { code } })
const template: MessageContent = {
  type: 'template',
  name: 'order_sent',
  language: 'zh_CN',
  parameters: ['A-2041', '已发货'],
  text: '订单 A-2041 已发货',
}

test.each(['plain', 'compat', 'safe'] as const)('a conversation in %s mode', async (encryption) => {
  const { simulator, receiver, send } = await connected({ encryption })
  const phone = simulator.phone('李雷')
  const id = await phone.say({ type: 'text', text: '在吗？<1>' })
  await simulator.settled()
  expect(receiver.of('message')).toMatchObject([
    { id, from: { address: phone.address }, content: { text: '在吗？<1>' } },
  ])
  expect(await send(phone.address, text('您好'))).toEqual([accepted])
  await send(phone.address, { type: 'menu', text: '请选择', style: 'list', options: [{ id: 'a', label: '退货' }] })
  expect(phone.screen.map((one) => one.text)).toEqual(['在吗？<1>', '您好', '请选择'])
  await phone.act('press:a')
  await simulator.settled()
  expect(receiver.of('message')[1]).toMatchObject({ choice: 'a', opens: 'click', content: { text: '退货' } })
  expect(simulator.refusals).toEqual([])
})

test('following, codes, menus and notices are told, and where they lead', async () => {
  const { simulator, receiver, context, account } = await connected()
  const phone = simulator.phone('Han')
  const acts = ['follow:shop_7', 'scan:table_3', 'click:ORDERS', 'view:https://a.cn/', 'sticker', 'link:https://a.cn/b']
  for (const act of [...acts, 'accept-notice:sub_ready', 'unfollow']) await phone.act(act)
  await simulator.settled()
  expect(receiver.of('acted').map(({ act, parameter }) => [act, parameter])).toEqual([
    ['follow', 'shop_7'],
    ['scan', 'table_3'],
    ['click', 'ORDERS'],
    ['view', 'https://a.cn/'],
    ['notice-accepted', 'sub_ready'],
  ])
  expect(receiver.of('consent').map(({ wanted }) => wanted)).toEqual([true, false])
  expect(receiver.of('message').map(({ content }) => content.type)).toEqual(['unsupported', 'card'])
  expect(await wechat.profile?.(phone.address, context)).toEqual({ attributes: { following: 'no' } })
  await phone.act('follow')
  expect(await wechat.profile?.(phone.address, context)).toMatchObject({
    language: 'zh-CN',
    attributes: { following: 'yes', code: 'shop' },
    aliases: [{ kind: 'union', value: unionOf('Han') }],
  })
  const copied = wechat.lifecycle.setup?.('https://qiao.example/c', account).map(({ value }) => value)
  expect(copied).toEqual(['https://qiao.example/c', account.token, account.aesKey, '安全模式'])
})

test('a code brings its parameter back, by scanning and by following, for thirty days', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { simulator, receiver, context } = await connected({ now: () => now, tokenSeconds: 40 * 86_400 })
  const entrance = await wechat.entrance?.('bind_a-1', context)
  if (!entrance || !('url' in entrance)) throw new Error(JSON.stringify(entrance))
  expect(entrance).toEqual({ url: expect.any(String), as: 'code', endsAt: '2026-12-22T08:00:00.000Z' })
  const phone = simulator.phone('Li')
  await phone.act(`follow:${entrance.url}`)
  await phone.act(`scan:${entrance.url}`)
  await simulator.settled()
  expect(receiver.of('acted').map(({ act, parameter }) => [act, parameter])).toEqual([
    ['follow', 'bind_a-1'],
    ['scan', 'bind_a-1'],
  ])
  now = new Date(entrance.endsAt ?? '')
  await expect(phone.act(`scan:${entrance.url}`)).rejects.toThrow('has run out')
  expect(await wechat.entrance?.('a'.repeat(65), context)).toMatchObject({ providerCode: '40053' })
})

test('files go both ways, until three days are over', async () => {
  let now = new Date()
  const { simulator, receiver, context, send } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'image', bytes: Buffer.from('pixels'), mime: 'image/jpeg' })
  await phone.say({ type: 'audio', bytes: Buffer.from('sound'), mime: 'audio/amr' })
  await phone.say({ type: 'video', bytes: Buffer.from('frames'), mime: 'video/mp4' })
  await phone.say({ type: 'location', latitude: 31.2, longitude: 121.4, title: '外滩' })
  await simulator.settled()
  const media = receiver.of('message').flatMap(({ content }) => ('media' in content ? content.media : []))
  expect(media).toHaveLength(3)
  for (const [at, bytes] of ['pixels', 'sound', 'frames'].entries()) {
    const fetched = await wechat.fetchMedia?.(media[at] ?? {}, context)
    expect(fetched).toMatchObject({ kind: 'fetched', bytes: Buffer.from(bytes) })
  }
  for (const content of sampleContents) {
    if (!('attachment' in content) || !content.attachment || content.type === 'file') continue
    mimes.set(content.attachment.id, content.attachment.mime)
    expect(await send(phone.address, content)).toEqual([accepted])
  }
  expect(phone.screen.slice(-3).map(({ type }) => type)).toEqual(['image', 'audio', 'video'])
  now = new Date(now.getTime() + 3 * 86_400_000)
  for (const one of media) {
    const fetched = await wechat.fetchMedia?.(one, context)
    expect(fetched).toMatchObject({ kind: 'gone', problem: { code: 'media-gone' } })
  }
})

const withoutFiles = sampleContents.filter(({ type }) => !['template', 'image', 'audio', 'video'].includes(type))
test.each(withoutFiles)('$type is taken as we render it', async (content) => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  const results = await send(phone.address, content)
  expect(results).toEqual(results.map(() => accepted))
  expect(simulator.refusals).toEqual([])
})

test('windows and counts: five in two days after words, three in a minute after a click', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { simulator, receiver, send } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  expect(await send(phone.address, text('0'))).toMatchObject([rejected('window-closed')])
  await phone.say({ type: 'text', text: 'Hello' })
  for (const words of ['1', '2', '3', '4', '5']) expect(await send(phone.address, text(words))).toEqual([accepted])
  expect(await send(phone.address, text('6'))).toMatchObject([rejected('quota-used')])
  await phone.act('click:HELP')
  for (const words of ['1', '2', '3']) expect(await send(phone.address, text(words))).toEqual([accepted])
  expect(await send(phone.address, text('4'))).toMatchObject([rejected('quota-used')])
  now = new Date(now.getTime() + 48 * 3_600_000)
  expect(await send(phone.address, text('7'))).toMatchObject([rejected('window-closed')])
  expect(await send(phone.address, template)).toMatchObject([{ kind: 'accepted', messageId: '200228332000000001' }])
  await simulator.settled()
  expect(receiver.of('receipt')).toMatchObject([{ state: 'delivered', messageId: '200228332000000001' }])
  expect(phone.screen.at(-1)?.text).toBe('订单号：A-2041\n状态：已发货')
  // 42001: the token ran out meanwhile.
  expect(simulator.refusals).toEqual(['45015', '45047', '45047', '42001', '45015'])
  expect(await send('oNobody', text('Hello'))).toMatchObject([rejected('address-unknown')])
})

test('templates and notices: keys are found, repeats are one, refusals are told', async () => {
  const { simulator, receiver, context, send } = await connected()
  const phone = simulator.phone('Li')
  expect(await wechat.templates?.list(context)).toMatchObject([
    { name: 'order_sent', state: 'approved', parameters: ['character_string1', 'phrase2'] },
    { name: 'subscribe:sub_ready', category: 'subscription', text: '取货提醒\n门店:{{thing1}}' },
  ])
  await send(phone.address, template)
  await send(phone.address, template)
  expect(phone.screen).toHaveLength(1)
  await phone.act('refuse')
  await send(phone.address, template, 'test-2')
  await simulator.settled()
  expect(receiver.of('receipt').map(({ state, problem }) => [state, problem?.code])).toEqual([
    ['delivered', undefined],
    ['failed', 'opted-out'],
  ])
  const notice: MessageContent = { ...template, name: 'subscribe:sub_ready:thing1', parameters: ['一号店'] }
  expect(await send(phone.address, notice)).toMatchObject([rejected('notice-unwanted')])
  await phone.act('accept-notice:sub_ready')
  expect(await send(phone.address, notice)).toMatchObject([{ kind: 'accepted', messageId: expect.any(String) }])
  expect(await send(phone.address, { ...template, name: 'no_such' })).toMatchObject([rejected('template-refused')])
  expect(await send(phone.address, { ...template, parameters: [] })).toMatchObject([rejected('template-refused')])
  expect(await wechat.templates?.remove?.('order_sent', context)).toBeNull()
  expect(await wechat.templates?.remove?.('order_sent', context)).toMatchObject({ code: 'template-refused' })
})

test('tokens run out and are revoked in the middle; limits and silence have their meaning', async () => {
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
  simulator.refuseNext(45_011)
  const busy = { kind: 'retry', afterMs: 5_000, problem: { code: 'rate-limited' } }
  expect(await send(phone.address, text('4'))).toMatchObject([busy])
  simulator.faults.next.push('silence-after')
  expect(await send(phone.address, text('4'))).toMatchObject([{ kind: 'unknown', problem: { code: 'no-answer' } }])
  expect(phone.screen.at(-1)?.text).toBe('4')
  simulator.faults.next.push('silence')
  const picture: MessageContent = { type: 'image', attachment: { id: 'a', name: 'a', mime: 'image/jpeg', bytes: 5 } }
  expect(await send(phone.address, picture)).toMatchObject([{ kind: 'retry' }])
  await phone.act('refuse')
  expect(await send(phone.address, text('5'))).toMatchObject([rejected('opted-out')])
  expect(JSON.stringify(context.logged)).not.toContain('token_')
})

test('typing is shown within half a minute after something was said', async () => {
  let now = new Date()
  const { simulator, context } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  const typing = () => wechat.signal?.({ kind: 'typing', to: phone.address }, context)
  expect(await typing()).toMatchObject({ code: 'window-closed' })
  await phone.say({ type: 'text', text: 'Hello' })
  expect(await typing()).toBeNull()
  expect(await typing()).toBeNull()
  now = new Date(now.getTime() + 31_000)
  expect(await typing()).toMatchObject({ providerCode: '45080' })
})

test('what comes twice has the same ids; what nobody takes is tried again and told to the customer', async () => {
  const { simulator, receiver } = await connected()
  simulator.faults.duplicates = 1
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: '1' })
  await phone.act('click:A')
  await simulator.settled()
  expect(receiver.ids).toHaveLength(4)
  expect(new Set(receiver.ids).size).toBe(2)
  simulator.pointTo('http://127.0.0.1:9/')
  await phone.say({ type: 'text', text: '2' })
  await simulator.settled()
  expect(phone.screen.at(-1)).toMatchObject({ mine: false, text: '该公众号暂时无法提供服务，请稍后再试' })
})

test('the check says what is wrong', async () => {
  const { simulator, account, context } = await connected()
  const findings = async (other = context) =>
    (await wechat.lifecycle.check(other)).map(({ ok, words }) => [ok, words.en])
  const saying = (words: string) => expect.stringContaining(words)
  expect(await findings()).toEqual([
    [true, saying('work')],
    [true, saying('can be sent')],
  ])
  expect(await findings(testContext({ ...account, secret: 'wrong' }))).toEqual([[false, saying('AppSecret')]])
  expect(await findings(testContext({ ...account, aesKey: '' }))).toMatchObject([
    [false, saying('EncodingAESKey')],
    [true, expect.any(String)],
    [true, expect.any(String)],
  ])
  const nowhere = testContext({ ...account, apiUrl: 'http://127.0.0.1:9' })
  expect(await findings(nowhere)).toEqual([[false, saying('cannot be reached')]])
  simulator.refuseNext(40_164)
  expect(await findings()).toEqual([[false, saying('Allowlist')]])
})
