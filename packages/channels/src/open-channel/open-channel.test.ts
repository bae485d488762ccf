import { expect, onTestFinished, test } from 'vitest'
import { sampleContents } from '../conformance-contents.ts'
import { conformance } from '../conformance.ts'
import type { MessageContent } from '@qiao/protocol'
import type { OutgoingMessage } from '../contract.ts'
import { signWebhook, webhookDoubt } from '../standard-webhooks.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { startExample } from '../../../../docs/channels/open-example.ts'
import { capabilitiesOf, openChannel } from './index.ts'
import { openKit, signed } from './kit.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(openChannel, openKit))('$name', async (check) => expect(await check.run()).toBeUndefined())

const attachmentId = '0190a6b0-0000-7000-8000-000000000001'
const message = (to: string, content: MessageContent): OutgoingMessage => ({
  to,
  content,
  window: 'open',
  links: { [attachmentId]: 'https://qiao.example/media/1' },
})

async function connected(options: Parameters<typeof startSimulator>[0] = {}) {
  const simulator = await startSimulator(options)
  const config = openChannel.config.parse(simulator.config)
  const receiver = await startReceiver(openChannel, config, options.now)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const context = testContext(config, options.now ? { now: options.now } : {})
  let sent = 0
  const send = async (to: string, content: MessageContent) => {
    const rendered = openChannel.render(message(to, content), config)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    sent += 1
    return openChannel.send(rendered.parts[0], { ...context, idempotencyKey: `key-${sent}` })
  }
  return { simulator, receiver, context, send, config }
}
const text = (words: string): MessageContent => ({ type: 'text', text: words, markup: 'none' })

test('the signature is the one of the specification', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const headers = signWebhook('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), '{"test": 2432232314}', [
    secret,
  ])
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  const now = new Date(1_614_265_330_000)
  expect(webhookDoubt(headers, Buffer.from('{"test": 2432232314}'), [secret], now)).toBeNull()
})

test('while secrets change we sign with both', async () => {
  const { config, otherSecrets: previous } = openKit
  const { http, calls } = scriptedHttp([{ kind: 'answer', status: 200, headers: {}, body: Buffer.from('{}') }])
  await openChannel.lifecycle.check(testContext(config, { previous, http, now: () => openKit.now }))
  const sent = calls[0]?.request
  for (const secret of [previous.secret, config.secret]) {
    expect(webhookDoubt(sent?.headers ?? {}, Buffer.from(sent?.body ?? ''), [secret], openKit.now)).toBeNull()
  }
})

test('the answer to a wrong event says what is wrong with it, and the event is kept', () => {
  const body = {
    id: 'e',
    type: 'message',
    at: '2026-11-28T09:00:00Z',
    customer: { id: 'c' },
    messageId: 'm',
    content: { type: 'location', latitude: 100, longitude: 1 },
  }
  const accepted = openChannel.webhook?.accept(signed(Buffer.from(JSON.stringify(body))), openKit.config, openKit.now)
  expect(accepted?.kind).toBe('accepted')
  expect(JSON.parse(accepted?.response.body ?? '')).toEqual({
    accepted: 1,
    problems: [{ id: 'e', detail: expect.stringMatching(/^content\.latitude: /u) }],
  })
})

test('windows are what the owner declares', () => {
  expect(capabilitiesOf(openKit.config).window).toBeNull()
  expect(
    capabilitiesOf({ ...openKit.config, windowHours: 48, windowMessages: 5, templatesAfterwards: true }),
  ).toMatchObject({
    templates: true,
    window: { message: { ms: 172_800_000, messages: 5 }, afterwards: ['template'] },
  })
})

test('a conversation goes both ways with marks, reactions, edits and recalls', async () => {
  const { simulator, receiver, send } = await connected()
  const phone = simulator.phone('li')
  const asked = await phone.say({ type: 'text', text: '在吗？' })
  expect(await send(phone.address, text('您好'))).toMatchObject({ kind: 'accepted' })
  const menu = { type: 'menu' as const, text: '选', style: 'list' as const, options: [{ id: 'a', label: '退货' }] }
  expect(await send(phone.address, menu)).toMatchObject({ kind: 'accepted' })
  for (const act of ['press:a', 'react:👍', 'edit:好', 'recall', 'typing', 'stop', 'visit:cart', 'colleague:我来'])
    await phone.act(act)
  await phone.read()
  await simulator.settled()
  expect(phone.screen.map((shown) => shown.text)).toEqual(['在吗？', '您好', '选 (退货)', '退货'])
  expect(receiver.of('message')).toMatchObject([
    { id: asked, content: { text: '在吗？' } },
    { choice: 'a', content: { text: '退货' } },
  ])
  expect(receiver.events().map(({ kind }) => kind)).toEqual([
    'message',
    'receipt',
    'receipt',
    'message',
    'reacted',
    'edited',
    'recalled',
    'typing',
    'consent',
    'acted',
    'echo',
    'receipt',
  ])
})

