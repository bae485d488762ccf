import { readFileSync } from 'node:fs'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { describe, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import { readCallbackBody } from '../families/wechat/body.ts'
import { callbackSignature, decryptCallback, encryptCallback, isSignature } from '../families/wechat/crypto.ts'
import { callback, errorAnswer, kitNow, okAnswer, tokenAnswer } from '../families/wechat/kit.ts'
import { scriptedHttp, testContext } from '../test-context.ts'
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
  const unnamed = wecom.webhook?.accept(signed(notification({ OpenKfId: '' })), testConfig, kitNow)
  expect(unnamed).toMatchObject({ kind: 'accepted', pull: true })
  const other = wecom.webhook?.accept(signed(notification({ OpenKfId: 'wkOther' })), testConfig, kitNow)
  expect(other).toMatchObject({ kind: 'accepted', events: [] })
  expect(other).not.toHaveProperty('pull')
})

test.each([
  ['the same cursor', { next_cursor: 'c1', has_more: 1 }, { state: { cursor: 'c1' }, more: false }],
  ['no cursor', { has_more: 1 }, { state: { cursor: 'c1' }, more: false }],
  ['a cursor of another kind', { next_cursor: 2, has_more: 1 }, { state: { cursor: 'c1' }, more: false }],
  ['an empty page before others', { next_cursor: 'c2', has_more: 1 }, { state: { cursor: 'c2' }, more: true }],
])('a page with %s does not come for ever', async (_, page, wanted) => {
  const { http } = scriptedHttp([tokenAnswer(), okAnswer({ ...page, msg_list: [] })])
  const fetched = await wecom.pull?.fetch({ cursor: 'c1' }, testContext(testConfig, { http }))
  expect(fetched).toEqual({ kind: 'fetched', events: [], ...wanted })
})

test('a code of an event is kept for another try when WeCom is too busy', async () => {
  const entered = { event_type: 'enter_session', external_userid: 'wmX', welcome_code: 'W1' }
  const event = { msgid: 'm', send_time: kitNow.getTime() / 1000, origin: 4, msgtype: 'event', event: entered }
  const { http, calls } = scriptedHttp([
    tokenAnswer(),
    okAnswer({ next_cursor: 'c1', msg_list: [event] }),
    errorAnswer(95_018),
    errorAnswer(45_033),
    errorAnswer(95_018),
    okAnswer(),
  ])
  const context = testContext(testConfig, { http, now: () => kitNow })
  await wecom.pull?.fetch(null, context)
  const part = { request: { touser: 'wmX', open_kfid: 'wkX', msgtype: 'text', text: { content: '您好' } } }
  expect(await wecom.send(part, context)).toMatchObject({ kind: 'retry' })
  expect(await wecom.send(part, context)).toMatchObject({ kind: 'accepted' })
  expect(calls.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual([
    'gettoken',
    'sync_msg',
    'send_msg',
    'send_msg_on_event',
    'send_msg',
    'send_msg_on_event',
  ])
})

test('entering opens nothing when our own welcome takes the code', () => {
  const entered = { event_type: 'enter_session', external_userid: 'wmX', welcome_code: 'W1' }
  const event = { msgid: 'm', send_time: 1_795_334_400, origin: 4, msgtype: 'event', event: entered }
  expect(wecom.normalise(event, testConfig)).toMatchObject([{ act: 'enter' }])
  expect(wecom.normalise(event, { ...testConfig, welcome: '您好' })).toMatchObject([{ act: 'visit' }])
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
