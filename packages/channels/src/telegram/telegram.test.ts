import type { MessageContent } from '@qiao/protocol'
import * as fc from 'fast-check'
import { Api, webhookCallback, Bot } from 'grammy'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { sampleContents } from '../conformance-contents.ts'
import { conformance } from '../conformance.ts'
import type { OutgoingMessage } from '../contract.ts'
import { testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { webhookSecret } from './config.ts'
import { formatted, fromEntities, splitFormatted } from './entities.ts'
import { telegramChannel } from './index.ts'
import { initDataUser } from './init-data.ts'
import { signed } from './fixtures.ts'
import { telegramKit } from './kit.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(telegramChannel, telegramKit))('$name', async (check) =>
  expect(await check.run()).toBeUndefined(),
)

const attachmentId = '0190a6b0-0000-7000-8000-000000000001'
const text = (words: string, markup: 'none' | 'light' = 'none'): MessageContent => ({
  type: 'text',
  text: words,
  markup,
})
const sound = { id: attachmentId, name: 'a.ogg', mime: 'audio/ogg', bytes: 9 }

async function connected(options: Parameters<typeof startSimulator>[0] = {}) {
  const simulator = await startSimulator(options)
  const config = telegramChannel.config.parse(simulator.config)
  const receiver = await startReceiver(telegramChannel, config, options.now)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const context = testContext(config, { ...(options.now ? { now: options.now } : {}), callbackUrl: receiver.url })
  const send = async (to: string, content: MessageContent, more: Partial<OutgoingMessage> = {}) => {
    const rendered = telegramChannel.render({ to, content, window: 'open', links: {}, ...more }, config)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const results = []
    for (const part of rendered.parts) results.push(await telegramChannel.send(part, context))
    return results
  }
  return { simulator, receiver, context, send, config }
}

test('a conversation: text, quotes, a menu whose press is answered, reactions, edits', async () => {
  const { simulator, receiver, send } = await connected()
  const phone = simulator.phone('Li')
  const asked = await phone.say({ type: 'text', text: '在吗？' })
  expect(await send(phone.address, text('您好 **李**', 'light'), { replyTo: asked })).toMatchObject([
    { kind: 'accepted' },
  ])
  await send(phone.address, { type: 'menu', text: '选', style: 'list', options: [{ id: 'a', label: '退货' }] })
  for (const act of ['press:a', 'react:👍', 'edit:好', 'start:ad42', 'contact', 'sticker:😀']) await phone.act(act)
  await simulator.settled()
  expect(phone.screen.slice(0, 3).map((shown) => shown.text)).toEqual(['在吗？', '您好 李', '选'])
  const events = receiver.events()
  expect(events.map(({ kind }) => kind)).toEqual([
    'message',
    'message',
    'reacted',
    'edited',
    'message',
    'message',
    'message',
  ])
  expect(events).toMatchObject([
    { id: asked },
    { choice: 'a', content: { text: '退货' }, replyTo: phone.screen[2]?.id },
    { emoji: '👍', messageId: phone.screen[2]?.id },
    { messageId: asked, content: { text: '好' } },
    { referral: { parameter: 'ad42' } },
    { from: { aliases: [{ kind: 'phone', value: '+8613800001234' }] } },
    { content: { type: 'image' } },
  ])
  await expect.poll(() => simulator.answered.size).toBe(1)
})

