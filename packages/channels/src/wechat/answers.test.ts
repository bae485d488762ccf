import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Part, RawResponse } from '../contract.ts'
import type { PlatformOptions } from '../families/wechat/platform-simulator.ts'
import { noFaults, serveApi } from '../simulator.ts'
import { testContext } from '../test-context.ts'
import { capabilitiesOf } from './capabilities.ts'
import { config } from './config.ts'
import { wechat } from './index.ts'
import { startSimulator } from './simulator.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

const unavailable = '该公众号暂时无法提供服务，请稍后再试'
type Answer = (answer: (part: Part) => RawResponse, tries: number) => RawResponse | Promise<RawResponse>

/** An account that answers its calls as a test says. */
async function answering(options: PlatformOptions, answer: Answer) {
  const simulator = await startSimulator(options)
  const account = config.parse({ api: 'answers', ...simulator.config })
  const seen: (string | null)[] = []
  const server = await serveApi(noFaults(), ({ method, url, headers, body }) => {
    const request = { method, url: new URL(url.pathname + url.search, server.url), headers, body }
    const accepted = wechat.webhook?.accept(request, account, new Date())
    if (accepted?.kind !== 'accepted') return { status: 401, body: '' }
    seen.push(accepted.open?.to ?? null)
    const call = accepted.open?.call
    if (!call) return accepted.response
    return answer(
      (part) => wechat.webhook?.answers?.respond(part, call, account, new Date()) ?? accepted.response,
      seen.length,
    )
  })
  simulator.pointTo(`${server.url}/callback`)
  running.push(simulator, server)
  const shown = (name: string): string[] =>
    simulator.phone(name).screen.flatMap(({ mine, text }) => (mine ? [] : [text]))
  return { simulator, account, seen, shown }
}
function partOf(text: string, more: object = {}): Part {
  const content = { type: 'text', text, markup: 'none' } as const
  const rendered = wechat.render({ to: 'oX', content, window: 'open', links: {} }, config.parse({ ...more, ...plain }))
  if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
  return rendered.parts[0]
}
const plain = { appId: 'wx0123456789abcdef', secret: 's', token: 'token', encryption: 'plain' }

test.each(['plain', 'compat', 'safe'] as const)(
  'in %s mode the answer to a call reaches the customer, and no quota counts it',
  async (encryption) => {
    const words = '<您好> & ]]> 欢迎'
    const { simulator, account, shown } = await answering({ encryption }, (answer) => answer(partOf(words)))
    const phone = simulator.phone('李雷')
    await phone.say({ type: 'text', text: '在吗' })
    await simulator.settled()
    expect(shown('李雷')).toEqual([words])
    // All five are still there.
    const context = testContext(account)
    for (let sent = 0; sent < 5; sent += 1) {
      const part = { request: { ...partOf(String(sent)).request, touser: phone.address } }
      expect(await wechat.send(part, context)).toMatchObject({ kind: 'accepted' })
    }
    expect(simulator.refusals).toEqual([])
  },
)

test('what is no answer by the rules is told to the customer as such', async () => {
  const bodies = ['{"text":"hi"}', '<xml><ToUserName>', '<xml><Encrypt>x</Encrypt></xml>']
  const { simulator, shown } = await answering({}, (_, tries) => ({ status: 200, body: bodies[tries - 1] ?? '' }))
  for (const text of ['1', '2', '3', '4']) {
    await simulator.phone('Han').say({ type: 'text', text })
    await simulator.settled()
  }
  expect(shown('Han')).toEqual([unavailable, unavailable, unavailable])
})

test('after five seconds the next try may carry the answer, of three', async () => {
  const { simulator, seen, shown } = await answering({}, async (answer, tries) => {
    if (tries === 1) await sleep(5_300)
    return answer(partOf(`try ${tries}`))
  })
  await simulator.phone('Mei').say({ type: 'text', text: 'slow' })
  await simulator.settled()
  expect(seen).toHaveLength(2)
  expect(shown('Mei')).toEqual(['try 2'])
}, 20_000)

test('presses, scans and follows can be answered; leaving and opening a page cannot', async () => {
  const { simulator, seen, shown } = await answering({}, (answer) => answer(partOf('welcome')))
  const phone = simulator.phone('Li')
  for (const act of ['follow', 'scan:shop', 'click:HELP', 'view:https://a.cn/', 'unfollow']) {
    await phone.act(act)
    await simulator.settled()
  }
  expect(seen).toEqual([phone.address, phone.address, phone.address, null, null])
  expect(shown('Li')).toEqual(['welcome', 'welcome', 'welcome'])
})

