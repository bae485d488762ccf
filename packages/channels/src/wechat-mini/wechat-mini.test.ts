import type { MessageContent } from '@qiao/protocol'
import { afterEach, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import { sampleContents } from '../conformance-contents.ts'
import { testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { encryptCallback } from '../families/wechat/crypto.ts'
import { callback, kitNow, plainCallback } from '../families/wechat/kit.ts'
import type { PlatformOptions } from '../families/wechat/platform-simulator.ts'
import { config } from './config.ts'
import { fixtures } from './fixtures.ts'
import { wechatMini } from './index.ts'
import { kit, signed, testConfig } from './kit.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(wechatMini, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

async function connected(options: PlatformOptions = {}) {
  const simulator = await startSimulator(options)
  const account = config.parse(simulator.config)
  const receiver = await startReceiver(wechatMini, account, options.now)
  simulator.pointTo(receiver.url)
  running.push(simulator, receiver)
  const context = testContext(account, options.now ? { now: options.now } : {})
  const send = async (to: string, content: MessageContent) => {
    const rendered = wechatMini.render({ to, content, window: 'open', links: {} }, account)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const results = []
    for (const part of rendered.parts) results.push(await wechatMini.send(part, context))
    return results
  }
  return { simulator, receiver, context, send, account }
}
const text = (words: string): MessageContent => ({ type: 'text', text: words, markup: 'none' })
const accepted = { kind: 'accepted', messageId: null }
const rejected = (code: string) => ({ kind: 'rejected', problem: { code } })

test('JSON in plain, compatible and safe mode; an encrypted envelope in JSON too', () => {
  const [{ body } = { body: '' }] = fixtures
  const plain = { ...testConfig, encryption: 'plain' as const }
  const wanted = { kind: 'accepted', events: [{ id: 'm22876340532172986' }] }
  expect(wechatMini.webhook?.accept(plainCallback(body, plain), plain, kitNow)).toMatchObject(wanted)
  const request = signed(body)
  const encrypted = encryptCallback(testConfig.aesKey ?? '', body, testConfig.appId, Buffer.from('1234567890abcdef'))
  const envelope = Buffer.from(JSON.stringify({ ToUserName: 'gh_1', Encrypt: encrypted }))
  expect(wechatMini.webhook?.accept({ ...request, body: envelope }, testConfig, kitNow)).toMatchObject(wanted)
  const challenge = callback('', { signature: request.url.searchParams.get('signature') ?? '', echostr: '42' }, 'GET')
  expect(wechatMini.webhook?.accept(challenge, testConfig, kitNow)).toMatchObject({ response: { body: '42' } })
})

const modes = (['json', 'xml'] as const).flatMap((format) =>
  (['plain', 'compat', 'safe'] as const).map((encryption) => ({ format, encryption })),
)
test.each(modes)('a conversation in $format, $encryption', async (mode) => {
  const { simulator, receiver, send } = await connected(mode)
  const phone = simulator.phone('李雷')
  await phone.act('enter:order-42')
  const id = await phone.say({ type: 'text', text: '在吗？"<1>' })
  await phone.act('page:订单')
  await simulator.settled()
  expect(receiver.of('acted')).toMatchObject([{ act: 'enter', parameter: 'order-42' }])
  expect(receiver.of('message')).toMatchObject([
    { id, from: { address: phone.address }, content: { text: '在吗？"<1>' } },
    { content: { type: 'card', title: '订单' } },
  ])
  expect(await send(phone.address, text('您好'))).toEqual([accepted])
  expect(phone.screen.at(-1)).toMatchObject({ mine: false, text: '您好' })
  expect(simulator.refusals).toEqual([])
})

test('images go both ways, until three days are over', async () => {
  let now = new Date()
  const { simulator, receiver, context, send } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'image', bytes: Buffer.from('pixels'), mime: 'image/jpeg' })
  await simulator.settled()
  const [media] = receiver.of('message').flatMap(({ content }) => ('media' in content ? content.media : []))
  const fetched = { kind: 'fetched', bytes: Buffer.from('pixels') }
  expect(await wechatMini.fetchMedia?.(media ?? {}, context)).toMatchObject(fetched)
  const attachment = { id: 'a', name: 'a.jpg', mime: 'image/jpeg', bytes: 5 }
  expect(await send(phone.address, { type: 'image', attachment, caption: '看' })).toEqual([accepted, accepted])
  expect(phone.screen.slice(-2).map(({ type }) => type)).toEqual(['image', 'text'])
  now = new Date(now.getTime() + 3 * 86_400_000)
  expect(await wechatMini.fetchMedia?.(media ?? {}, context)).toMatchObject({ kind: 'gone' })
})

