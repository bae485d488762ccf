import { connect as connectTcp } from 'node:net'
import * as protocol from '@qiao/protocol'
import * as fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startCompany } from './testing/company.ts'
import { connect, type Peer } from './testing/socket-peer.ts'

vi.setConfig({ testTimeout: 120_000 })
const company = await startCompany()
const { url, must } = company
const attacker = await company.visitor()
const bystander = await company.visitor()

const peers: Peer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close()
  await stillServes()
})

/** Somebody else writes and is answered: what all of this is about. */
async function stillServes(): Promise<void> {
  const { entries } = await must('POST', '/api/client/v1/messages', bystander.credentials, {
    clientKey: uuidv7(),
    conversationId: bystander.conversationId,
    content: { type: 'text', text: 'still here?' },
  })
  expect(entries).toHaveLength(1)
}
async function open(token?: string): Promise<Peer> {
  const peer = await connect(url, '/ws/visitor')
  peers.push(peer)
  if (token !== undefined) {
    peer.send({ type: 'hello', token })
    await peer.next(({ type }) => type === 'ready')
  }
  return peer
}

const clientEndpoints = Object.values<unknown>(protocol).filter(
  (value): value is protocol.Endpoint =>
    typeof value === 'object' &&
    value !== null &&
    'method' in value &&
    'path' in value &&
    'access' in value &&
    (value.access === 'visitor' || value.access === 'public') &&
    value !== protocol.endVisitorSession,
)

