import { ok } from 'node:assert/strict'
import { expect, onTestFinished, test } from 'vitest'
import { conformance } from '../conformance.ts'
import type { OutgoingMessage, SendContext } from '../contract.ts'
import { httpAnswer } from '../families/meta/messaging-fixtures.ts'
import type { MessagingOptions } from '../families/meta/messaging-simulator.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { type Config, config as configSchema } from './config.ts'
import { instagram } from './index.ts'
import { kit, testConfig } from './kit.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(instagram, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

const bytes = Buffer.from('bytes of a picture')
const day = 86_400_000
const words = (text: string): OutgoingMessage['content'] => ({ type: 'text', text, markup: 'none' })

async function sendWith(
  context: SendContext<Config>,
  content: OutgoingMessage['content'],
  to: string,
  more: Partial<OutgoingMessage> = {},
) {
  const rendered = instagram.render({ to, content, window: 'open', links: {}, ...more }, context.config)
  ok(rendered.kind === 'parts')
  return instagram.send(rendered.parts[0], context)
}

async function world(options: MessagingOptions = {}) {
  const clock = { at: new Date('2026-07-01T10:00:00Z') }
  const simulator = await startSimulator({ now: () => clock.at, ...options })
  const config = configSchema.parse(simulator.config)
  const receiver = await startReceiver(instagram, config)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const context = testContext(config, { callbackUrl: receiver.url })
  const pass = (time: number) => void (clock.at = new Date(clock.at.getTime() + time))
  return { simulator, receiver, context, config, pass, phone: simulator.phone('Lin') }
}

test('words go both ways, are seen, and our own come back as ours', async () => {
  const { simulator, receiver, context, phone } = await world()
  const id = await phone.say({ type: 'text', text: '在吗？' })
  const result = await sendWith(context, words('Yes'), phone.address)
  ok(result.kind === 'accepted')
  await phone.read()
  await simulator.settled()
  expect(receiver.of('message')).toMatchObject([{ id, content: words('在吗？') }])
  expect(receiver.of('echo')).toMatchObject([{ id: result.messageId, ours: true }])
  expect(receiver.of('receipt')).toMatchObject([{ state: 'read', messageId: result.messageId, to: phone.address }])
  expect(phone.screen.at(-1)?.text).toBe('Yes')
})

test('a reaction stands on the message of the customer until it is taken back', async () => {
  const { simulator, context, phone, pass } = await world()
  const messageId = await phone.say({ type: 'text', text: 'It came, thanks' })
  const react = (emoji: string | null) =>
    instagram.revise?.({ kind: 'react', to: phone.address, messageId, emoji }, context) ?? null
  for (const emoji of ['❤️', '❤️']) expect(await react(emoji)).toEqual({ kind: 'accepted', messageId })
  expect(phone.screen.at(-1)?.reaction).toBe('❤️')
  simulator.faults.next.push('silence-after')
  expect(await react(null)).toMatchObject({ kind: 'retry' })
  expect(await react(null)).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.reaction).toBeUndefined()
  pass(day + 1)
  expect(await react('❤️')).toMatchObject({ kind: 'rejected', problem: { code: 'window-closed' } })
})

test('files are fetched by Instagram from our address, and by us from theirs', async () => {
  const { simulator, receiver, context, phone, pass } = await world()
  await phone.say({ type: 'video', bytes, mime: 'video/mp4' })
  await simulator.settled()
  const content = receiver.of('message')[0]?.content
  ok(content?.type === 'video' && 'media' in content)
  expect(await instagram.fetchMedia?.(content.media, context)).toMatchObject({ kind: 'fetched', bytes })
  const url = 'https://qiao.example/media/1'
  const attachment = { id: 'a', name: 'a.jpg', mime: 'image/jpeg', bytes: 10 }
  const sent = await sendWith(context, { type: 'image', attachment }, phone.address, { links: { a: url } })
  expect(sent.kind).toBe('accepted')
  expect(phone.screen.at(-1)).toMatchObject({ type: 'image', media: { url } })
  pass(8 * day)
  expect((await instagram.fetchMedia?.(content.media, context))?.kind).toBe('gone')
})