test('what was sent is edited and taken back, twice as well as once, until it is too old', async () => {
  let now = new Date()
  const { simulator, send, context, config } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: '在吗？' })
  const [sent] = await send(phone.address, text('明天到'))
  const messageId = sent?.kind === 'accepted' ? (sent.messageId ?? '') : ''
  const rendered = telegramChannel.render(
    { to: phone.address, content: text('后天到'), window: 'open', links: {}, replyTo: '1/1' },
    config,
  )
  if (rendered.kind !== 'parts') throw new Error('It is a text')
  const edit = { kind: 'edit', to: phone.address, messageId, part: rendered.parts[0] } as const
  const recall = { kind: 'recall', to: phone.address, messageId } as const
  const shown = () => phone.screen.filter(({ mine }) => !mine).map((each) => each.text)
  for (const _ of [1, 2]) expect(await telegramChannel.revise?.(edit, context)).toMatchObject({ kind: 'accepted' })
  expect(shown()).toEqual(['后天到'])
  const location = { ...edit, part: { request: { method: 'sendLocation' } } }
  expect(await telegramChannel.revise?.(location, context)).toMatchObject({ kind: 'rejected' })
  simulator.faults.next.push('silence-after')
  expect(await telegramChannel.revise?.(recall, context)).toMatchObject({ kind: 'retry' })
  expect(await telegramChannel.revise?.(recall, context)).toMatchObject({ kind: 'accepted' })
  expect(shown()).toEqual([])
  const [old] = await send(phone.address, text('旧'))
  now = new Date(now.getTime() + 49 * 3_600_000)
  const tooLate = { ...recall, messageId: old?.kind === 'accepted' ? (old.messageId ?? '') : '' }
  expect(await telegramChannel.revise?.(tooLate, context)).toMatchObject({ kind: 'rejected' })
})

test('a reaction stands on the message of the customer until it is taken back', async () => {
  const { simulator, context } = await connected()
  const phone = simulator.phone('Li')
  const messageId = await phone.say({ type: 'text', text: '到了，谢谢' })
  const react = (emoji: string | null) =>
    telegramChannel.revise?.({ kind: 'react', to: phone.address, messageId, emoji }, context)
  for (const emoji of telegramChannel.capabilities.reactions.only ?? [])
    expect(await react(emoji)).toEqual({ kind: 'accepted', messageId })
  for (const _ of [1, 2]) expect(await react('❤️')).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.reaction).toBe('❤')
  expect(await react('🍵')).toMatchObject({ kind: 'rejected' })
  simulator.faults.next.push('silence-after')
  expect(await react(null)).toMatchObject({ kind: 'retry' })
  expect(await react(null)).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.reaction).toBeUndefined()
  await phone.act('business')
  const other = await phone.say({ type: 'text', text: '在吗' })
  const toShop = { kind: 'react', to: `${phone.address}@biz_1`, messageId: other, emoji: '👍' } as const
  expect(await telegramChannel.revise?.(toShop, context)).toMatchObject({
    kind: 'rejected',
    problem: { code: 'unsupported' },
  })
})

test('files go both ways, until their time is over', async () => {
  let now = new Date()
  const { simulator, receiver, context, send } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'image', bytes: Buffer.from('pixels'), mime: 'image/jpeg', caption: '坏了' })
  await phone.say({ type: 'file', bytes: Buffer.alloc(20 * 1024 * 1024 + 1), mime: 'video/mp4', name: 'long.mp4' })
  await simulator.settled()
  const media = receiver.of('message').flatMap(({ content }) => ('media' in content ? content.media : []))
  expect(await telegramChannel.fetchMedia?.(media[0] ?? {}, context)).toEqual({
    kind: 'fetched',
    bytes: Buffer.from('pixels'),
  })
  expect(await telegramChannel.fetchMedia?.(media[1] ?? {}, context)).toMatchObject({
    kind: 'gone',
    problem: { code: 'too-large' },
  })
  expect(await telegramChannel.fetchMedia?.({ id: 'other' }, context)).toMatchObject({
    kind: 'gone',
    problem: { code: 'media-gone' },
  })
  expect(await send(phone.address, { type: 'audio', attachment: sound, caption: 'x'.repeat(1025) })).toMatchObject([
    { kind: 'accepted' },
    { kind: 'accepted' },
  ])
  expect(phone.screen.slice(-2)).toMatchObject([{ media: { name: 'picture.jpg' } }, { text: 'x'.repeat(1025) }])
  now = new Date(now.getTime() + 1)
})

test.each(sampleContents)('$type is taken as we render it', async (content) => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('Li')
  const asked = await phone.say({ type: 'text', text: 'Hello' })
  const results = await send(phone.address, content, { replyTo: asked })
  expect(results.map(({ kind }) => kind)).toEqual(results.map(() => 'accepted'))
  expect(simulator.refusals).toEqual([])
  await simulator.settled()
})

