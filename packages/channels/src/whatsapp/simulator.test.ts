import { ok } from 'node:assert/strict'
import { type TemplateDraft, templateFaults } from '@qiao/protocol'
import { expect, onTestFinished, test } from 'vitest'
import type { OutgoingMessage, SendContext, SendResult } from '../contract.ts'
import { plainHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { config as configSchema, type Config } from './config.ts'
import { whatsapp } from './index.ts'
import { startSimulator, type WhatsAppOptions } from './simulator.ts'
import { filled, listedOne } from './test-templates.ts'

async function world(options: WhatsAppOptions = {}) {
  const clock = { at: new Date('2026-07-01T10:00:00Z') }
  const simulator = await startSimulator({ now: () => clock.at, ...options })
  const config = configSchema.parse(simulator.config)
  const receiver = await startReceiver(whatsapp, config)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const bytes = Buffer.from('bytes of a picture')
  const attachment = async () => ({ bytes, mime: 'image/jpeg', name: '图.jpg' })
  const context = testContext(config, { callbackUrl: receiver.url, attachment })
  const pass = (ms: number) => void (clock.at = new Date(clock.at.getTime() + ms))
  return { simulator, receiver, context, config, pass, bytes, phone: simulator.phone('Lin') }
}

async function sendWith(
  context: SendContext<Config>,
  content: OutgoingMessage['content'] | string,
  to: string,
  thread?: string,
) {
  const said = typeof content === 'string' ? ({ type: 'text', text: content, markup: 'none' } as const) : content
  const place = { to, ...(thread === undefined ? {} : { thread }) }
  const rendered = whatsapp.render({ ...place, content: said, window: 'open', links: {} }, context.config)
  ok(rendered.kind === 'parts')
  const results: SendResult[] = []
  for (const part of rendered.parts) results.push(await whatsapp.send(part, context))
  return { result: results.at(-1) ?? { kind: 'unknown', problem: { code: 'no-answer' } }, results }
}
const codeOf = (result: SendResult) => ('problem' in result ? result.problem.code : result.kind)

test('words go both ways and are marked', async () => {
  const { simulator, receiver, context, phone } = await world()
  const id = await phone.say({ type: 'text', text: '在吗？/ 😀' })
  await simulator.settled()
  const [asked] = receiver.of('message')
  expect([asked?.id, asked?.content]).toEqual([id, { type: 'text', text: '在吗？/ 😀', markup: 'none' }])
  const { result } = await sendWith(context, 'Yes', asked?.from.address ?? '')
  ok(result.kind === 'accepted')
  await phone.read()
  await simulator.settled()
  expect(phone.screen.at(-1)?.text).toBe('Yes')
  expect(receiver.of('receipt').map(({ state, messageId, key }) => [state, messageId, key])).toEqual(
    ['sent', 'delivered', 'read'].map((state) => [state, result.messageId, 'test-1']),
  )
  expect(receiver.refusals).toEqual([])
})

test('what is said in a group is answered there, in words, files and templates, and marked for the group', async () => {
  const { simulator, receiver, context, phone, pass } = await world()
  await phone.act('group:Hi all')
  await simulator.phone('Wang').act('group:Hi')
  await simulator.settled()
  const [said] = receiver.of('message')
  ok(said?.thread)
  expect(said.thread).toEqual({ key: expect.any(String), kind: 'group' })
  const options = [{ id: 'a', label: 'Red' }]
  const { key } = said.thread
  const menu = { type: 'menu', text: 'Which?', style: 'list', options } as const
  const { result } = await sendWith(context, menu, key, key)
  ok(result.kind === 'accepted')
  await simulator.settled()
  for (const name of ['Lin', 'Wang']) expect(simulator.phone(name).screen.at(-1)?.text).toMatch(/Which\?[^]*1\. Red/)
  const marks = receiver.of('receipt')
  expect(marks.map(({ to, state, messageId }) => [to, state, messageId])).toEqual([
    [key, 'delivered', result.messageId],
    [key, 'delivered', result.messageId],
  ])
  pass(25 * 3_600_000)
  expect(codeOf((await sendWith(context, 'too late', key, key)).result)).toBe('window-closed')
})

test('files go both ways; an address that has run out is asked for anew', async () => {
  const { simulator, receiver, context, phone, bytes, pass } = await world()
  await phone.say({ type: 'image', bytes, mime: 'image/jpeg', caption: 'Broken' })
  await simulator.settled()
  const content = receiver.of('message')[0]?.content
  ok(content?.type === 'image' && 'media' in content)
  const fetched = await whatsapp.fetchMedia?.(content.media, context)
  ok(fetched?.kind === 'fetched')
  expect([fetched.bytes, fetched.mime]).toEqual([bytes, 'image/jpeg'])
  const attachment = { id: 'a', name: '图.jpg', mime: 'image/jpeg', bytes: bytes.length }
  expect((await sendWith(context, { type: 'image', attachment, caption: 'New' }, phone.address)).result.kind).toBe(
    'accepted',
  )
  const shown = phone.screen.at(-1)
  expect([shown?.type, shown?.text]).toEqual(['image', 'New'])
  const sentBack = await whatsapp.fetchMedia?.({ id: shown?.media?.id ?? '' }, context)
  expect(sentBack?.kind === 'fetched' && sentBack.bytes).toEqual(bytes)
  pass(8 * 86_400_000)
  expect((await whatsapp.fetchMedia?.(content.media, context))?.kind).toBe('gone')
})

test('the address of a file wants the token and lives five minutes', async () => {
  const { simulator, context, phone, bytes, pass, receiver, config } = await world()
  await phone.say({ type: 'file', bytes, mime: 'application/pdf', name: 'a.pdf' })
  await simulator.settled()
  const content = receiver.of('message')[0]?.content
  ok(content?.type === 'file' && 'media' in content)
  const headers = { authorization: `Bearer ${config.accessToken}` }
  const described = await plainHttp(`${config.apiUrl}/${content.media.id}`, { headers })
  ok(described.kind === 'answer')
  const { url }: { url: string } = JSON.parse(described.body.toString())
  const status = async (request: { headers?: Record<string, string> }) => {
    const answer = await plainHttp(url, request)
    return answer.kind === 'answer' && answer.status
  }
  expect([await status({}), await status({ headers })]).toEqual([401, 200])
  pass(300_001)
  expect(await status({ headers })).toBe(404)
  const late = await whatsapp.fetchMedia?.(content.media, context)
  expect([late?.kind, late?.kind === 'fetched' && late.name]).toEqual(['fetched', 'a.pdf'])
})

test('a pressed button and a chosen row say which option', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  for (const count of [2, 5]) {
    const options = Array.from({ length: count }, (_, at) => ({ id: `o${count}-${at}`, label: `Option ${at}` }))
    await sendWith(context, { type: 'menu', text: 'Which?', style: 'list', options }, phone.address)
    await phone.act(`press:o${count}-1`)
  }
  await simulator.settled()
  expect(receiver.of('message').flatMap(({ choice }) => choice ?? [])).toEqual(['o2-1', 'o5-1'])
})