test.each(sampleContents.filter(({ type }) => type !== 'image'))('$type is taken as we render it', async (content) => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  const results = await send(phone.address, content)
  expect(results).toEqual(results.map(() => accepted))
  expect(simulator.refusals).toEqual([])
})

test('labelled links are words and addresses, which every version of WeChat can open', () => {
  const content: MessageContent = { type: 'text', text: '看[订单](https://a.cn/1)', markup: 'light' }
  expect(wechatMini.render({ to: 'oX', content, window: 'open', links: {} }, testConfig)).toMatchObject({
    parts: [{ request: { msgtype: 'text', text: { content: '看订单 https://a.cn/1' } } }],
  })
})

test('windows and counts: two in a minute after entering, five in two days after words', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  const { simulator, send } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  expect(await send(phone.address, text('0'))).toMatchObject([rejected('window-closed')])
  await phone.act('enter')
  for (const words of ['1', '2']) expect(await send(phone.address, text(words))).toEqual([accepted])
  expect(await send(phone.address, text('3'))).toMatchObject([rejected('quota-used')])
  await phone.say({ type: 'text', text: 'Hello' })
  now = new Date(now.getTime() + 60_000)
  for (const words of ['1', '2', '3', '4', '5']) expect(await send(phone.address, text(words))).toEqual([accepted])
  expect(await send(phone.address, text('6'))).toMatchObject([rejected('quota-used')])
  now = new Date(now.getTime() + 48 * 3_600_000)
  expect(await send(phone.address, text('7'))).toMatchObject([rejected('window-closed')])
})

test('typing goes another way than that of official accounts', async () => {
  const { simulator, context } = await connected()
  const phone = simulator.phone('Li')
  const typing = () => wechatMini.signal?.({ kind: 'typing', to: phone.address }, context)
  expect(await typing()).toMatchObject({ code: 'window-closed' })
  await phone.say({ type: 'text', text: 'Hello' })
  expect(await typing()).toBeNull()
  expect(await typing()).toBeNull()
})

test('tokens are revoked in the middle, limits and silence have their meaning', async () => {
  const { simulator, send, context } = await connected()
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'Hello' })
  expect(await send(phone.address, text('1'))).toEqual([accepted])
  simulator.revokeTokens()
  expect(await send(phone.address, text('2'))).toEqual([accepted])
  simulator.refuseNext(45_011)
  expect(await send(phone.address, text('3'))).toMatchObject([{ kind: 'retry', problem: { code: 'rate-limited' } }])
  simulator.faults.next.push('silence-after')
  expect(await send(phone.address, text('3'))).toMatchObject([{ kind: 'unknown', problem: { code: 'no-answer' } }])
  expect(JSON.stringify(context.logged)).not.toContain('token_')
})

test('what comes twice has the same ids; what nobody takes is told to the customer', async () => {
  const { simulator, receiver } = await connected()
  simulator.faults.duplicates = 1
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: '1' })
  await phone.act('enter')
  await simulator.settled()
  expect(receiver.ids).toHaveLength(4)
  expect(new Set(receiver.ids).size).toBe(2)
  simulator.pointTo('http://127.0.0.1:9/')
  await phone.say({ type: 'text', text: '2' })
  await simulator.settled()
  expect(phone.screen.at(-1)).toMatchObject({ mine: false, text: '该小程序客服暂时无法提供服务，请稍后再试' })
})

test('the check says what is wrong', async () => {
  const { account, context } = await connected()
  const findings = async (other = context) => (await wechatMini.lifecycle.check(other)).map(({ ok }) => ok)
  expect(await findings()).toEqual([true])
  expect(await findings(testContext({ ...account, secret: 'wrong' }))).toEqual([false])
  expect(await findings(testContext({ ...account, aesKey: '' }))).toEqual([false, true])
  const copied = wechatMini.lifecycle.setup?.('https://qiao.example/c', account).map(({ value }) => value)
  expect(copied).toEqual(['https://qiao.example/c', account.token, account.aesKey, '安全模式', 'JSON 或 XML'])
})