test('groups are answered in the group, and followed when they grow', async () => {
  const { simulator, receiver, send } = await connected()
  const phone = simulator.phone('Li')
  await phone.act('group:Neighbours')
  await phone.say({ type: 'text', text: 'Hello' })
  await simulator.settled()
  const [{ from, thread } = { from: { address: '' }, thread: undefined }] = receiver.of('message')
  expect(from.address).toBe(phone.address)
  expect(thread).toMatchObject({ kind: 'group', title: 'Neighbours' })
  const inGroup = { thread: thread?.key ?? '' }
  expect(await send(from.address, text('Hi'), inGroup)).toMatchObject([{ kind: 'accepted' }])
  await phone.act('upgrade')
  await simulator.settled()
  const [moved] = receiver.of('moved')
  expect(moved).toMatchObject({ from: { address: thread?.key } })
  expect(await send(from.address, text('Hi'), inGroup)).toMatchObject([{ kind: 'accepted', moved: moved?.toAddress }])
  expect(simulator.refusals).toEqual(['400'])
})

test('a business account: echoes, recalls, read marks, and a window of a day', async () => {
  let now = new Date()
  const { simulator, receiver, context, send } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  await phone.act('business')
  const asked = await phone.say({ type: 'text', text: 'Hello' })
  await phone.act('colleague:Hi')
  await phone.act('recall')
  await simulator.settled()
  const [message] = receiver.of('message')
  expect(message).toMatchObject({ id: asked, from: { aliases: [{ kind: 'address', value: phone.address }] } })
  expect(receiver.of('echo')).toMatchObject([{ ours: false, from: message?.from, content: { text: 'Hi' } }])
  expect(receiver.of('recalled')).toMatchObject([{ messageId: asked }])
  const to = message?.from.address ?? ''
  expect(await send(to, text('Yes?'))).toMatchObject([
    { kind: 'accepted', messageId: expect.stringContaining(`${to}/`) },
  ])
  expect(await telegramChannel.signal?.({ kind: 'read', to, messageId: asked }, context)).toBeNull()
  now = new Date(now.getTime() + 86_400_001)
  expect(await send(to, text('Yes?'))).toMatchObject([{ kind: 'rejected', problem: { code: 'window-closed' } }])
})

test('a link brings its parameter back', async () => {
  const { simulator, receiver, context } = await connected()
  const entrance = await telegramChannel.entrance?.('window_1', context)
  if (!entrance || !('url' in entrance)) throw new Error(JSON.stringify(entrance))
  expect(entrance).toMatchObject({ as: 'link', endsAt: null })
  expect(entrance.url).toMatch(/^https:\/\/t\.me\/\w+\?start=window_1$/)
  await simulator.phone('Li').act(`start:${new URL(entrance.url).searchParams.get('start')}`)
  await simulator.settled()
  expect(receiver.of('message')).toMatchObject([{ referral: { source: 'link', parameter: 'window_1' } }])
  simulator.revoke()
  expect(await telegramChannel.entrance?.('window_1', context)).toMatchObject({ code: 'credentials-refused' })
})