test('acts of the customer arrive as what they are', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  await sendWith(context, 'Hello', phone.address)
  const acts = ['react:👍', 'unreact', 'edit:Hey', 'order:LJ-1', 'contacts:Wang', 'sticker', 'poll', 'ad:From an ad']
  for (const act of [...acts, 'flow:{"size":"M"}', 'recall', 'answered-in-app:Sure', 'stop-marketing'])
    await phone.act(act)
  await simulator.settled()
  const kinds = receiver.events().map((event) => (event.kind === 'message' ? event.content.type : event.kind))
  expect(kinds.filter((kind) => kind !== 'receipt')).toEqual([
    'text',
    'reacted',
    'reacted',
    'edited',
    'order',
    'contact',
    'image',
    'unsupported',
    'text',
    'form-response',
    'recalled',
    'echo',
    'consent',
  ])
})

test('somebody who hides the number is answered under the user id, and moves with it', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.act('hide-number')
  await phone.say({ type: 'text', text: 'Hi' })
  await simulator.settled()
  const from = receiver.of('message')[0]?.from
  expect([from?.address, from?.aliases]).toEqual([phone.address, undefined])
  expect((await sendWith(context, 'Hello', phone.address)).result.kind).toBe('accepted')
  const before = phone.address
  await phone.act('change-number:8613900000000')
  await simulator.settled()
  const [moved] = receiver.of('moved')
  expect([moved?.from.address, moved?.toAddress]).toEqual([before, phone.address])
})

test('a day after the last message the window is shut, and a template goes through', async () => {
  const { simulator, receiver, context, phone, pass } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  pass(86_400_001)
  const { result } = await sendWith(context, 'Too late', phone.address)
  expect([result.kind, codeOf(result)]).toEqual(['rejected', 'window-closed'])
  const text = 'Order {{number}} was sent to {{city}}.'
  const asked = {
    name: 'order_sent',
    language: 'en_US',
    category: 'UTILITY',
    text,
    parameters: ['A-1', 'Rome'],
    buttons: [],
  }
  const created = await whatsapp.templates?.make?.submit(asked, context)
  expect(created && 'state' in created && created.state).toEqual('pending')
  // The provider takes its time to review it.
  await expect
    .poll(() => receiver.of('template').map(({ name, state }) => [name, state]))
    .toEqual([['order_sent', 'approved']])
  const used = filled(await listedOne(context, 'order_sent'), ['A-1', 'Rome'])
  expect((await sendWith(context, used, phone.address)).result.kind).toBe('accepted')
  expect(phone.screen.at(-1)?.text).toBe('Order A-1 was sent to Rome.')
  expect(codeOf((await sendWith(context, { ...used, parameters: ['A-1'] }, phone.address)).result)).toBe(
    'template-refused',
  )
  simulator.review('order_sent', 'PAUSED')
  expect(codeOf((await sendWith(context, used, phone.address)).result)).toBe('template-refused')
  expect(simulator.refusals).toEqual(['131047', '132000', '132015'])
})

