import { ok } from 'node:assert/strict'
import { expect, onTestFinished, test } from 'vitest'
import { conformance } from '../conformance.ts'
import type { OutgoingMessage, SendContext } from '../contract.ts'
import { problemsByCode } from '../families/meta/messaging-fixtures.ts'
import type { MessagingOptions } from '../families/meta/messaging-simulator.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { type Config, config as configSchema } from './config.ts'
import { messenger } from './index.ts'
import { kit, testConfig } from './kit.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(messenger, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

const bytes = Buffer.from('bytes of a picture')
const day = 86_400_000
const words = (text: string): OutgoingMessage['content'] => ({ type: 'text', text, markup: 'none' })

async function sendWith(
  context: SendContext<Config>,
  content: OutgoingMessage['content'] | string,
  to: string,
  window: OutgoingMessage['window'] = 'open',
) {
  const said = typeof content === 'string' ? words(content) : content
  const rendered = messenger.render({ to, content: said, window, links: {} }, context.config)
  ok(rendered.kind === 'parts')
  return messenger.send(rendered.parts[0], context)
}

async function world(options: MessagingOptions = {}) {
  const clock = { at: new Date('2026-07-01T10:00:00Z') }
  const simulator = await startSimulator({ now: () => clock.at, ...options })
  const config = configSchema.parse(simulator.config)
  const receiver = await startReceiver(messenger, config)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const attachment = async () => ({ bytes, mime: 'image/jpeg', name: '图.jpg' })
  const context = testContext(config, { callbackUrl: receiver.url, attachment })
  const pass = (time: number) => void (clock.at = new Date(clock.at.getTime() + time))
  return { simulator, receiver, context, config, pass, phone: simulator.phone('Lin') }
}

test.each(problemsByCode)('$name is $problem', async ({ answer, problem }) => {
  const context = testContext(testConfig, { http: scriptedHttp([answer]).http })
  const result = await sendWith(context, 'Hi', kit.to)
  expect('problem' in result && result.problem.code).toBe(problem)
})

test('words go both ways and are marked, and our own come back as ours', async () => {
  const { simulator, receiver, context, phone } = await world()
  const id = await phone.say({ type: 'text', text: '在吗？/ 😀' })
  await simulator.settled()
  expect(receiver.of('message')).toMatchObject([{ id, content: words('在吗？/ 😀'), from: { address: phone.address } }])
  const result = await sendWith(context, 'Yes', phone.address)
  ok(result.kind === 'accepted')
  await phone.read()
  await simulator.settled()
  expect(phone.screen.at(-1)?.text).toBe('Yes')
  expect(receiver.of('echo')).toMatchObject([
    { id: result.messageId, ours: true, key: 'test-1', content: words('Yes') },
  ])
  const upTo = '2026-07-01T10:00:00.000Z'
  expect(receiver.of('receipt')).toMatchObject([
    { state: 'delivered', upTo, to: phone.address },
    { state: 'read', upTo, to: phone.address },
  ])
  expect(receiver.refusals).toEqual([])
})

test('a reaction stands on the message of the customer until it is taken back', async () => {
  const { simulator, context, phone, pass } = await world()
  const messageId = await phone.say({ type: 'text', text: 'It came, thanks' })
  const react = (emoji: string | null) =>
    messenger.revise?.({ kind: 'react', to: phone.address, messageId, emoji }, context) ?? null
  for (const emoji of ['👍', '🍵', '🍵']) expect(await react(emoji)).toEqual({ kind: 'accepted', messageId })
  expect(phone.screen.at(-1)?.reaction).toBe('🍵')
  simulator.faults.next.push('silence-after')
  expect(await react(null)).toMatchObject({ kind: 'retry' })
  expect(await react(null)).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.reaction).toBeUndefined()
  pass(day + 1)
  expect(await react('❤️')).toMatchObject({ kind: 'rejected', problem: { code: 'window-closed' } })
})

