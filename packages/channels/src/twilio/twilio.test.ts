import type { MessageContent } from '@qiao/protocol'
import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { RestException, Twilio, validateRequest, validateRequestWithBody } from 'twilio'
import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { expect, onTestFinished, test } from 'vitest'
import { conformance } from '../conformance.ts'
import { sampleContents } from '../conformance-contents.ts'
import type { RawRequest } from '../contract.ts'
import { noFaults, serveApi } from '../simulator.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import type { Config } from './config.ts'
import { testConfig } from './fixtures.ts'
import { twilio } from './index.ts'
import { kit, problemsByCode, signed } from './kit.ts'
import { signatureOf } from './signature.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(twilio, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

const accept = (request: RawRequest, config: Config = testConfig) =>
  twilio.webhook?.accept(request, config, kit.now).kind
const text = (words: string, markup: 'none' | 'light' = 'none'): MessageContent => ({
  type: 'text',
  text: words,
  markup,
})
const attachmentId = '0190a6b0-0000-7000-8000-000000000001'

async function connected(options: Parameters<typeof startSimulator>[0] = {}) {
  const simulator = await startSimulator(options)
  const config = twilio.config.parse(simulator.config)
  const receiver = await startReceiver(twilio, config, options.now)
  const files = await serveApi(noFaults(), ({ url }) => ({
    status: url.pathname === '/gone' ? 404 : 200,
    headers: { 'content-type': 'image/jpeg' },
    body: Buffer.from('pixels'),
  }))
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop(), files.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const context = testContext(config, {
    ...(options.now ? { now: options.now } : {}),
    callbackUrl: receiver.url,
    idempotencyKey: 'send 1/ä',
  })
  const send = async (to: string, content: MessageContent, links: Record<string, string> = {}) => {
    const rendered = twilio.render({ to, content, window: 'open', links }, config)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const results = []
    for (const part of rendered.parts) results.push(await twilio.send(part, context))
    return results
  }
  return { simulator, receiver, context, send, config, files }
}

test('a conversation with marks that name the send', async () => {
  const { simulator, receiver, send } = await connected()
  const phone = simulator.phone('Li')
  const asked = await phone.say({ type: 'text', text: '在吗？' })
  const [sent] = await send(phone.address, text('您好 **李** [这里](https://a.cn/)', 'light'))
  await simulator.settled()
  expect(phone.screen.map((shown) => shown.text)).toEqual(['在吗？', '您好 李 这里 (https://a.cn/)'])
  expect(sent).toEqual({ kind: 'accepted', messageId: phone.screen[1]?.id })
  expect(receiver.events()).toMatchObject([
    { kind: 'message', id: asked, from: { address: phone.address }, content: { text: '在吗？' } },
    { kind: 'receipt', state: 'sent', messageId: phone.screen[1]?.id, key: 'send 1/ä' },
    { kind: 'receipt', state: 'delivered', to: phone.address, key: 'send 1/ä' },
  ])
  expect(receiver.refusals).toEqual([])
})

test('every kind of content goes out without a refusal, menus with numbers', async () => {
  const { simulator, send, files } = await connected()
  const phone = simulator.phone('Li')
  for (const content of sampleContents) await send(phone.address, content, { [attachmentId]: `${files.url}/1` })
  await simulator.settled()
  expect(simulator.refusals).toEqual([])
  expect(phone.screen.map((shown) => shown.text)).toContain('请选择\n1. 退货\n2. 换货\n请回复数字选择')
})

test('long texts are cut, and counted in segments as operators do', async () => {
  const { simulator, send } = await connected()
  const phone = simulator.phone('Li')
  for (const words of ['a'.repeat(160), 'a'.repeat(161), '中'.repeat(71), 'word '.repeat(400)])
    await send(phone.address, text(words))
  expect(simulator.segments).toEqual([1, 2, 2, 11, 3])
})

test('files come with the password but not to where it leads, until their time is over', async () => {
  const received = async (fileMs: number) => {
    const { simulator, receiver, context } = await connected({ fileMs })
    await simulator.phone('Li').say({ type: 'image', bytes: Buffer.from('pixels'), mime: 'image/png', caption: '坏了' })
    await simulator.settled()
    const [content] = receiver.of('message').map((message) => message.content)
    expect(content).toMatchObject({ type: 'image', caption: '坏了', media: { mime: 'image/png' } })
    return { context, media: content && 'media' in content ? content.media : {} }
  }
  const { media, context } = await received(60_000)
  expect(await twilio.fetchMedia?.(media, context)).toEqual({
    kind: 'fetched',
    bytes: Buffer.from('pixels'),
    mime: 'image/png',
  })
  const late = await received(-1)
  expect(await twilio.fetchMedia?.(late.media, late.context)).toMatchObject({
    kind: 'retry',
    problem: { code: 'provider-failed', providerCode: 'HTTP 403' },
  })
  expect(await twilio.fetchMedia?.({ url: `${media.url}x` }, context)).toMatchObject({
    kind: 'gone',
    problem: { code: 'media-gone' },
  })
  expect(await twilio.fetchMedia?.({ url: 'nothing' }, context)).toMatchObject({ kind: 'gone' })
})