test('stories, shares, chips, recalls and the app of the business arrive as what they are', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  const options = [{ id: 'a', label: 'Return' }]
  await sendWith(context, { type: 'menu', text: 'Which?', style: 'quick', options }, phone.address)
  const acts = ['press:a', 'story-mention', 'story-reply:Lovely', 'share:https://a.example', 'react:❤️', 'edit:Hey']
  for (const act of [...acts, 'recall', 'link:spring', 'answered-in-app:Sure']) await phone.act(act)
  await simulator.settled()
  const kinds = receiver.events().map(({ kind }) => kind)
  expect(kinds).toEqual([
    'message',
    'echo',
    'message',
    'message',
    'message',
    'message',
    'reacted',
    'edited',
    'recalled',
    'acted',
    'echo',
  ])
  expect(receiver.of('message').map(({ extra, choice }) => Object.keys(Object(extra))[0] ?? choice)).toEqual([
    undefined,
    'a',
    'storyMention',
    'storyReply',
    'shared',
  ])
  expect(receiver.of('echo').map(({ ours }) => ours)).toEqual([true, false])
})

test('a comment is answered under it, in public, in words of at most 300 letters', async () => {
  const { simulator, receiver, context, phone } = await world()
  await phone.act('comment:How much?')
  await simulator.settled()
  const [comment] = receiver.of('message')
  ok(comment?.thread)
  expect([comment.thread.kind, comment.content]).toEqual(['public', words('How much?')])
  const answer = { thread: comment.thread.key, replyTo: comment.id }
  expect(await sendWith(context, words('¥128'), phone.address, answer)).toMatchObject({ kind: 'accepted' })
  expect(simulator.comments).toEqual([{ under: comment.id, message: '¥128' }])
  const message = { to: phone.address, window: 'open' as const, links: {}, ...answer }
  const long = instagram.render({ ...message, content: words('word '.repeat(100)) }, testConfig)
  expect(long).toMatchObject({ kind: 'parts', degraded: [] })
  expect(long.kind === 'parts' && long.parts.length).toBe(2)
  const bare = instagram.render({ ...message, content: words('Hi'), replyTo: undefined }, testConfig)
  expect(bare).toMatchObject({ kind: 'impossible', problem: { code: 'unsupported' } })
})

test('a comment is answered in private once, within seven days, and the customer opens the window', async () => {
  const { simulator, receiver, context, phone, pass } = await world()
  const said = async (text: string): Promise<string> => {
    await phone.act(`comment:${text}`)
    await simulator.settled()
    return receiver.of('message').at(-1)?.id ?? ''
  }
  const [first, second] = [await said('How much?'), await said('Hello?')]
  expect((await sendWith(context, words('¥128'), phone.address, { privately: first })).kind).toBe('accepted')
  expect(phone.screen.at(-1)).toMatchObject({ mine: false, type: 'text', text: '¥128' })
  await simulator.settled()
  expect(receiver.of('echo')).toMatchObject([{ ours: true, content: words('¥128') }])
  // It opens nothing by itself.
  expect(await sendWith(context, words('More'), phone.address)).toMatchObject({ problem: { code: 'window-closed' } })
  const again = await sendWith(context, words('Again'), phone.address, { privately: first })
  expect(again).toMatchObject({ kind: 'rejected', problem: { code: 'quota-used' } })
  pass(7 * day + 1)
  const late = await sendWith(context, words('Late'), phone.address, { privately: second })
  expect(late).toMatchObject({ kind: 'rejected', problem: { code: 'window-closed' } })
  const unknown = await sendWith(context, words('Hm'), phone.address, { privately: '1785' })
  expect(unknown).toMatchObject({ kind: 'rejected', problem: { code: 'unsupported' } })
  expect(simulator.refusals).toEqual(['10/2534022', '10900', '10901', '100/2018292'])
  await phone.say({ type: 'text', text: 'Thanks' })
  expect((await sendWith(context, words('Welcome'), phone.address)).kind).toBe('accepted')
})