test('an account without the customer service API says what it can: words and links, one for a call', async () => {
  const { simulator, account } = await answering({ verified: false }, () => ({ status: 200, body: 'success' }))
  expect(account.api).toBe('passive')
  expect(capabilitiesOf(account)).toMatchObject({
    answers: { withinMs: 4_500, calls: 3, only: true },
    window: { message: { messages: 1 }, afterwards: [] },
    templates: false,
  })
  expect(capabilitiesOf({ api: 'service' }).answers).toBeUndefined()
  const phone = simulator.phone('Qin')
  await phone.say({ type: 'text', text: 'hi' })
  await simulator.settled()
  const part = { request: { ...partOf('no').request, touser: phone.address } }
  expect(await wechat.send(part, testContext(account))).toMatchObject({ problem: { providerCode: '48001' } })
  const image = { id: '0190a6b0-0000-7000-8000-000000000001', name: 'a.png', mime: 'image/png', bytes: 9 }
  const links = { [image.id]: 'https://qiao.example/a' }
  const content = { type: 'image', attachment: image } as const
  const rendered = wechat.render({ to: phone.address, content, window: 'open', links }, account)
  expect(rendered).toMatchObject({ parts: [{ request: { text: { content: 'a.png https://qiao.example/a' } } }] })
  const findings = await wechat.lifecycle.check(testContext(account))
  expect(findings.every(({ ok }) => ok)).toBe(true)
  expect(findings.at(-1)?.words.en).toContain('goes out with their next one')
})

test.each([
  ['image', 'image/png', 'image'],
  ['audio', 'audio/amr', 'audio'],
] as const)('an uploaded %s is an answer; by the API it goes as well', async (type, mime, shownAs) => {
  const attachment = { id: '0190a6b0-0000-7000-8000-000000000001', name: 'a', mime, bytes: 9 }
  const made: { part?: Part } = {}
  const { simulator, account } = await answering({}, (answer) => answer(made.part ?? partOf('not ready')))
  const context = testContext(account, {
    attachment: async () => ({ bytes: Buffer.from('123456789'), mime, name: 'a' }),
  })
  const phone = simulator.phone('Wu')
  const rendered = wechat.render(
    { to: phone.address, content: { type, attachment }, window: 'open', links: {} },
    account,
  )
  if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
  const [heavy] = rendered.parts
  expect(wechat.webhook?.answers?.carries(heavy)).toBe(false)
  const ready = (await wechat.webhook?.answers?.prepare?.(heavy, context)) ?? heavy
  expect(ready.attachmentIds ?? []).toEqual([])
  expect(wechat.webhook?.answers?.carries(ready)).toBe(true)
  made.part = ready
  await phone.say({ type: 'text', text: 'show me' })
  await simulator.settled()
  const files = () =>
    phone.screen.filter(({ mine }) => !mine).map((shown) => [shown.type, shown.media?.id !== undefined])
  expect(files()).toEqual([[shownAs, true]])
  expect(await wechat.send(ready, context)).toMatchObject({ kind: 'accepted' })
  expect(files()).toEqual([
    [shownAs, true],
    [shownAs, true],
  ])
  expect(simulator.refusals).toEqual([])
})

test('what answers cannot carry is not made ready: words, pictures that move, videos, what cannot be uploaded', async () => {
  const { simulator, account } = await answering({}, (answer) => answer(partOf('hi')))
  const contextOf = (mime: string) =>
    testContext(account, { attachment: async () => ({ bytes: Buffer.from('123456789'), mime, name: 'a' }) })
  const prepare = (msgtype: string, mime: string) =>
    wechat.webhook?.answers?.prepare?.({ request: { msgtype, [msgtype]: {} }, attachmentIds: ['x'] }, contextOf(mime))
  expect(await wechat.webhook?.answers?.prepare?.(partOf('hi'), contextOf('image/png'))).toBeNull()
  expect(await prepare('image', 'image/gif')).toBeNull()
  expect(await prepare('video', 'video/mp4')).toBeNull()
  simulator.faults.next.push('none', 503)
  expect(await prepare('image', 'image/png')).toBeNull()
  expect(await prepare('image', 'image/png')).toMatchObject({ request: { image: { media_id: expect.any(String) } } })
})

test('a picture that moves, or one that WeChat does not have, is no answer: the customer is told that there is none', async () => {
  const { simulator, account, shown } = await answering({}, (answer, tries) =>
    answer({ request: { msgtype: 'image', image: { media_id: tries === 1 ? 'unknown' : gif.id } } }),
  )
  const gif = { id: '' }
  const context = testContext(account, {
    attachment: async () => ({ bytes: Buffer.from('123456789'), mime: 'image/gif', name: 'a.gif' }),
  })
  await simulator.phone('Qi').say({ type: 'text', text: '1' })
  await simulator.settled()
  const address = simulator.phone('Qi').address
  const heavy = { request: { touser: address, msgtype: 'image', image: {} }, attachmentIds: ['x'] }
  expect(await wechat.send(heavy, context)).toMatchObject({ kind: 'accepted' })
  gif.id = simulator.phone('Qi').screen.at(-1)?.media?.id ?? ''
  await simulator.phone('Qi').say({ type: 'text', text: '2' })
  await simulator.settled()
  expect(shown('Qi').filter((text) => text === unavailable)).toHaveLength(2)
})