test('files go both ways, until their address runs out', async () => {
  const { simulator, receiver, context, phone, pass } = await world()
  await phone.say({ type: 'image', bytes, mime: 'image/jpeg', caption: 'Broken' })
  await simulator.settled()
  const [picture, caption] = receiver.of('message')
  ok(picture?.content.type === 'image' && 'media' in picture.content)
  expect(caption?.content).toEqual(words('Broken'))
  expect(await messenger.fetchMedia?.(picture.content.media, context)).toEqual({
    kind: 'fetched',
    bytes,
    mime: 'image/jpeg',
  })
  const attachment = { id: 'a', name: '图.jpg', mime: 'image/jpeg', bytes: bytes.length }
  const content = { type: 'image' as const, attachment }
  expect((await sendWith(context, content, phone.address)).kind).toBe('accepted')
  await simulator.settled()
  const echo = receiver.of('echo')[0]?.content
  ok(echo?.type === 'image' && 'media' in echo)
  expect(await messenger.fetchMedia?.(echo.media, context)).toMatchObject({ kind: 'fetched', bytes })
  pass(8 * day)
  expect((await messenger.fetchMedia?.(picture.content.media, context))?.kind).toBe('gone')
})

test('a card is a generic template; words that are too long for it stand above its buttons', async () => {
  const { context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  const card = {
    type: 'card' as const,
    title: 'Tea',
    text: 'Green',
    buttons: [{ label: 'Shop', url: 'https://a.cn/' }],
  }
  const templates = (content: OutgoingMessage['content']) => {
    const rendered = messenger.render({ to: '1', content, window: 'open', links: {} }, context.config)
    return JSON.stringify(rendered).match(/"template_type":"\w+"/gu) ?? []
  }
  expect(templates(card)).toEqual(['"template_type":"generic"'])
  const long = { ...card, text: 'word '.repeat(100).trim() }
  expect(templates(long)).toEqual(['"template_type":"button"'])
  expect(templates({ ...long, imageUrl: 'https://a.cn/tea.jpg' })).toEqual([])
  expect(templates({ ...long, buttons: [] })).toEqual([])
  expect(templates({ ...long, text: 'word '.repeat(130) })).toEqual([])
  expect((await sendWith(context, long, phone.address)).kind).toBe('accepted')
  expect(phone.screen.at(-1)?.text).toBe(`Tea\n\n${long.text}\nShop`)
})

test('chips, buttons, reactions, edits, links and the Business Suite arrive as what they are', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  const options = [
    { id: 'a', label: 'Return' },
    { id: 'b', label: 'Exchange' },
  ]
  await sendWith(context, { type: 'menu', text: 'Which?', style: 'quick', options }, phone.address)
  const acts = ['press:b', 'postback:START', 'react:👍', 'unreact', 'edit:Hey', 'sticker', 'share:https://a.example']
  for (const act of [...acts, 'link:spring', 'answered-in-app:Sure']) await phone.act(act)
  await phone.say({ type: 'location', latitude: 31.2, longitude: 121.4, title: 'Bund' })
  await simulator.settled()
  const kinds = receiver.events().map((event) => (event.kind === 'message' ? event.content.type : event.kind))
  expect(kinds.filter((kind) => kind !== 'receipt')).toEqual([
    'text',
    'echo',
    'text',
    'text',
    'reacted',
    'reacted',
    'edited',
    'image',
    'text',
    'acted',
    'echo',
    'location',
  ])
  expect(receiver.of('message').flatMap(({ choice }) => choice ?? [])).toEqual(['b', 'START'])
  expect(receiver.of('echo').map(({ ours }) => ours)).toEqual([true, false])
})

test('a day later only people answer, a week later nobody', async () => {
  const { simulator, context, phone, pass } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  pass(day + 1)
  expect(await sendWith(context, 'Late', phone.address)).toMatchObject({
    kind: 'rejected',
    problem: { code: 'window-closed', providerCode: '10/2018278' },
  })
  expect((await sendWith(context, 'Late', phone.address, 'human-agent')).kind).toBe('accepted')
  pass(6 * day)
  expect(await sendWith(context, 'Too late', phone.address, 'human-agent')).toMatchObject({ kind: 'rejected' })
  expect(simulator.refusals).toEqual(['10/2018278', '10/2018278'])
})

test('without approval of the feature people cannot answer later either', async () => {
  const { context, phone, pass } = await world({ humanAgent: false })
  await phone.say({ type: 'text', text: 'Hi' })
  pass(day + 1)
  const result = await sendWith(context, 'Late', phone.address, 'human-agent')
  expect(result).toMatchObject({ kind: 'rejected', problem: { code: 'not-permitted' } })
})