test('refusals: strangers, blocks, rates, a revoked token, silence', async () => {
  const now = new Date()
  const { simulator, receiver, send, config, context } = await connected({ now: () => now })
  const phone = simulator.phone('Li')
  expect(await send('42', text('Hello'))).toMatchObject([{ kind: 'rejected', problem: { code: 'address-unknown' } }])
  expect(await send(phone.address, text('Hello'))).toMatchObject([
    { kind: 'rejected', problem: { code: 'not-permitted' } },
  ])
  await phone.act('start:')
  for (const act of ['block', 'unblock']) await phone.act(act)
  await phone.act('block')
  expect(await send(phone.address, text('Hello'))).toMatchObject([
    { kind: 'rejected', problem: { code: 'blocked-us' } },
  ])
  await phone.act('unblock')
  await simulator.settled()
  expect(receiver.of('consent').map(({ wanted }) => wanted)).toEqual([false, true, false, true])
  simulator.faults.next.push('silence-after')
  expect(await send(phone.address, text('1'))).toMatchObject([{ kind: 'unknown' }])
  expect(phone.screen.at(-1)).toMatchObject({ mine: false, text: '1' })
  for (const words of ['2', '3', '4', '5'])
    expect(await send(phone.address, text(words))).toMatchObject([{ kind: 'accepted' }])
  expect(await send(phone.address, text('6'))).toMatchObject([
    { kind: 'retry', afterMs: 1000, problem: { code: 'rate-limited' } },
  ])
  simulator.revoke()
  const [refused] = await send(phone.address, text('7'))
  expect(refused).toMatchObject({ kind: 'rejected', problem: { code: 'credentials-refused' } })
  expect(JSON.stringify([refused, context.logged])).not.toContain(config.token)
})

test('what is delivered twice has the same ids, and a shuffled chat has its order in the numbers', async () => {
  const { simulator, receiver } = await connected()
  simulator.faults.duplicates = 1
  simulator.faults.shuffleMs = 40
  const phone = simulator.phone('Li')
  for (const words of ['1', '2', '3']) await phone.say({ type: 'text', text: words })
  await simulator.settled()
  expect(receiver.ids).toHaveLength(6)
  expect([...new Set(receiver.ids)].toSorted()).toEqual(['1', '2', '3'])
})

test('connecting, checking and disconnecting say what is wrong', async () => {
  const { simulator, receiver, context, config } = await connected()
  const findings = async (other = context) =>
    (await telegramChannel.lifecycle.check(other)).map(({ ok, words }) => [ok, words.en])
  expect(await telegramChannel.lifecycle.connect?.(context)).toBeNull()
  expect(await findings()).toEqual([
    [true, expect.stringContaining('@qiao_bot')],
    [true, expect.stringContaining('right address')],
  ])
  expect(await findings(testContext(config, { callbackUrl: 'https://other.example/' }))).toMatchObject([
    [true, expect.any(String)],
    [false, expect.stringContaining('Another system')],
  ])
  expect(await telegramChannel.lifecycle.connect?.(testContext(config, { callbackUrl: 'nowhere' }))).toMatchObject({
    code: 'callback-wrong',
  })
  expect(await telegramChannel.lifecycle.disconnect?.(context)).toBeNull()
  expect(await findings()).toMatchObject([
    [true, expect.any(String)],
    [false, expect.stringContaining('connect again')],
  ])
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: 'While nobody listened' })
  await telegramChannel.lifecycle.connect?.(context)
  await simulator.settled()
  expect(receiver.of('message')).toHaveLength(1)
  expect(await telegramChannel.profile?.(phone.address, context)).toEqual({
    name: 'Li',
    attributes: { username: `user${phone.address}` },
  })
  expect(await telegramChannel.signal?.({ kind: 'typing', to: phone.address }, context)).toBeNull()
  simulator.revoke()
  expect(await findings()).toEqual([[false, expect.stringContaining('@BotFather')]])
  expect(await findings(testContext({ ...config, apiUrl: 'http://127.0.0.1:9' }))).toEqual([
    [false, expect.stringContaining('cannot be reached')],
  ])
})

test('a pressed button is answered in the answer to the webhook', () => {
  const update = { update_id: 5, callback_query: { id: '77', from: { id: 1 }, chat_instance: '1', data: 'a' } }
  const accepted = telegramChannel.webhook?.accept(
    signed(Buffer.from(JSON.stringify(update))),
    telegramKit.config,
    telegramKit.now,
  )
  expect(JSON.parse(accepted?.response.body ?? '')).toEqual({ method: 'answerCallbackQuery', callback_query_id: '77' })
})