test('agents react where the owner says that the system takes it; a repeat does no harm', async () => {
  const { simulator, context, config } = await connected()
  const phone = simulator.phone('li')
  const messageId = await phone.say({ type: 'text', text: '收到了，谢谢' })
  const react = (emoji: string | null, changes: Partial<typeof config> = {}) =>
    openChannel.revise?.(
      { kind: 'react', to: phone.address, messageId, emoji },
      { ...context, config: { ...config, ...changes } },
    )
  expect(capabilitiesOf(config).reactions).toEqual({ in: true, out: true })
  for (const emoji of ['👍', '🍵', '🍵']) expect(await react(emoji)).toEqual({ kind: 'accepted', messageId: null })
  expect(phone.screen[0]?.reaction).toBe('🍵')
  simulator.faults.next.push('silence-after')
  expect(await react(null)).toMatchObject({ kind: 'unknown' })
  expect(await react(null)).toMatchObject({ kind: 'accepted' })
  expect(phone.screen[0]?.reaction).toBeUndefined()
  const gone = { kind: 'react', to: phone.address, messageId: 'nothing', emoji: '👍' } as const
  expect(await openChannel.revise?.(gone, context)).toMatchObject({
    kind: 'rejected',
    problem: { code: 'content-refused' },
  })
  // Owners that say nothing of it are never asked.
  const old = openChannel.config.parse({ endpointUrl: config.endpointUrl, secret: config.secret })
  expect(capabilitiesOf(old).reactions).toEqual({ in: true, out: false })
  expect(await react('👍', { reactions: false })).toMatchObject({ kind: 'rejected', problem: { code: 'unsupported' } })
  expect(phone.screen[0]?.reaction).toBeUndefined()
  const edit = { kind: 'edit', to: phone.address, messageId, part: { request: {} } } as const
  expect(await openChannel.revise?.(edit, context)).toMatchObject({
    kind: 'rejected',
    problem: { code: 'unsupported' },
  })
  await simulator.settled()
})

test('a system that says that it takes reactions and does not know them is told so to the agent', async () => {
  const { simulator, context, config } = await connected({ reacts: false })
  const phone = simulator.phone('li')
  const messageId = await phone.say({ type: 'text', text: 'Hello' })
  const asked = { ...context, config: { ...config, reactions: true } }
  expect(await openChannel.revise?.({ kind: 'react', to: phone.address, messageId, emoji: '👍' }, asked)).toMatchObject(
    {
      kind: 'rejected',
      problem: { code: 'unsupported' },
    },
  )
  await simulator.settled()
})

test.each(sampleContents)('$type is taken as we render it', async (content) => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('li')
  await phone.say({ type: 'text', text: 'Hello' })
  expect(await send(phone.address, content)).toMatchObject({ kind: 'accepted' })
  // Letters are for mail: the words and the files of one come as a text.
  const type = content.type === 'mail' ? 'text' : content.type
  expect(phone.screen.at(-1)).toMatchObject({ mine: false, type })
  await simulator.settled()
})

test('files come by address and by id, and go as an address', async () => {
  let now = new Date()
  const { simulator, receiver, context, send } = await connected({ now: () => now, mediaMs: 1_000 })
  const phone = simulator.phone('li')
  await phone.say({ type: 'image', bytes: Buffer.from('pixels'), mime: 'image/png', name: 'a.png', caption: '坏了' })
  await simulator.settled()
  const [{ content } = { content: text('') }] = receiver.of('message')
  if (!('media' in content)) throw new Error('No file came')
  const { id = '', url = '' } = content.media
  for (const media of [{ id }, { url }]) {
    expect(await openChannel.fetchMedia?.(media, context)).toEqual({
      kind: 'fetched',
      bytes: Buffer.from('pixels'),
      mime: 'image/png',
    })
  }
  now = new Date(now.getTime() + 1_001)
  expect(await openChannel.fetchMedia?.({ id }, context)).toMatchObject({
    kind: 'gone',
    problem: { code: 'media-gone' },
  })
  const file = { id: attachmentId, name: 'a.pdf', mime: 'application/pdf', bytes: 3 }
  expect(await send(phone.address, { type: 'file', attachment: file })).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)).toMatchObject({ type: 'file', media: { url: 'https://qiao.example/media/1' } })
})