test('templates are listed over pages with their states, and removed', async () => {
  const { simulator, context } = await world()
  for (const name of ['one', 'two_rejected', 'three']) {
    await whatsapp.templates?.make?.submit(
      { name, language: 'en_US', category: 'marketing', text: `Hello ${name}`, parameters: [], buttons: [] },
      context,
    )
  }
  await simulator.settled()
  expect(await whatsapp.templates?.remove?.('one', context)).toBeNull()
  const listed = await whatsapp.templates?.list(context)
  ok(Array.isArray(listed))
  expect(listed.map(({ name, state, text }) => [name, state, text])).toEqual([
    ['two_rejected', 'rejected', 'Hello two_rejected'],
    ['three', 'approved', 'Hello three'],
  ])
  const again = await whatsapp.templates?.remove?.('one', context)
  expect(again?.code).toBe('template-refused')
})

test('a template of all parts, in two languages, is listed as it was made, and its button is pressed', async () => {
  const { simulator, receiver, context, phone } = await world()
  const { templates } = whatsapp
  const make = templates?.make
  ok(templates && make)
  const asked: TemplateDraft = {
    name: 'sale_slow',
    language: 'en',
    category: 'marketing',
    text: 'Green tea is {{1}} off until {{2}}.',
    parameters: ['20%', 'Friday'],
    header: 'Spring sale',
    footer: 'Reply STOP to leave',
    buttons: [
      { kind: 'url', label: 'Shop', url: 'https://camellia.example' },
      { kind: 'reply', label: 'Tell me more' },
      { kind: 'phone', label: 'Call us', phone: '+8613800000000' },
    ],
  }
  expect(templateFaults(asked, make.rules)).toEqual([])
  expect(await make.submit(asked, context)).toMatchObject({ state: 'pending' })
  expect(await make.submit(asked, context)).toMatchObject({ code: 'template-refused' })
  const chinese = { ...asked, language: 'zh_CN', text: '绿茶立减 {{1}}，{{2}} 截止。', header: '春季优惠' }
  expect(await make.submit(chinese, context)).toMatchObject({ state: 'pending', parameters: ['1', '2'] })
  const listed = await templates.list(context)
  ok(Array.isArray(listed))
  expect(listed.map(({ language, state }) => [language, state])).toEqual([
    ['en', 'pending'],
    ['zh_CN', 'pending'],
  ])
  expect(listed[0]?.components).toEqual([
    { part: 'header', text: 'Spring sale' },
    { part: 'body', text: asked.text },
    { part: 'footer', text: 'Reply STOP to leave' },
    { part: 'button', text: 'Tell me more', does: 'reply' },
    { part: 'button', text: 'Shop', does: 'url', url: 'https://camellia.example' },
    { part: 'button', text: 'Call us', does: 'phone' },
  ])
  simulator.review('sale_slow', 'APPROVED')
  await simulator.settled()
  expect(receiver.of('template').map(({ language, state }) => [language, state])).toEqual([
    ['en', 'approved'],
    ['zh_CN', 'approved'],
  ])
  const content = {
    type: 'template' as const,
    name: 'sale_slow',
    language: 'en',
    text: '',
    parameters: ['20%', 'Friday'],
  }
  await phone.say({ type: 'text', text: 'Hi' })
  expect((await sendWith(context, content, phone.address)).result.kind).toBe('accepted')
  expect(phone.screen.at(-1)?.text).toBe('Spring sale\nGreen tea is 20% off until Friday.\nReply STOP to leave')
  await phone.act('press:Tell me more')
  await simulator.settled()
  expect(receiver.of('message').at(-1)).toMatchObject({ choice: 'Tell me more' })
  const refused = await make.submit({ ...asked, name: 'edge', text: '{{1}}', parameters: ['x'] }, context)
  expect(refused).toMatchObject({ code: 'template-refused' })
})

test('nobody is there: the provider takes it and reports the failure', async () => {
  const { simulator, receiver, context } = await world()
  const asked = { name: 'hello', language: 'en_US', category: 'UTILITY', text: 'Hello', parameters: [], buttons: [] }
  await whatsapp.templates?.make?.submit(asked, context)
  await simulator.settled()
  const content = { type: 'template' as const, name: 'hello', language: 'en_US', text: 'Hello', parameters: [] }
  expect((await sendWith(context, content, '4915112345678')).result.kind).toBe('accepted')
  await simulator.settled()
  const [failed] = receiver.of('receipt')
  expect([failed?.state, failed?.problem?.code]).toEqual(['failed', 'unreachable'])
})