test('files go as addresses, which Twilio fetches', async () => {
  const { simulator, receiver, send, files } = await connected()
  const phone = simulator.phone('Li')
  const attachment = { id: attachmentId, name: 'cup.jpg', mime: 'image/jpeg', bytes: 6 }
  await send(phone.address, { type: 'image', attachment, caption: '看' }, { [attachmentId]: `${files.url}/1` })
  await simulator.settled()
  await send(phone.address, { type: 'image', attachment }, { [attachmentId]: `${files.url}/gone` })
  await send(phone.address, { type: 'image', attachment })
  await simulator.settled()
  expect(phone.screen).toMatchObject([
    { type: 'image', text: '看', media: { mime: 'image/jpeg', bytes: 6 } },
    { type: 'text', text: 'cup.jpg' },
  ])
  expect(receiver.of('receipt').filter(({ state }) => state === 'failed')).toMatchObject([
    { problem: { code: 'media-refused' } },
  ])
})

test('the password goes to Twilio alone', async () => {
  const asked = async (url: string) => {
    const { http, calls } = scriptedHttp([{ kind: 'answer', status: 200, headers: {}, body: Buffer.from('x') }])
    await twilio.fetchMedia?.({ url }, testContext(testConfig, { http }))
    return calls[0]?.request.headers?.authorization !== undefined
  }
  expect(await asked('https://api.twilio.com/2010-04-01/x')).toBe(true)
  expect(await asked('https://api.dublin.ie1.twilio.com/2010-04-01/x')).toBe(true)
  expect(await asked('http://api.dublin.ie1.twilio.com/x')).toBe(false)
  expect(await asked('https://eviltwilio.com/x')).toBe(false)
  expect(await asked('https://api.twilio.com.evil.example/x')).toBe(false)
})

test('without MMS, and by a messaging service', () => {
  const config = { ...testConfig, mms: false, sender: `MG${'0'.repeat(32)}` }
  const content: MessageContent = {
    type: 'image',
    attachment: { id: attachmentId, name: 'cup.jpg', mime: 'image/jpeg', bytes: 6 },
  }
  const rendered = twilio.render(
    { to: '+15552223333', content, window: 'open', links: { [attachmentId]: 'https://a.cn/1' } },
    config,
  )
  expect(rendered).toEqual({
    kind: 'parts',
    parts: [{ request: { To: '+15552223333', MessagingServiceSid: config.sender, Body: 'cup.jpg https://a.cn/1' } }],
    degraded: ['cup.jpg https://a.cn/1'],
  })
  expect(twilio.capabilitiesOf?.(config)).toMatchObject({ sends: ['text'], attachments: {} })
})

test('stop and start: by Twilio, and by words of the account', async () => {
  const { simulator, receiver, send } = await connected({ stopWords: ['ARRET'] })
  const phone = simulator.phone('Li')
  for (const word of ['stop', 'ARRET']) {
    await phone.say({ type: 'text', text: word })
    expect(await send(phone.address, text('Hello'))).toMatchObject([
      { kind: 'rejected', problem: { code: 'opted-out', providerCode: '21610' } },
    ])
    await phone.act('start')
    expect(await send(phone.address, text('Hello'))).toMatchObject([{ kind: 'accepted' }])
  }
  await simulator.settled()
  expect(receiver.of('consent').map(({ wanted }) => wanted)).toEqual([false])
})

test('refusals: landlines, phones that are off, rates, silence, a renewed token', async () => {
  const now = new Date()
  const { simulator, receiver, send, config, context } = await connected({ now: () => now, perSecond: 3 })
  const [phone, wall] = [simulator.phone('Li'), simulator.phone('Wang')]
  await wall.act('landline')
  await phone.act('off')
  expect(await send(wall.address, text('1'))).toMatchObject([{ kind: 'rejected', problem: { code: 'unreachable' } }])
  expect(await send(phone.address, text('2'))).toMatchObject([{ kind: 'accepted' }])
  await simulator.settled()
  expect(receiver.of('receipt')).toMatchObject([
    { state: 'sent' },
    { state: 'failed', problem: { code: 'unreachable', providerCode: '30003' } },
  ])
  await phone.act('on')
  simulator.faults.next.push('silence-after')
  expect(await send(phone.address, text('3'))).toMatchObject([{ kind: 'unknown' }])
  await simulator.settled()
  expect(phone.screen.at(-1)?.text).toBe('3')
  expect(receiver.of('receipt').at(-1)).toMatchObject({ state: 'delivered', key: 'send 1/ä' })
  expect(await send(phone.address, text('4'))).toMatchObject([
    { kind: 'retry', afterMs: 1000, problem: { code: 'rate-limited' } },
  ])
  simulator.renewToken()
  const [refused] = await send(phone.address, text('5'))
  expect(refused).toMatchObject({ kind: 'rejected', problem: { code: 'credentials-refused' } })
  await phone.say({ type: 'text', text: 'Signed anew' })
  await simulator.settled()
  expect(receiver.refusals[0]).toContain('not ours')
  expect(JSON.stringify([refused, context.logged])).not.toContain(config.authToken)
})