test.each([
  ['a file', { type: 'image', attachment: { id: 'a', name: 'a.jpg', mime: 'image/jpeg', bytes: 10 } }, 'unsupported'],
  ['more than one message', words('茶'.repeat(334)), 'too-long'],
  ['nothing', words(' '), 'content-refused'],
] as const)('%s is no private answer to a comment', (_what, content, code) => {
  const message = { to: '1', window: 'open', links: { a: 'https://qiao.example/a' }, privately: '1785' } as const
  expect(instagram.render({ ...message, content }, testConfig)).toMatchObject({ kind: 'impossible', problem: { code } })
})

test('a day later only people answer, a week later nobody', async () => {
  const { simulator, context, phone, pass } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  pass(day + 1)
  expect(await sendWith(context, words('Late'), phone.address)).toMatchObject({ problem: { code: 'window-closed' } })
  const people = { window: 'human-agent' as const }
  expect((await sendWith(context, words('Late'), phone.address, people)).kind).toBe('accepted')
  pass(6 * day)
  expect((await sendWith(context, words('Late'), phone.address, people)).kind).toBe('rejected')
  expect(simulator.refusals).toEqual(['10/2534022', '10/2534022'])
})

test('a token that runs out, too many at once, silence', async () => {
  const { simulator, context, phone } = await world({ burst: 2 })
  await phone.say({ type: 'text', text: 'Hi' })
  simulator.faults.next = ['silence-after']
  expect((await sendWith(context, words('1'), phone.address)).kind).toBe('unknown')
  expect((await sendWith(context, words('2'), phone.address)).kind).toBe('accepted')
  expect(await sendWith(context, words('3'), phone.address)).toMatchObject({ kind: 'retry', afterMs: 10_000 })
  simulator.expireToken()
  const refused = await sendWith(context, words('4'), phone.address)
  expect(refused).toMatchObject({ kind: 'rejected', problem: { code: 'credentials-refused' } })
  expect((await instagram.lifecycle.check(context))[0]?.words.en).toMatch(/access token/)
})

test('repeats lose nothing and add nothing', async () => {
  const { simulator, receiver, phone } = await world()
  simulator.faults.duplicates = 1
  for (const text of ['1', '2', '3']) await phone.say({ type: 'text', text })
  await phone.act('recall')
  await simulator.settled()
  expect([receiver.ids.length, receiver.events().length]).toEqual([8, 4])
})

test('profile, typing, connecting and what the check finds', async () => {
  const { context, config, phone } = await world()
  await phone.say({ type: 'text', text: 'Hi' })
  expect(await instagram.profile?.(phone.address, context)).toMatchObject({
    name: 'Lin Smith',
    attributes: { username: 'lin' },
  })
  expect(await instagram.signal?.({ kind: 'typing', to: phone.address }, context)).toBeNull()
  const fine = async () => (await instagram.lifecycle.check(context)).map(({ ok: isFine }) => isFine)
  expect(await fine()).toEqual([true, false])
  expect(await instagram.lifecycle.connect?.(context)).toBeNull()
  expect(await fine()).toEqual([true, true])
  const [finding] = await instagram.lifecycle.check(testContext({ ...config, accountId: '99999' }))
  expect(finding?.words.en).toMatch(/link the professional account/)
  expect(await instagram.lifecycle.disconnect?.(context)).toBeNull()
})

test('with the token of an Instagram login the account is asked in its own way', async () => {
  const { http, calls } = scriptedHttp([
    httpAnswer(200, { user_id: testConfig.accountId, username: 'shop' }),
    httpAnswer(200, { data: [] }),
  ])
  const config = { ...testConfig, apiUrl: 'https://graph.instagram.com/v26.0' }
  const [finding] = await instagram.lifecycle.check(testContext(config, { http }))
  expect(finding).toEqual({ ok: true, words: { zh: '已连接 @shop。', en: 'Connected to @shop.' } })
  expect(calls[0]?.url).toMatch(/^https:\/\/graph\.instagram\.com\/v26\.0\/me\?fields=user_id%2Cusername/)
})