test('an SDK of others understands our simulator, and takes what it delivers', async () => {
  const { simulator, config } = await connected()
  const api = new Api(config.token, { apiRoot: config.apiUrl })
  const phone = simulator.phone('Li')
  await phone.act('start:')
  const sent = await api.sendMessage(Number(phone.address), 'Hello', {
    reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
  })
  expect(phone.screen.at(-1)).toMatchObject({ id: `${phone.address}/${sent.message_id}`, choices: [{ id: 'a' }] })
  await expect(api.sendMessage(42, 'Hello')).rejects.toThrow('chat not found')
  await expect(api.sendMessage(Number(phone.address), 'x'.repeat(4097))).rejects.toThrow('too long')
  const bot = new Bot(config.token, {
    botInfo: { id: 5000, is_bot: true, first_name: 'Qiao', username: 'qiao_bot' } as never,
  })
  const heard: string[] = []
  bot.use(({ message, callbackQuery }) => {
    if (message?.text) heard.push(message.text)
    if (callbackQuery?.data) heard.push(`pressed ${callbackQuery.data}`)
  })
  const handle = webhookCallback(bot, 'std/http', { secretToken: webhookSecret(config) })
  for (const { request } of telegramKit.fixtures) {
    if (!request) continue
    const headers = { ...request.headers, 'x-telegram-bot-api-secret-token': webhookSecret(config) }
    expect(
      (await handle(new Request(request.url, { method: 'POST', headers, body: request.body.toString() }))).status,
    ).toBe(200)
  }
  expect(heard).toEqual(expect.arrayContaining(['在吗？', 'pressed return']))
})

test('Mini Apps: the vector, another token, another word, an old one', () => {
  const vectors: { channel: string; input: { botToken: string; initData: string } }[] = JSON.parse(
    readFileSync(new URL('../vectors.json', import.meta.url), 'utf8'),
  )
  const { botToken, initData } = vectors.find(({ channel }) => channel === 'telegram')?.input ?? {
    botToken: '',
    initData: '',
  }
  const now = new Date(1_662_771_648_000 + 60_000)
  expect(initDataUser(initData, botToken, now, 3_600_000)).toEqual({ address: '279058397', name: 'Vladislav Kibenko' })
  expect(initDataUser(initData, telegramKit.config.token, now, 3_600_000)).toBeNull()
  expect(initDataUser(initData.replace('279058397', '279058398'), botToken, now, 3_600_000)).toBeNull()
  expect(initDataUser(initData, botToken, new Date(now.getTime() + 3_600_000), 3_600_000)).toBeNull()
})

test('formatting keeps its place: behind emoji, nested, over a cut, in lists', () => {
  expect(formatted('👋 **a *b* c** [shop](https://a.cn/) `x`')).toEqual({
    text: '👋 a b c shop x',
    entities: [
      { type: 'bold', offset: 3, length: 5 },
      { type: 'italic', offset: 5, length: 1 },
      { type: 'text_link', url: 'https://a.cn/', offset: 9, length: 4 },
      { type: 'code', offset: 14, length: 1 },
    ],
  })
  expect(formatted('- **a**\n- b\n\n> c').text).toBe('• a\n• b\nc')
  const [first, second] = splitFormatted(formatted(`**${'a'.repeat(10)} ${'b'.repeat(10)}**`), 12)
  expect(first).toEqual({ text: 'a'.repeat(10), entities: [{ type: 'bold', offset: 0, length: 10 }] })
  expect(second).toEqual({ text: 'b'.repeat(10), entities: [{ type: 'bold', offset: 0, length: 10 }] })
})

test('whatever is formatted, no letter is lost on the way in or out', () => {
  const letters = (words: string) => words.replace(/\s/gu, '')
  const entity = fc.record({
    type: fc.constantFrom('bold', 'italic', 'code', 'pre', 'strikethrough', 'blockquote', 'spoiler'),
    offset: fc.nat(30),
    length: fc.nat(30),
  })
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.array(entity, { maxLength: 4 }),
      (words, entities) => {
        const read = fromEntities(words, entities)
        const back = read.markup === 'light' ? formatted(read.text).text.replaceAll('•', '') : read.text
        expect(letters(back)).toBe(letters(read.markup === 'light' ? words.replaceAll('•', '') : words))
      },
    ),
  )
})