test('who blocks us, and who was never there', async () => {
  const { context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  await phone.act('block')
  expect(await sendWith(context, 'Hi', phone.address)).toMatchObject({ problem: { code: 'unreachable' } })
  expect(await sendWith(context, 'Hi', '12345')).toMatchObject({ problem: { code: 'address-unknown' } })
  expect(await messenger.profile?.('12345', context)).toBeNull()
  expect(await messenger.profile?.(phone.address, context)).toMatchObject({ name: 'Lin Smith', language: 'zh-CN' })
})

test('a token that runs out midway is refused, and the check says what to do', async () => {
  const { simulator, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  expect((await sendWith(context, 'Hello', phone.address)).kind).toBe('accepted')
  simulator.expireToken()
  const result = await sendWith(context, 'Hello?', phone.address)
  expect(result).toMatchObject({ kind: 'rejected', problem: { code: 'credentials-refused' } })
  const [finding] = await messenger.lifecycle.check(context)
  expect(finding?.ok).toBe(false)
  expect(finding?.words.en).toMatch(/access token .*make a new one/)
})

test('too many at once are tried again later', async () => {
  const { context, phone, pass } = await world({ burst: 1 })
  await phone.say({ type: 'text', text: 'Hi' })
  expect((await sendWith(context, '1', phone.address)).kind).toBe('accepted')
  expect(await sendWith(context, '2', phone.address)).toMatchObject({
    kind: 'retry',
    afterMs: 10_000,
    problem: { code: 'rate-limited' },
  })
  pass(10_000)
  expect((await sendWith(context, '2', phone.address)).kind).toBe('accepted')
})

test('silence after the work is unknown, and the echo brings our key', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  simulator.faults.next = ['silence-after']
  const result = await sendWith({ ...context, idempotencyKey: 'send-7' }, 'Hello', phone.address)
  expect(result.kind).toBe('unknown')
  await simulator.settled()
  expect(receiver.of('echo').map(({ key }) => key)).toEqual(['send-7'])
  expect(phone.screen.filter(({ text }) => text === 'Hello')).toHaveLength(1)
})

test('repeats and disorder lose nothing and add nothing', async () => {
  const { simulator, receiver, phone } = await world()
  Object.assign(simulator.faults, { duplicates: 1, shuffleMs: 20 })
  const ids: string[] = []
  for (const text of ['1', '2', '3']) ids.push(await phone.say({ type: 'text', text }))
  await phone.act('link:x')
  await simulator.settled()
  expect(receiver.ids).toHaveLength(8)
  expect(receiver.events()).toHaveLength(4)
  expect(new Set(receiver.of('message').map(({ id }) => id))).toEqual(new Set(ids))
})

test('typing is shown until the answer', async () => {
  const { simulator, context, phone } = await world()
  const messageId = await phone.say({ type: 'text', text: 'Hi' })
  expect(await messenger.signal?.({ kind: 'typing', to: phone.address }, context)).toBeNull()
  expect(simulator.typingUntil('Lin')).toBe(Date.parse('2026-07-01T10:00:20Z'))
  expect(await messenger.signal?.({ kind: 'read', to: phone.address, messageId }, context)).toBeNull()
  await sendWith(context, 'Hello', phone.address)
  expect(simulator.typingUntil('Lin')).toBe(0)
  expect(await messenger.signal?.({ kind: 'typing', to: '12345' }, context)).toMatchObject({ code: 'address-unknown' })
})

test('connecting subscribes the Page; the check sees it, a wrong Page and a wrong secret', async () => {
  const { context, config } = await world()
  const fine = async () => (await messenger.lifecycle.check(context)).map(({ ok: isFine }) => isFine)
  expect(await fine()).toEqual([true, false])
  expect(await messenger.lifecycle.connect?.(context)).toBeNull()
  expect(await fine()).toEqual([true, true])
  const wrongPage = testContext({ ...config, pageId: '99999' })
  expect((await messenger.lifecycle.check(wrongPage))[0]?.words.en).toMatch(/not of this Page/)
  const wrongSecret = testContext({ ...config, appSecret: 'wrong' })
  expect((await messenger.lifecycle.check(wrongSecret))[0]?.words.en).toMatch(/app secret/)
  expect(await messenger.lifecycle.disconnect?.(context)).toBeNull()
  expect(await fine()).toEqual([true, false])
})

test('a person’s late answer carries the tag, and labelled links keep their address', () => {
  const content = { type: 'text' as const, text: '**See** [this](https://a.cn)', markup: 'light' as const }
  const rendered = messenger.render({ to: kit.to, content, window: 'human-agent', links: {} }, testConfig)
  expect(rendered).toMatchObject({
    parts: [
      {
        request: {
          messaging_type: 'MESSAGE_TAG',
          tag: 'HUMAN_AGENT',
          message: { text: 'See this (https://a.cn)' },
        },
      },
    ],
  })
})