test('the token of an Instagram login is renewed from the age of a day on, and never once it has ended', async () => {
  const { context, config, phone, pass } = await world({ login: 'instagram' })
  expect([instagram.renewal?.runsOut(config), instagram.renewal?.runsOut(testConfig)]).toEqual([true, false])
  const [finding] = await instagram.lifecycle.check(context)
  expect(finding).toMatchObject({ ok: true, words: { en: 'Connected to @shop.' } })
  expect(await instagram.renewal?.renew(context)).toMatchObject({ code: 'not-permitted' })
  pass(day)
  const fresh = await instagram.renewal?.renew(context)
  ok(fresh && 'value' in fresh)
  expect(fresh.expiresInMs).toBe(60 * day)
  pass(59.5 * day)
  await phone.say({ type: 'text', text: 'Hi' })
  expect(await sendWith(context, words('Hi'), phone.address)).toMatchObject({
    problem: { code: 'credentials-refused' },
  })
  expect(await instagram.renewal?.renew(context)).toMatchObject({ code: 'credentials-refused' })
  const renewed = testContext({ ...config, accessToken: fresh.value })
  expect((await sendWith(renewed, words('Hi'), phone.address)).kind).toBe('accepted')
})

test('mentions are fetched, answered where they were made, and left for people when they cannot be had', async () => {
  const { simulator, receiver, context, config, phone } = await world()
  await phone.act('mention:@shop is this yours?')
  await phone.act('caption:Tea by @shop')
  await simulator.settled()
  const events = await Promise.all(
    receiver.raw().map(async ({ data }) => {
      const fetched = await instagram.complete?.(data, context)
      ok(fetched?.kind === 'completed')
      return instagram.normalise(fetched.data, config)
    }),
  )
  const [comment, caption] = events.flat().filter((event) => event.kind === 'message')
  expect(comment).toMatchObject({ from: { address: '@lin', name: 'lin' }, content: words('@shop is this yours?') })
  expect(caption).toMatchObject({ content: words('Tea by @shop'), extra: { mentioned: 'caption' } })
  for (const mention of [comment, caption]) {
    ok(mention?.thread)
    const place = { thread: mention.thread.key, replyTo: mention.id }
    expect((await sendWith(context, words('Yes'), '@lin', place)).kind).toBe('accepted')
  }
  expect(simulator.comments).toEqual([
    { under: comment?.id, message: 'Yes' },
    { under: caption?.thread?.key.replace('mention:', ''), message: 'Yes' },
  ])
  expect(phone.screen.filter(({ mine }) => !mine)).toMatchObject([{ text: 'Yes' }, { text: 'Yes' }])

  const data = {
    account: config.accountId,
    change: { field: 'mentions', value: { media_id: '1', comment_id: '2' } },
    time: 1,
  }
  // Who wrote it is not told of every comment.
  const gone = { error: { message: 'gone', code: 100 } }
  const asked = async (...answers: ReturnType<typeof httpAnswer>[]) => {
    const { http, calls } = scriptedHttp(answers)
    return { fetched: await instagram.complete?.(data, testContext(config, { http })), calls }
  }
  const nameless = await asked(httpAnswer(400, gone), httpAnswer(200, { mentioned_comment: { id: '2', text: 'Hi' } }))
  expect(nameless.fetched).toMatchObject({ kind: 'completed', data: { mentioned: { text: 'Hi' } } })
  expect(nameless.calls.at(-1)?.url).not.toContain('username')
  expect((await asked(httpAnswer(400, gone), httpAnswer(400, gone))).fetched).toBeNull()
  expect((await asked(httpAnswer(500, {}))).fetched).toMatchObject({ kind: 'retry' })
})

test('a comment is answered by words alone, under what was said', () => {
  const place = {
    to: '1',
    window: 'open',
    links: { a: 'https://qiao.example/a' },
    thread: '17900000000000002',
  } as const
  const file = { type: 'image', attachment: { id: 'a', name: 'a.jpg', mime: 'image/jpeg', bytes: 10 } } as const
  expect(instagram.render({ ...place, content: file, replyTo: '1786' }, testConfig)).toMatchObject({
    kind: 'impossible',
    problem: { code: 'unsupported' },
  })
  expect(instagram.render({ ...place, content: words('Hi') }, testConfig).kind).toBe('impossible')
  expect(instagram.render({ ...place, content: words('Hi'), replyTo: '1786' }, testConfig)).toMatchObject({
    parts: [{ request: { comment: '1786', message: 'Hi' } }],
  })
})
