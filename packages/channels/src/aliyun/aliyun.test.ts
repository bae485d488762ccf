import { createRequire } from 'node:module'
import type { MessageContent } from '@qiao/protocol'
import { describe, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import type { Channel } from '../contract.ts'
import { callback, kitNow } from '../families/sms-cn/kit.ts'
import { consentOf } from '../consent.ts'
import { emptyLedger, permissionNow } from '../policy.ts'
import vectors from '../vectors.json' with { type: 'json' }
import { authorization, canonicalRequest, sha256 } from './acs3.ts'
import type { Config } from './config.ts'
import { aliyun } from './index.ts'
import { kit, testConfig, withoutReplies } from './kit.ts'

// It is CommonJS, whose default export our tools see in two ways.
const require = createRequire(import.meta.url)

const withCapabilities = (config: Config): Channel<Config> => ({
  ...aliyun,
  capabilities: aliyun.capabilitiesOf?.(config) ?? aliyun.capabilities,
})
const orderSent: MessageContent = {
  type: 'template',
  name: 'SMS_1',
  language: 'zh_CN',
  parameters: [],
  text: '您的订单已发货',
}
describe('with a template of replies', () => {
  test.each(conformance(withCapabilities(testConfig), kit))('$name', async (check) =>
    expect(await check.run()).toBeUndefined(),
  )
})
describe('with templates only', () => {
  const templatesOnly = { ...kit, config: withoutReplies, sample: orderSent }
  test.each(conformance(aliyun, templatesOnly))('$name', async (check) => expect(await check.run()).toBeUndefined())
})

interface Signed {
  query: Record<string, string>
  headers: Record<string, string>
  body: string
  ak: string
  sk: string
}
const acs3 = vectors.filter(({ channel, name }) => channel === 'aliyun-sms' && name.startsWith('ACS3'))
const signableOf = ({ query, headers, body }: Signed) => ({
  method: 'POST',
  query,
  headers: { ...headers, 'x-acs-content-sha256': sha256(body) },
})
describe('signatures', () => {
  test('both vectors are there', () => expect(acs3).toHaveLength(2))
  test.each(acs3)('$name', ({ input, expected }) => {
    const given = input as unknown as Signed
    const request = signableOf(given)
    expect({
      hashedCanonicalRequest: sha256(canonicalRequest(request).text),
      authorization: authorization(request, given.ak, given.sk),
    }).toEqual(expected)
  })
  test.each(['1234', '您好 a+b*c~d', "(it's) 50% & more=?/!", '表情😀'])(
    'the library of Alibaba Cloud agrees on %s',
    (text) => {
      const { default: library } = require('@alicloud/openapi-util') as {
        default: { getAuthorization(...given: unknown[]): string }
      }
      const query = { PhoneNumbers: '13800138000', TemplateParam: JSON.stringify({ content: text }) }
      const headers = { host: 'dysmsapi.aliyuncs.com', 'x-acs-action': 'SendSms', accept: 'application/json' }
      const request = signableOf({ query, headers, body: '', ak: '', sk: '' })
      const theirs = library.getAuthorization(
        { method: 'POST', pathname: '/', query, headers: request.headers },
        'ACS3-HMAC-SHA256',
        sha256(''),
        'id',
        'secret',
      )
      expect(authorization(request, 'id', 'secret')).toBe(theirs)
    },
  )
})

describe('callbacks', () => {
  const accept = (body: string, key?: string | null) => aliyun.webhook?.accept(callback(body, key), testConfig, kitNow)
  test('the answer is the one that Alibaba Cloud wants', () => {
    const accepted = accept(JSON.stringify([{ card: 1 }]))
    expect(accepted?.response.status).toBe(200)
    expect(JSON.parse(accepted?.response.body ?? '')).toEqual({ code: 0, msg: '接收成功' })
  })
  test.each(['', '[]'])('the console may try the address with %j', (body) => {
    expect(accept(body)).toMatchObject({ kind: 'answer', response: { status: 200 } })
    expect(accept(body, null)).toMatchObject({ kind: 'refused' })
  })
  test('the address to copy holds the secret, and nothing else does', () => {
    const [value] = aliyun.lifecycle.setup?.('https://qiao.example/channels/k', testConfig) ?? []
    expect(value?.value).toBe(`https://qiao.example/channels/k?key=${testConfig.callbackSecret}`)
  })
})

test.each(['T', 'td', 'Ｔ', ' r ', 'n', '退订'])('%s means no more', (word) => {
  expect(consentOf(word, aliyun.capabilities)).toBe('stop-promotion')
})
test('ordinary words mean nothing about it', () => {
  expect(consentOf('不想要了', aliyun.capabilities)).toBeNull()
  expect(consentOf('取消', aliyun.capabilities)).toBeNull()
  expect(consentOf('订阅', aliyun.capabilities)).toBe('start')
})

test('free words need a template of replies', () => {
  const now = kitNow.getTime()
  const permission = (config: Config) =>
    permissionNow(withCapabilities(config).capabilities, { ...emptyLedger, wroteAt: now }, now)
  expect(permission(withoutReplies)).toMatchObject({ free: null, template: true, why: 'only-templates' })
  expect(permission(testConfig)).toMatchObject({ free: { left: null }, template: true })
  expect(withCapabilities(testConfig).capabilities.text).toMatchObject({ most: 200, splits: false })
})

describe('what is sent', () => {
  const render = (content: MessageContent, config = testConfig, to = kit.to) =>
    aliyun.render({ to, content, window: 'open', links: {} }, config)
  const words = (text: string): MessageContent => ({ type: 'text', text, markup: 'light' })
  test('a reply stands in the variable, as one line', () => {
    expect(render(words('**您好**\n请稍等'))).toEqual({
      kind: 'parts',
      parts: [
        {
          request: {
            PhoneNumbers: '13811110000',
            SignName: '阿里云',
            TemplateCode: 'SMS_154950909',
            TemplateParam: '{"content":"您好 请稍等"}',
          },
        },
      ],
      degraded: [],
    })
  })
  test.each([
    [words('长'.repeat(201)), 'too-long'],
    [words('见 https://a.cn/1'), 'content-refused'],
    [{ type: 'article', title: '退货', url: 'https://a.cn/1' } as const, 'content-refused'],
  ])('what Alibaba Cloud would refuse is refused before (%#)', (content, code) =>
    expect(render(content)).toMatchObject({ kind: 'impossible', problem: { code } }),
  )
  test('only mainland numbers, and without a template of replies only templates', () => {
    expect(render(words('您好'), testConfig, '+85251234567')).toMatchObject({ problem: { code: 'address-unknown' } })
    expect(render(words('您好'), withoutReplies)).toMatchObject({ problem: { code: 'only-templates' } })
  })
})

test.each([
  ['138 0013 8000', '+8613800138000'],
  ['+86-138-0013-8000', '+8613800138000'],
  ['0086 13800138000', '+8613800138000'],
  ['８６13800138000', '+8613800138000'],
  ['+852 5123 4567', null],
  ['12800138000', null],
  ['10086', null],
  ['li@example.cn', null],
])('the address %s is %s', (text, address) => expect(aliyun.address(text)).toBe(address))