test('its refusals mean what they say: window, block, stranger, rate', async () => {
  let now = new Date()
  const { simulator, send } = await connected({ now: () => now, windowMs: 60_000 })
  const phone = simulator.phone('li')
  await phone.say({ type: 'text', text: 'Hello' })
  now = new Date(now.getTime() + 60_001)
  expect(await send(phone.address, text('Late'))).toMatchObject({
    kind: 'rejected',
    problem: { code: 'window-closed' },
  })
  await phone.act('block')
  expect(await send(phone.address, text('No'))).toMatchObject({ kind: 'rejected', problem: { code: 'blocked-us' } })
  expect(await send('nobody', text('No'))).toMatchObject({ kind: 'rejected', problem: { code: 'address-unknown' } })
  expect(simulator.refusals).toEqual(['window-closed', 'blocked-us', 'address-unknown'])
  simulator.faults.next.push(429)
  expect(await send(phone.address, text('No'))).toMatchObject({ kind: 'retry', afterMs: 1000 })
  await simulator.settled()
})

test('silence after the work is unknown; asking under the same key finds the message and makes no second one', async () => {
  const { simulator, context, config } = await connected()
  const phone = simulator.phone('li')
  await phone.say({ type: 'text', text: 'Hello' })
  const rendered = openChannel.render(message(phone.address, text('Once')), config)
  if (rendered.kind !== 'parts') throw new Error('It cannot be rendered')
  simulator.faults.next.push('silence-after')
  expect(await openChannel.send(rendered.parts[0], context)).toMatchObject({ kind: 'unknown' })
  const shown = phone.screen.filter(({ mine }) => !mine)
  expect(shown).toHaveLength(1)
  expect(await openChannel.reconcile?.(rendered.parts[0], context)).toEqual({
    kind: 'accepted',
    messageId: shown[0]?.id,
  })
  expect(phone.screen.filter(({ mine }) => !mine)).toHaveLength(1)
  await simulator.settled()
})

test('what is delivered twice has the same ids', async () => {
  const { simulator, receiver } = await connected()
  simulator.faults.duplicates = 1
  await simulator.phone('li').say({ type: 'text', text: 'Hello' })
  await simulator.settled()
  expect(receiver.ids).toHaveLength(2)
  expect(new Set(receiver.ids).size).toBe(1)
})

test('profile, signals, templates and the check', async () => {
  const { simulator, context, config } = await connected()
  const { address } = simulator.phone('li')
  expect(await openChannel.profile?.(address, context)).toEqual({ name: 'li', language: 'en' })
  expect(await openChannel.profile?.('nobody', context)).toBeNull()
  expect(await openChannel.signal?.({ kind: 'typing', to: address }, context)).toBeNull()
  expect(await openChannel.signal?.({ kind: 'read', to: 'nobody', messageId: '1' }, context)).toMatchObject({
    code: 'address-unknown',
  })
  expect(await openChannel.templates?.list(context)).toMatchObject([{ name: 'order_sent', state: 'approved' }])
  expect(await openChannel.lifecycle.check(context)).toMatchObject([{ ok: true }])
  const other = testContext({ ...config, secret: openKit.config.secret })
  expect(await openChannel.lifecycle.check(other)).toMatchObject([
    { ok: false, words: { en: expect.stringContaining('signing secret') } },
  ])
  expect(
    await openChannel.lifecycle.check(testContext({ ...config, endpointUrl: 'http://127.0.0.1:9' })),
  ).toMatchObject([{ ok: false, words: { en: expect.stringContaining('does not answer') } }])
})

test('the example of the documentation works', async () => {
  const { secret } = openKit.config
  const shown: string[] = []
  const receiver = await startReceiver(openChannel, openKit.config)
  const example = await startExample({
    port: 0,
    qiaoUrl: receiver.url,
    secret,
    show: (to, words) => shown.push(`${to}: ${words}`),
  })
  onTestFinished(() => Promise.all([receiver.stop(), example.stop()]).then(() => undefined))
  await example.say('demo', 'Do you have tea?')
  expect(receiver.of('message')).toMatchObject([{ from: { address: 'demo' }, content: { text: 'Do you have tea?' } }])
  const config = { ...openKit.config, endpointUrl: example.url }
  const [part] = [openChannel.render(message('demo', text('Yes')), config)].flatMap((rendered) =>
    rendered.kind === 'parts' ? rendered.parts : [],
  )
  if (!part) throw new Error('It cannot be rendered')
  const first = await openChannel.send(part, testContext(config))
  expect(first).toMatchObject({ kind: 'accepted', messageId: expect.any(String) })
  expect(await openChannel.send(part, testContext(config))).toEqual(first)
  expect(shown).toEqual(['demo: Yes'])
  expect(await openChannel.lifecycle.check(testContext(config))).toMatchObject([{ ok: true }])
  const stranger = testContext({ ...config, secret: openKit.otherSecrets.secret })
  expect(await openChannel.send(part, stranger)).toMatchObject({
    kind: 'rejected',
    problem: { code: 'credentials-refused' },
  })
})