test('repeats have the same ids, and statuses that come in disorder are all there', async () => {
  const { simulator, receiver, send } = await connected()
  simulator.faults.duplicates = 1
  simulator.faults.shuffleMs = 30
  const phone = simulator.phone('Li')
  const said = await phone.say({ type: 'text', text: '1' })
  const [sent] = await send(phone.address, text('2'))
  await simulator.settled()
  const id = sent?.kind === 'accepted' ? sent.messageId : ''
  expect(receiver.ids).toHaveLength(6)
  expect([...new Set(receiver.ids)].toSorted()).toEqual([said, `${id}:delivered`, `${id}:sent`].toSorted())
})

test('connecting, checking and disconnecting, a number and a service', async () => {
  const { simulator, context, config, receiver } = await connected()
  const findings = async (other = context) =>
    (await twilio.lifecycle.check(other)).map(({ ok, words }) => [ok, words.en])
  const callsUs = [true, expect.stringContaining('come to us')]
  for (const sender of [config.sender, `MG${'0'.repeat(32)}`]) {
    const one = testContext({ ...config, sender }, { callbackUrl: receiver.url })
    simulator.pointTo('https://other.example/')
    expect(await findings(one)).toEqual([
      [true, 'The credentials work'],
      [false, expect.stringContaining('another system')],
    ])
    expect(await twilio.lifecycle.disconnect?.(one)).toBeNull()
    expect(simulator.calls.url).toBe('https://other.example/')
    expect(await twilio.lifecycle.connect?.(one)).toBeNull()
    expect(await findings(one)).toEqual([[true, 'The credentials work'], callsUs])
    expect(await twilio.lifecycle.disconnect?.(one)).toBeNull()
    expect(await findings(one)).toEqual([
      [true, 'The credentials work'],
      [false, expect.stringContaining('press Connect')],
    ])
  }
  expect(await findings(testContext({ ...config, sender: 'SHOP' }))).toMatchObject([
    [true, expect.any(String)],
    [true, expect.stringContaining('only send')],
  ])
  expect(await findings(testContext({ ...config, sender: '+15559999999' }))).toMatchObject([
    [true, expect.any(String)],
    [false, expect.stringContaining('not a number of the account')],
  ])
  expect(await findings(testContext({ ...config, apiUrl: 'http://127.0.0.1:9' }))).toEqual([
    [false, expect.stringContaining('cannot be reached')],
  ])
  simulator.renewToken()
  expect(await findings()).toEqual([[false, expect.stringContaining('refuses the credentials')]])
  expect(twilio.lifecycle.setup?.(receiver.url, config)).toMatchObject([{ value: receiver.url }])
})

test('each code of an error has its own meaning', async () => {
  for (const { code, problem, answer } of problemsByCode) {
    const context = testContext(testConfig, { http: scriptedHttp([answer]).http })
    expect(await twilio.send({ request: { Body: 'x' } }, context)).toMatchObject({
      problem: { code: problem, providerCode: String(code) },
    })
  }
})

interface Vector {
  channel: string
  input: { authToken?: string; url?: string; params?: Record<string, string | string[]>; body?: string }
  expected: string
}
const vectors: Vector[] = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8'))
const ofTwilio = vectors.filter(({ channel }) => channel === 'twilio')

test('the official vectors', () => {
  const [hashes, signatures] = [ofTwilio.filter(({ input }) => !input.url), ofTwilio.filter(({ input }) => input.url)]
  expect([hashes.length, signatures.length]).toEqual([1, 3])
  for (const { input, expected } of hashes) {
    const body = Buffer.from(input.body ?? '')
    const url = `https://a.example/?bodySHA256=${expected}`
    const headers = { 'x-twilio-signature': signatureOf(testConfig.authToken, url, []) }
    expect(accept({ method: 'POST', url: new URL(url), headers, body })).toBe('answer')
  }
  for (const { input, expected } of signatures) {
    const { authToken = '', url = '', params = {}, body = '' } = input
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(params)) for (const one of [value].flat()) form.append(name, one)
    expect(signatureOf(authToken, url, [...form])).toBe(expected)
    const headers = { 'x-twilio-signature': expected }
    const request = { method: 'POST', url: new URL(url), headers, body: Buffer.from(body || form.toString()) }
    const config = { ...testConfig, authToken }
    expect(accept(request, config)).toBe('answer')
    expect(accept({ ...request, body: Buffer.from(`${request.body.toString()}&a=b`) }, config)).toBe('refused')
  }
})