const strange = fc.constantFrom(
  '',
  '\u0000',
  '\uD800',
  '../../etc/passwd',
  '%00',
  '%',
  "' or 1=1 --",
  '🎉'.repeat(500),
  'NaN',
  '-1',
  '__proto__',
  'a'.repeat(300),
)
const id = fc.oneof(fc.uuid(), strange, fc.constant(attacker.conversationId))
/** Bodies that look like ours with something wrong inside, and bodies that look like nothing. */
const body = fc.oneof(
  fc.json().map((text): string => text),
  fc.string({ maxLength: 200 }),
  fc
    .record(
      {
        clientKey: fc.oneof(fc.uuid(), strange),
        conversationId: fc.oneof(id, fc.constant(null)),
        content: fc.oneof(
          fc.record(
            {
              type: fc.constantFrom('text', 'image', 'location', 'form-response', 'order'),
              text: strange,
              attachment: fc.record({ id }),
              latitude: fc.double(),
            },
            { requiredKeys: ['type'] },
          ),
          fc.jsonValue(),
        ),
        values: fc.dictionary(strange, fc.oneof(strange, fc.double(), fc.boolean())),
        attributes: fc.dictionary(strange, fc.oneof(strange, fc.double(), fc.constant(null))),
        text: strange,
        name: strange,
        email: strange,
        language: strange,
        pages: fc.array(fc.record({ url: fc.oneof(fc.webUrl(), strange), title: strange }), { maxLength: 3 }),
        events: fc.array(fc.record({ name: strange, properties: fc.jsonValue() }), { maxLength: 3 }),
        ids: fc.array(id, { maxLength: 3 }),
        readSeq: fc.oneof(fc.integer(), fc.double()),
        deliveredSeq: fc.maxSafeInteger(),
        score: fc.integer(),
        surveyId: id,
        identity: strange,
        anonymousToken: strange,
        instead: fc.constantFrom('nothing', 'message', 'callback', 'x'),
        phone: strange,
        wantsAgent: strange,
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
)

describe('the visitor API', () => {
  test('answers whatever it is sent with a refusal and never with a failure', async () => {
    const failures: string[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...clientEndpoints),
        body,
        id,
        fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'application/json; charset=utf-7'),
        async (endpoint, text, param, type) => {
          const path = endpoint.path.replaceAll(/:(\w+)/g, () => encodeURIComponent(param.toWellFormed()))
          const response = await fetch(url + path, {
            method: endpoint.method,
            headers: { ...attacker.credentials, 'content-type': type },
            ...(endpoint.method === 'GET' ? {} : { body: text }),
          })
          const answer = await response.text()
          if (response.status >= 500) failures.push(`${endpoint.method} ${path} ${text}: ${response.status} ${answer}`)
        },
      ),
      { numRuns: 400 },
    )
    expect(failures).toEqual([])
  })

  test.each([
    '\u0000',
    'a\u0000b',
    '\uD800',
    '\uDC00 \uD800',
    '\uFFFE',
    '\u202E',
    "'; drop table entries; --",
    '{"$gt": ""}',
  ])('otherwise good requests with %j in every text', async (hostile) => {
    const writer = await company.visitor(undefined, 'mine')
    const content = { type: 'text', text: hostile }
    const page = { url: 'https://example.com/', title: hostile, referrer: hostile }
    const device = { userAgent: hostile, screen: hostile, timeZone: hostile }
    const message = { clientKey: uuidv7(), conversationId: writer.conversationId, content }
    const form = { type: 'form-response', title: hostile, values: [{ name: hostile, label: hostile, value: hostile }] }
    const requests: [string, string, object][] = [
      ['POST', 'messages', message],
      ['POST', 'messages', { ...message, clientKey: uuidv7(), conversationId: null, page }],
      ['POST', 'messages', { ...message, clientKey: uuidv7(), conversationId: null, device }],
      ['POST', 'messages', { ...message, clientKey: uuidv7(), content: form }],
      [
        'POST',
        'messages',
        { ...message, clientKey: uuidv7(), content: { type: 'product', sku: hostile, title: hostile } },
      ],
      ['POST', 'messages', { ...message, clientKey: uuidv7(), preChat: { values: { [hostile]: hostile } } }],
      ['POST', 'messages', { ...message, clientKey: uuidv7(), conversationId: null, wantsAgent: hostile }],
      [
        'POST',
        `conversations/${writer.conversationId}/leave-queue`,
        { clientKey: uuidv7(), instead: 'callback', phone: hostile },
      ],
      ['PATCH', 'me', { name: hostile }],
      ['PATCH', 'me', { phone: hostile }],
      ['PATCH', 'me', { attributes: { [hostile]: hostile } }],
      ['POST', 'track', { pages: [page] }],
      ['POST', 'track', { events: [{ name: hostile, properties: { key: hostile } }] }],
      ['POST', `inboxes/${company.inboxes.first.key}/sessions`, { presets: { name: hostile }, device }],
      ['POST', `inboxes/${company.inboxes.first.key}/sessions`, { identity: hostile, anonymousToken: hostile }],
      [
        'POST',
        `conversations/${writer.conversationId}/survey`,
        { clientKey: uuidv7(), surveyId: uuidv7(), score: 5, comment: hostile },
      ],
      [
        'GET',
        `conversations/${writer.conversationId}/transcript?timeZone=${encodeURIComponent(hostile.toWellFormed())}`,
        {},
      ],
      ['GET', `inboxes/${encodeURIComponent(hostile.toWellFormed())}/config`, {}],
    ]
    const failures: string[] = []
    for (const [method, path, sent] of requests) {
      const answer = await company.call(
        method,
        `/api/client/v1/${path}`,
        writer.credentials,
        method === 'GET' ? undefined : sent,
      )
      if (answer.status >= 500) failures.push(`${method} ${path} ${JSON.stringify(sent)}: ${answer.text}`)
    }
    expect(failures).toEqual([])
  })

  test.each([
    ['a body of 3 MB', 'application/json', JSON.stringify({ text: 'x'.repeat(3_000_000) }), 413],
    ['half a body', 'application/json', '{"clientKey": "', 400],
    ['a thousand levels', 'application/json', '['.repeat(5000) + ']'.repeat(5000), 422],
    ['a prototype', 'application/json', '{"__proto__": {"admin": true}, "clientKey": 1}', 400],
    ['not even text', 'application/json', Buffer.from([0xff, 0xfe, 0x00, 0x01]), 400],
  ])('%s', async (_what, type, sent, status) => {
    const response = await fetch(`${url}/api/client/v1/messages`, {
      method: 'POST',
      headers: { ...attacker.credentials, 'content-type': type },
      body: sent,
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })

  test.each([
    ['headers of 200 KB', `GET /api/client/v1/me HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n'],
    [
      'two lengths',
      'POST /api/client/v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / ',
    ],
    [
      'an upgrade to nowhere',
      'GET /ws/nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    [
      'an upgrade without a key',
      'GET /ws/visitor HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    [
      'an address that is none',
      'GET //[::: HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    ],
  ])('on the wire: %s', async (_what, bytes) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectTcp(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes, 'latin1'))
      let received = ''
      socket.on('data', (data) => {
        received += data.toString('latin1')
      })
      socket.on('close', () => resolve(received))
      socket.on('error', () => undefined)
      setTimeout(() => socket.destroy(), 5_000).unref()
    })
    expect(answer).toMatch(/^$|^HTTP\/1\.1 [45]\d\d /)
    expect(answer).not.toContain('200 OK')
  })

  test('a flood by one visitor is answered with how long to wait, and stops nobody else', async () => {
    const flood = Array.from({ length: 400 }, () =>
      fetch(`${url}/api/client/v1/messages`, {
        method: 'POST',
        headers: { ...attacker.credentials, 'content-type': 'application/json' },
        body: JSON.stringify({
          clientKey: uuidv7(),
          conversationId: attacker.conversationId,
          content: { type: 'text', text: 'flood' },
        }),
      }),
    )
    await stillServes()
    const answers = await Promise.all(flood)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(100)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answers.filter(({ status }) => status !== 200 && status !== 429)).toEqual([])
    await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  })
})

describe('the visitor socket', () => {
  test.each([
    ['not JSON', 'hello', 4009],
    ['JSON of another kind', '[1, 2, 3]', 4009],
    ['an unknown frame', '{"type": "become-admin"}', 4009],
    ['a frame with a wrong field', '{"type": "mark", "conversationId": "x"}', 4009],
    ['binary', Buffer.from([1, 2, 3]), 4009],
    ['deep nesting', '['.repeat(20_000), 4009],
    ['more than a frame may hold', JSON.stringify({ type: 'ping', more: 'x'.repeat(100_000) }), 1009],
  ])('closes on %s', async (_what, frame, code) => {
    const peer = await open(attacker.token)
    peer.send(frame)
    expect(await peer.closed).toBe(code)
  })

  test('survives random frames', async () => {
    const kinds = fc.constantFrom('hello', 'send', 'typing', 'mark', 'ping', 'x')
    const frames = fc.array(
      fc.oneof(
        fc.json(),
        fc
          .record(
            {
              type: kinds,
              conversationId: id,
              clientKey: strange,
              token: strange,
              typing: fc.boolean(),
              draft: strange,
              readSeq: fc.integer(),
              content: fc.jsonValue(),
            },
            { requiredKeys: ['type'] },
          )
          .map((value) => JSON.stringify(value)),
      ),
      { minLength: 1, maxLength: 5 },
    )
    await fc.assert(
      fc.asyncProperty(frames, fc.boolean(), async (sent, known) => {
        const peer = await open(known ? attacker.token : undefined)
        for (const frame of sent) peer.send(frame)
        peer.send('end')
        expect([4001, 4009, 4011]).toContain(await peer.closed)
      }),
      { numRuns: 60 },
    )
  })

  test('slows a flood down instead of dying of it, and others do not notice', async () => {
    const flooder = await open(attacker.token)
    const calm = await open(bystander.token)
    for (let turn = 0; turn < 20_000; turn += 1) flooder.send('{"type":"ping"}')
    const startedAt = performance.now()
    calm.send({ type: 'ping' })
    await calm.next(({ type }) => type === 'pong')
    await stillServes()
    await calm.next(({ type }) => type === 'entries')
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  test('a crowd that says nothing takes no seat', async () => {
    const crowd = await Promise.all(Array.from({ length: 200 }, () => open()))
    const calm = await open(bystander.token)
    calm.send({ type: 'ping' })
    await calm.next(({ type }) => type === 'pong')
    expect(crowd.flatMap(({ frames }) => frames)).toEqual([])
    expect(await crowd[0]?.closed).toBe(4001)
  })
})
