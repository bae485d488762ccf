import { readFileSync } from 'node:fs'
import type { MessageContent } from '@qiao/protocol'
import { describe, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import { readCallbackBody } from '../families/wechat/body.ts'
import { callbackSignature, decryptCallback, encryptCallback, isSignature } from '../families/wechat/crypto.ts'
import { callback, kitNow, plainCallback, signedCallback } from '../families/wechat/kit.ts'
import { toXml } from '../families/wechat/simulator.ts'
import { textIn } from '../families/wechat/words.ts'
import { fixtures } from './fixtures.ts'
import { wechat } from './index.ts'
import { kit, testConfig } from './kit.ts'

test.each(conformance(wechat, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

interface Vector {
  channel: string
  name: string
  input: Record<string, string | number>
  expected: Record<string, string | number>
}
const vectors: Vector[] = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8'))
function vector(name: string) {
  const found = vectors.find((one) => one.channel === 'wechat' && one.name === name)
  if (!found) throw new Error(`There is no vector ${name}`)
  return { given: (field: string): string => String(found.input[field]), expected: found.expected }
}

describe('official vectors', () => {
  test('the address is verified', () => {
    const { given, expected } = vector('url-verify-signature')
    const signature = callbackSignature(given('token'), given('timestamp'), given('nonce'))
    expect(signature).toBe(expected.signature)
    const query = { timestamp: given('timestamp'), nonce: given('nonce'), signature, echostr: given('echostr') }
    const now = new Date(Number(given('timestamp')) * 1000)
    const request = callback('', query, 'GET')
    expect(wechat.webhook?.accept(request, { ...testConfig, token: given('token') }, now)).toMatchObject({
      kind: 'answer',
      response: { status: 200, body: expected.respond_body },
    })
    expect(wechat.webhook?.accept(request, testConfig, now).kind).toBe('refused')
  })
  test('an answer is encrypted and signed', () => {
    const { given, expected } = vector('safe-mode-json-encrypt-reply')
    const random = Buffer.from(given('random16'))
    const encrypted = encryptCallback(given('encodingAESKey'), given('plaintext'), given('appid'), random)
    expect(encrypted).toBe(expected.Encrypt)
    const signature = callbackSignature(given('token'), given('timestamp'), given('nonce'), encrypted)
    expect(signature).toBe(expected.MsgSignature)
  })
  test('a message is decrypted', () => {
    const { given, expected } = vector('WXBizMsgCrypt-sample-xml-decrypt')
    const parts = ['token', 'timestamp', 'nonce', 'encrypt'].map(given)
    expect(isSignature(given('msg_signature'), parts)).toBe(true)
    const text = decryptCallback(given('encodingAESKey'), given('encrypt'), given('appid'))
    expect(text).toBe(expected.msg)
    expect(wechat.normalise(readCallbackBody(text ?? ''), testConfig)).toMatchObject([
      { kind: 'message', id: '6054768590064713728', content: { text: 'abcdteT' } },
    ])
    expect(decryptCallback(given('encodingAESKey'), given('encrypt'), 'wx0000000000000000')).toBeNull()
  })
  test.each(['AES-encrypt-fixed-random-short', 'AES-encrypt-fixed-random-xml'])('%s', (name) => {
    const { given, expected } = vector(name)
    const random = Buffer.from(given('random16'))
    const encrypted = encryptCallback(given('encodingAESKey'), given('plaintext'), given('appid'), random)
    expect(encrypted).toBe(expected.encrypt)
    expect(decryptCallback(given('encodingAESKey'), encrypted, given('appid'))).toBe(given('plaintext'))
  })
})

describe('callbacks', () => {
  const [fixture] = fixtures
  const body = toXml(fixture?.fields ?? {})
  test('plain and compatible ones are read as set, and only then', () => {
    const plain = { ...testConfig, encryption: 'plain' as const }
    const compat = { ...testConfig, encryption: 'compat' as const }
    expect(wechat.webhook?.accept(plainCallback(body, plain), plain, kitNow).kind).toBe('accepted')
    expect(wechat.webhook?.accept(plainCallback(body, plain), testConfig, kitNow).kind).toBe('refused')
    const signed = signedCallback(body, compat, compat.appId)
    const encrypted = textIn(readCallbackBody(signed.body.toString())?.Encrypt)
    const forged = toXml({ ...fixture?.fields, Content: 'forged', Encrypt: encrypted })
    expect(wechat.webhook?.accept({ ...signed, body: Buffer.from(forged) }, compat, kitNow)).toMatchObject({
      kind: 'accepted',
      events: [{ data: { Content: fixture?.fields.Content } }],
    })
  })
  test('events of one second are told apart by what happened', () => {
    const events = [
      { Event: 'CLICK', EventKey: 'a' },
      { Event: 'CLICK', EventKey: 'b' },
      { Event: 'VIEW', EventKey: 'a' },
    ]
    const ids = events.flatMap((event) => {
      const fields = { FromUserName: 'oX', CreateTime: 1_795_334_400, MsgType: 'event', ...event }
      const request = signedCallback(toXml(fields), testConfig, testConfig.appId)
      const accepted = wechat.webhook?.accept(request, testConfig, kitNow)
      return accepted?.kind === 'accepted' ? accepted.events.map(({ id }) => id) : []
    })
    expect(new Set(ids).size).toBe(3)
  })
})

test('long menus, captions and links keep every word', () => {
  const render = (content: MessageContent) =>
    wechat.render({ to: 'oX', content, window: 'open', links: {} }, { ...testConfig, kfAccount: 'li@gh_1' })
  const options = Array.from({ length: 11 }, (_, at) => ({ id: String(at), label: `选项${at}` }))
  expect(render({ type: 'menu', text: '请选择', style: 'list', options })).toMatchObject({
    parts: [
      {
        request: {
          msgtype: 'text',
          text: { content: expect.stringContaining('11. 选项10') },
          customservice: { kf_account: 'li@gh_1' },
        },
      },
    ],
    degraded: [expect.stringContaining('请回复数字选择')],
  })
  const attachment = { id: 'a', name: 'a.jpg', mime: 'image/jpeg', bytes: 5 }
  expect(render({ type: 'image', attachment, caption: '坏了' })).toMatchObject({
    parts: [{ request: { msgtype: 'image' }, attachmentIds: ['a'] }, { request: { text: { content: '坏了' } } }],
    degraded: [],
  })
  const link = '[订单](https://a.cn/1)'
  expect(render({ type: 'text', text: link, markup: 'light' })).toMatchObject({
    parts: [{ request: { text: { content: '<a href="https://a.cn/1">订单</a>' } } }],
  })
  expect(render({ type: 'text', text: `${'字'.repeat(700)}\n${link}`, markup: 'light' })).toMatchObject({
    parts: [expect.anything(), { request: { text: { content: expect.stringContaining('订单 https://a.cn/1') } } }],
  })
  expect(render({ type: 'text', text: '\u0000', markup: 'none' })).toMatchObject({
    kind: 'impossible',
    problem: { code: 'content-refused' },
  })
})