test("whatever is sent, our signature is that of Twilio's library, which takes ours", () => {
  const value = fc.string({ unit: 'grapheme', maxLength: 8 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }), value), { maxLength: 8 }),
      (fields) => {
        const grouped: Record<string, string[]> = Object.create(null)
        for (const [name, one] of fields) (grouped[name] ??= []).push(one)
        const ours = signatureOf(testConfig.authToken, 'https://a.example/b?c=d', fields)
        expect(ours).toBe(getExpectedTwilioSignature(testConfig.authToken, 'https://a.example/b?c=d', grouped))
        expect(validateRequest(testConfig.authToken, ours, 'https://a.example/b?c=d', grouped)).toBe(true)
      },
    ),
  )
})

test('ports, escapes, bodies that are no forms, and shared keys', () => {
  const { authToken, sharedKeySecret = '' } = testConfig
  const signedAs = (url: string, called = url, secret = authToken, algorithm?: string): RawRequest => ({
    ...signed(Buffer.from('MessageSid=SM1')),
    url: new URL(called),
    headers: {
      'x-twilio-signature': getExpectedTwilioSignature(secret, url, { MessageSid: 'SM1' }, algorithm),
      ...(algorithm
        ? { 'x-twilio-webhooks-signature-settings': `key=webhooks_sharedkey_1,algorithm=${algorithm}` }
        : {}),
    },
  })
  for (const [url, called] of [
    ['https://a.example:443/b', 'https://a.example/b'],
    ['http://a.example:80/b?c=d', 'http://a.example/b?c=d'],
    ['https://a.example/b', 'https://a.example:8443/b'],
    ['https://a.example:8443/b', 'https://a.example:8443/b'],
    ["https://a.example/b?key='1'", "https://a.example/b?key='1'"],
    ['https://a.example/b?key=a%20b', 'https://a.example/b?key=a+b'],
  ] as const) {
    expect(accept(signedAs(url, called))).toBe('accepted')
  }
  expect(accept(signedAs('https://a.example:8443/b', 'https://a.example/b'))).toBe('refused')
  for (const algorithm of ['HMAC_SHA1', 'HMAC_SHA256']) {
    expect(accept(signedAs('https://a.example/b', undefined, sharedKeySecret, algorithm))).toBe('accepted')
    expect(accept(signedAs('https://a.example/b', undefined, authToken, algorithm))).toBe('refused')
  }
  const { sharedKeySecret: _, ...withoutKey } = testConfig
  expect(accept(signedAs('https://a.example/b', undefined, sharedKeySecret, 'HMAC_SHA256'), withoutKey)).toBe('refused')
  const body = '{"property": "value", "boolean": true}'
  const url = `https://a.example/b?bodySHA256=${getExpectedBodyHash(body)}`
  const request = {
    ...signed(Buffer.from(body)),
    url: new URL(url),
    headers: { 'x-twilio-signature': signatureOf(authToken, url, []) },
  }
  expect(validateRequestWithBody(authToken, request.headers['x-twilio-signature'], url, body)).toBe(true)
  expect(accept(request)).toBe('answer')
  expect(accept({ ...request, body: Buffer.from(`${body} `) })).toBe('refused')
})

test("Twilio's library understands our simulator", async () => {
  const { simulator, config } = await connected()
  const client = new Twilio(config.accountSid, config.authToken, {
    httpClient: {
      async request({
        method,
        uri,
        headers = {},
        data,
      }: {
        method: string
        uri: string
        headers?: Record<string, string>
        data?: Record<string, string>
      }) {
        const { host: _, ...others } = headers
        const response = await fetch(uri.replace('https://api.twilio.com', config.apiUrl), {
          method,
          headers: {
            ...others,
            authorization: `Basic ${Buffer.from(`${config.accountSid}:${config.authToken}`).toString('base64')}`,
          },
          ...(data ? { body: new URLSearchParams(data).toString() } : {}),
        })
        return { statusCode: response.status, body: await response.json(), headers: {} }
      },
    } as never,
  })
  const phone = simulator.phone('Li')
  const sent = await client.messages.create({ to: phone.address, from: config.sender, body: 'Hello' })
  await simulator.settled()
  expect(phone.screen).toMatchObject([{ id: sent.sid, text: 'Hello' }])
  const refused = await client.messages
    .create({ to: 'nobody', from: config.sender, body: 'Hello' })
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RestException)
  expect(refused).toMatchObject({ code: 21211, status: 400 })
})