test('a token that runs out is refused, and the check says what to do', async () => {
  const { simulator, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  expect((await sendWith(context, 'Hello', phone.address)).result.kind).toBe('accepted')
  simulator.expireToken()
  const { result } = await sendWith(context, 'Hello?', phone.address)
  expect([result.kind, codeOf(result)]).toEqual(['rejected', 'credentials-refused'])
  const [finding] = await whatsapp.lifecycle.check(context)
  expect(finding?.ok).toBe(false)
  expect(finding?.words.en ?? '').toMatch(/access token .*make a new one/)
})

test('a link puts its parameter into the composer', async () => {
  const { simulator, context } = await world()
  const url = 'https://wa.me/15550783881?text=window_1'
  expect(await whatsapp.entrance?.('window_1', context)).toEqual({ url, as: 'link', endsAt: null })
  simulator.expireToken()
  expect(await whatsapp.entrance?.('window_1', context)).toMatchObject({ code: 'credentials-refused' })
})

test('too many at once are tried again later', async () => {
  const { context, phone, pass } = await world({ pairBurst: 2 })
  await phone.say({ type: 'text', text: 'Hi' })
  const results = []
  for (const text of ['1', '2', '3']) results.push((await sendWith(context, text, phone.address)).result)
  expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'rate-limited'])
  expect(results[2]?.kind === 'retry' && results[2].afterMs).toEqual(6_000)
  pass(6_000)
  expect((await sendWith(context, '3', phone.address)).result.kind).toBe('accepted')
})

test('silence after the work is unknown, and the marks that follow bring our key', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  simulator.faults.next = ['silence-after']
  expect((await sendWith({ ...context, idempotencyKey: 'send-7' }, 'Hello', phone.address)).result.kind).toBe('unknown')
  await simulator.settled()
  ok(receiver.of('receipt').every(({ key }) => key === 'send-7'))
  expect(phone.screen.filter(({ text }) => text === 'Hello').length).toBe(1)
})

test('repeats and disorder lose nothing and add nothing', async () => {
  const { simulator, receiver, phone } = await world()
  Object.assign(simulator.faults, { duplicates: 1, shuffleMs: 20 })
  const ids = []
  for (const text of ['1', '2', '3', '4']) ids.push(await phone.say({ type: 'text', text }))
  await simulator.settled()
  expect(receiver.ids.length).toBe(8)
  expect(
    receiver
      .of('message')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids.toSorted())
})

test('typing and the read mark are shown', async () => {
  const { simulator, receiver, context, phone } = await world()
  const messageId = await phone.say({ type: 'text', text: 'Hi' })
  await simulator.settled()
  const to = receiver.of('message')[0]?.from.address ?? ''
  expect(await whatsapp.signal?.({ kind: 'typing', to, messageId }, context)).toBeNull()
  expect(simulator.typingUntil('Lin')).toBe(Date.parse('2026-07-01T10:00:25Z'))
  await sendWith(context, 'Hello', to)
  expect(simulator.typingUntil('Lin')).toBe(0)
  expect(await whatsapp.signal?.({ kind: 'read', to, messageId }, context)).toBeNull()
  expect((await whatsapp.signal?.({ kind: 'read', to, messageId: 'wamid.none' }, context))?.code).toBe(
    'content-refused',
  )
})

test('connecting tells the provider where to call; the check sees it, and a wrong secret', async () => {
  const { simulator, context, config, phone, receiver } = await world()
  simulator.pointTo('')
  expect((await whatsapp.lifecycle.check(context)).map(({ ok: isFine }) => isFine)).toEqual([true, false])
  expect(await whatsapp.lifecycle.connect?.(context)).toBeNull()
  expect((await whatsapp.lifecycle.check(context)).map(({ ok: isFine }) => isFine)).toEqual([true, true])
  await phone.say({ type: 'text', text: 'Hi' })
  await simulator.settled()
  expect(receiver.of('message').length).toBe(1)
  const wrong = testContext(
    { ...config, appSecret: 'wrong', verifyToken: 'wrong-token' },
    { callbackUrl: receiver.url },
  )
  expect((await whatsapp.lifecycle.check(wrong))[0]?.words.en ?? '').toMatch(/app secret/)
  expect((await whatsapp.lifecycle.connect?.(wrong))?.code).toBe('callback-wrong')
  expect(await whatsapp.lifecycle.disconnect?.(context)).toBeNull()
  expect((await whatsapp.lifecycle.check(context)).map(({ ok: isFine }) => isFine)).toEqual([true, false])
})
