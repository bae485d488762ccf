import { ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import type { OutgoingMessage } from '../contract.ts'
import { signatureOf } from '../families/meta/webhook.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
import { whatsapp } from './index.ts'
import { kit, problemsByCode, signedRequest, testConfig } from './kit.ts'

interface Vector {
  channel: string
  name: string
  input: { secret: string; body: string }
  expected: string
}
const vectors: Vector[] = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8'))

test.each(conformance(whatsapp, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

test.each(vectors.filter(({ channel }) => channel === 'meta'))('$name', ({ input, expected }) => {
  expect(signatureOf(Buffer.from(input.body), input.secret)).toBe(expected)
})

describe('handshake', () => {
  const ask = (query: string) =>
    whatsapp.webhook?.accept(
      {
        method: 'GET',
        url: new URL(`https://qiao.example/callback?${query}`),
        headers: {},
        body: Buffer.alloc(0),
      },
      testConfig,
      kit.now,
    )
  test('gives the challenge back to who knows the token', () => {
    const answer = ask(`hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${testConfig.verifyToken}`)
    expect([answer?.kind, answer?.response.status, answer?.response.body]).toEqual(['answer', 200, '1158201444'])
  })
  test('refuses who does not', () => {
    expect(ask('hub.mode=subscribe&hub.challenge=1&hub.verify_token=other')?.response.status).toBe(403)
    expect(ask('')?.response.status).toBe(403)
  })
  test('numbers that a double cannot hold stay exact', () => {
    const body = Buffer.from('{"entry":[{"changes":[{"field":"a","value":{"id":9007199254740993}}]}]}')
    const accepted = whatsapp.webhook?.accept(signedRequest(body), testConfig, kit.now)
    ok(accepted?.kind === 'accepted')
    expect(JSON.stringify(accepted.events[0]?.data)).toMatch(/"9007199254740993"/)
  })
})

test.each([
  ['+86 138-0000 0001', '8613800000001'],
  ['0044 20 7946 0958', '442079460958'],
  ['US.13491208655302741918', 'US.13491208655302741918'],
  ['US.ENT.11815799212886844', 'US.ENT.11815799212886844'],
  ['13', null],
  ['ann@example.com', null],
])('the address %s is %s', (text, address) => expect(whatsapp.address(text)).toBe(address))

test.each(problemsByCode)('$code is $problem', async ({ problem, answer }) => {
  const rendered = whatsapp.render(
    { to: kit.to, content: { type: 'text', text: 'Hi', markup: 'none' }, window: 'open', links: {} },
    testConfig,
  )
  ok(rendered.kind === 'parts')
  const result = await whatsapp.send(rendered.parts[0], testContext(testConfig, { http: scriptedHttp([answer]).http }))
  expect('problem' in result && result.problem.code).toBe(problem)
})

describe('rendering', () => {
  const rendered = (content: OutgoingMessage['content'], to = kit.to) => {
    const result = whatsapp.render({ to, content, window: 'open', links: {}, replyTo: 'wamid.0' }, testConfig)
    ok(result.kind === 'parts')
    return result.parts.map(({ request }) => request)
  }
  test('markup becomes that of WhatsApp', () => {
    const text = '**Hi** *you* ~~no~~ `x` [site](https://a.cn)\n- one\n1. two\n> said\n```\ncode\n```'
    const [request] = rendered({ type: 'text', text, markup: 'light' })
    expect(request?.text).toEqual({
      body: '*Hi* _you_ ~no~ `x` site (https://a.cn)\n- one\n1. two\n> said\n```code```',
      preview_url: true,
    })
    expect(request?.context).toEqual({ message_id: 'wamid.0' })
  })
  test('a user id goes where it belongs', () => {
    const [request] = rendered({ type: 'text', text: 'Hi', markup: 'none' }, 'US.1')
    expect([request?.to, request?.recipient]).toEqual([undefined, 'US.1'])
  })
  test('a long caption becomes a message of its own, and only the first part replies', () => {
    const attachment = { id: kit.to, name: 'a.jpg', mime: 'image/jpeg', bytes: 10 }
    const requests = rendered({ type: 'image', attachment, caption: 'word '.repeat(300) })
    expect(requests.map(({ type, context }) => [type, context !== undefined])).toEqual([
      ['image', true],
      ['text', false],
    ])
  })
  const menu = (labels: string[], text = 'Which?') =>
    rendered({ type: 'menu', text, style: 'list', options: labels.map((label, at) => ({ id: `${at}`, label })) })
  test('short menus are buttons, longer ones lists, still longer ones numbered words', () => {
    expect(JSON.stringify(menu(['a', 'b']))).toMatch(/"type":"button"/)
    expect(JSON.stringify(menu(['same', 'same']))).toMatch(/"type":"list"/)
    expect(JSON.stringify(menu(['a', 'b', 'c', 'd']))).toMatch(/"type":"list"/)
    expect(JSON.stringify(menu(['x'.repeat(25)]))).toMatch(/1\. x{25}/)
    expect(menu(['a'], 'long words '.repeat(150)).length).toBe(2)
  })
  test('values of a template go to their parts, a file above the words', () => {
    const attachment = { id: kit.to, name: 'bill.pdf', mime: 'application/pdf', bytes: 10 }
    const [request] = rendered({
      type: 'template',
      name: 'bill',
      language: 'en',
      parameters: ['Ann', 'A-1', 'x7', 'TEA25'],
      header: { type: 'file', attachment },
      payloads: ['thanks'],
      text: '-',
      parts: [
        { part: 'button', text: 'Thanks', does: 'reply' },
        { part: 'button', text: 'Open', does: 'url' },
        { part: 'button', text: 'Copy offer code', does: 'code' },
      ],
      places: [
        { part: 'body', name: 'who', named: true },
        { part: 'body', name: 'no', named: true },
        { part: 'button', name: '1', button: 1, does: 'url' },
        { part: 'button', name: 'code', button: 2, does: 'code' },
      ],
    })
    expect(request?.template).toEqual({
      name: 'bill',
      language: { code: 'en' },
      components: [
        { type: 'header', parameters: [{ type: 'document', document: { filename: 'bill.pdf' } }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'who', text: 'Ann' },
            { type: 'text', parameter_name: 'no', text: 'A-1' },
          ],
        },
        { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'thanks' }] },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'x7' }] },
        {
          type: 'button',
          sub_type: 'copy_code',
          index: '2',
          parameters: [{ type: 'coupon_code', coupon_code: 'TEA25' }],
        },
      ],
    })
  })
  test('a quick reply sends its words back where nothing else was wished', () => {
    const [request] = rendered({
      type: 'template',
      name: 'a',
      language: 'en',
      parameters: [],
      payloads: ['yes-1'],
      text: 'a',
      parts: [
        { part: 'body', text: 'a' },
        { part: 'button', text: 'Open', does: 'url' },
        { part: 'button', text: 'Yes', does: 'reply' },
        { part: 'button', text: 'No', does: 'reply' },
      ],
    })
    const button = (index: string, payload: string) => ({
      type: 'button',
      sub_type: 'quick_reply',
      index,
      parameters: [{ type: 'payload', payload }],
    })
    expect(request?.template).toMatchObject({ components: [button('1', 'yes-1'), button('2', 'No')] })
  })
  test('what was stored before places were told apart is all of the body', () => {
    const [request] = rendered({ type: 'template', name: 'a', language: 'en', parameters: ['x\ny', 'z'], text: 'a' })
    expect(request?.template).toMatchObject({
      components: [{ type: 'body', parameters: [{ text: 'x y' }, { text: 'z' }] }],
    })
  })
  test.each([
    ['a place without its words', { type: 'location', latitude: 1, longitude: 2 }, 'template-refused'],
    [
      'a file of a kind that nobody takes',
      { type: 'file', attachment: { id: kit.to, name: 'a.exe', mime: 'application/x-msdownload', bytes: 1 } },
      'media-refused',
    ],
  ] as const)('%s cannot stand above a template', (_what, header, code) => {
    const content = { type: 'template' as const, name: 'a', language: 'en', parameters: [], text: 'a', header }
    const result = whatsapp.render({ to: kit.to, content, window: 'open', links: {} }, testConfig)
    expect(result).toMatchObject({ kind: 'impossible', problem: { code } })
  })
  test('a template with an empty value is refused before it is sent', () => {
    const content = { type: 'template', name: 'a', language: 'en', parameters: ['x', ' '], text: 'a' } as const
    const result = whatsapp.render(
      { to: kit.to, content: { ...content, parameters: ['x', ' '] }, window: 'open', links: {} },
      testConfig,
    )
    expect(result).toEqual({
      kind: 'impossible',
      problem: { code: 'template-refused', detail: 'Parameter 2 is empty' },
    })
  })
})
