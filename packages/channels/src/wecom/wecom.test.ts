import { readFileSync } from 'node:fs'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { describe, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import { readCallbackBody } from '../families/wechat/body.ts'
import { callbackSignature, decryptCallback, encryptCallback, isSignature } from '../families/wechat/crypto.ts'
import { callback, kitNow } from '../families/wechat/kit.ts'
import { wecom } from './index.ts'
import { kit, notification, signed, testConfig } from './kit.ts'

test.each(conformance(wecom, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

interface Vector {
  channel: string
  name: string
  input: Record<string, string | Record<string, string>>
  expected: Record<string, string>
}
const vectors: Vector[] = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8'))
function vector(name: string) {
  const found = vectors.find((one) => one.channel === 'wecom' && one.name === name)
  if (!found) throw new Error(`There is no vector ${name}`)
  const { query = {} } = found.input
  const given = (field: string): string => {
    const value = found.input[field] ?? (typeof query === 'object' ? query[field] : '')
    return typeof value === 'string' ? value : ''
  }
  return { given, expected: found.expected }
}

describe('official vectors', () => {
  test('the address is verified: what was encrypted is answered', () => {
    const { given, expected } = vector('VerifyURL')
    const query = Object.fromEntries(
      ['msg_signature', 'timestamp', 'nonce', 'echostr'].map((name) => [name, given(name)]),
    )
    const now = new Date(Number(given('timestamp')) * 1000)
    const config = { ...testConfig, token: given('token'), aesKey: given('encodingAESKey'), corpId: given('receiveid') }
    expect(wecom.webhook?.accept(callback('', query, 'GET'), config, now)).toMatchObject({
      kind: 'answer',
      response: { body: expected.respond_body },
    })
    const forged = callback('', { ...query, msg_signature: '0'.repeat(40) }, 'GET')
    expect(wecom.webhook?.accept(forged, config, now).kind).toBe('refused')
    expect(wecom.webhook?.accept(callback('', query, 'GET'), { ...config, corpId: 'ww1' }, now).kind).toBe('refused')
  })
  test('a message is decrypted', () => {
    const { given, expected } = vector('DecryptMsg')
    const parts = ['token', 'timestamp', 'nonce', 'encrypt'].map(given)
    expect(isSignature(given('msg_signature'), parts)).toBe(true)
    expect(decryptCallback(given('encodingAESKey'), given('encrypt'), given('receiveid'))).toBe(expected.msg)
  })
  test('a message is encrypted', () => {
    const { given, expected } = vector('wechatpy-encrypt-fixed-random')
    const random = Buffer.from(given('random16'))
    const encrypted = encryptCallback(given('encodingAESKey'), given('plaintext'), given('receiveid'), random)
    expect(encrypted).toBe(expected.encrypt)
    const signature = callbackSignature(given('token'), given('timestamp'), given('nonce'), encrypted)
    expect(signature).toBe(expected.msg_signature)
  })
})

test.each(['', 'a', '你好'.repeat(7), 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(5000)])(
  'the library of WeCom agrees (%#)',
  (words) => {
    const { aesKey, corpId, token } = testConfig
    const ours = encryptCallback(aesKey, words, corpId)
    expect(decrypt(aesKey, ours)).toMatchObject({ message: words, id: corpId })
    expect(decryptCallback(aesKey, encrypt(aesKey, words, corpId), corpId)).toBe(words)
    expect(callbackSignature(token, '1', '2', ours)).toBe(getSignature(token, '1', '2', ours))
  },
)

test('a call brings the token that the pull shows again; other accounts are left alone', () => {
  expect(wecom.webhook?.accept(signed(notification()), testConfig, kitNow)).toMatchObject({
    kind: 'accepted',
    events: [],
    pull: true,
    hint: readCallbackBody(notification())?.Token,
    response: { body: 'success' },
  })
  const other = wecom.webhook?.accept(signed(notification({ OpenKfId: 'wkOther' })), testConfig, kitNow)
  expect(other).toMatchObject({ kind: 'accepted', events: [] })
  expect(other).not.toHaveProperty('pull')
})

test('what is longer than WeCom takes goes another way', () => {
  const render = (content: Parameters<typeof wecom.render>[0]['content']) =>
    wecom.render({ to: 'wmX', content, window: 'open', links: {} }, testConfig)
  const label = '很'.repeat(43)
  expect(render({ type: 'menu', text: '选', style: 'list', options: [{ id: 'a', label }] })).toMatchObject({
    parts: [{ request: { msgtype: 'text' } }],
    degraded: [expect.stringContaining(label)],
  })
  const url = 'https://a.cn/1'
  expect(render({ type: 'article', title: '题'.repeat(43), url })).toMatchObject({ degraded: [expect.anything()] })
  expect(render({ type: 'article', title: '题'.repeat(42), url })).toMatchObject({
    parts: [{ request: { msgtype: 'link', link: { url } } }],
    degraded: [],
  })
  const attachment = { id: 'a', name: 'a.txt', mime: 'text/plain', bytes: 5 }
  expect(render({ type: 'file', attachment })).toMatchObject({ parts: [{ request: { msgtype: 'text' } }] })
})
