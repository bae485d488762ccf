import type { MessageContent } from '@qiao/protocol'
import { sms } from 'tencentcloud-sdk-nodejs-sms'
import { describe, expect, test } from 'vitest'
import { conformance } from '../conformance.ts'
import type { Channel } from '../contract.ts'
import { callback, kitNow } from '../families/sms-cn/kit.ts'
import { emptyLedger, permissionNow } from '../policy.ts'
import { type ApiRequest, noFaults, serveApi } from '../simulator.ts'
import vectors from '../vectors.json' with { type: 'json' }
import type { Config } from './config.ts'
import { tencent } from './index.ts'
import { kit, testConfig, withoutReplies } from './kit.ts'
import { authorization } from './tc3.ts'

const withCapabilities = (config: Config): Channel<Config> => ({
  ...tencent,
  capabilities: tencent.capabilitiesOf?.(config) ?? tencent.capabilities,
})
const orderSent: MessageContent = {
  type: 'template',
  name: '449739',
  language: 'zh_CN',
  parameters: ['A-2041'],
  text: '您的订单 A-2041 已发货',
}
describe('with a template of replies', () => {
  test.each(conformance(withCapabilities(testConfig), kit))('$name', async (check) =>
    expect(await check.run()).toBeUndefined(),
  )
})
describe('with templates only', () => {
  const templatesOnly = { ...kit, config: withoutReplies, sample: orderSent }
  test.each(conformance(tencent, templatesOnly))('$name', async (check) => expect(await check.run()).toBeUndefined())
})

const tc3 = vectors.filter(({ channel, name }) => channel === 'tencent-sms' && name.startsWith('TC3'))
describe('signatures', () => {
  test('both vectors are there', () => expect(tc3).toHaveLength(2))
  test.each(tc3)('$name', ({ input, expected }) => {
    const { sid, sk, service, host, ct, payload, ts, action } = input as unknown as Record<string, string>
    const headers = {
      'content-type': ct ?? '',
      host: host ?? '',
      ...(action === undefined ? {} : { 'x-tc-action': action }),
    }
    const request = { service: service ?? '', headers, payload: payload ?? '', timestamp: Number(ts) }
    expect(authorization(request, sid ?? '', sk ?? '')).toBe((expected as { authorization: string }).authorization)
  })
  test.each(['1234', '您好，请稍等', 'a"b\\c', '表情😀'])(
    'the SDK of Tencent Cloud signs %s as we do',
    async (text) => {
      const calls: ApiRequest[] = []
      const api = await serveApi(noFaults(), (request) => {
        calls.push(request)
        return { status: 200, body: JSON.stringify({ Response: { RequestId: '1', SendStatusSet: [] } }) }
      })
      const client = new sms.v20210111.Client({
        credential: { secretId: 'id', secretKey: 'key' },
        region: 'ap-guangzhou',
        profile: { httpProfile: { endpoint: new URL(api.url).host, protocol: 'http://' } },
      })
      await client.SendSms({
        PhoneNumberSet: ['+8613800138000'],
        SmsSdkAppId: '1',
        TemplateId: '1',
        TemplateParamSet: [text],
      })
      await api.stop()
      const [call] = calls
      if (!call) throw new Error('The SDK did not call')
      const { headers, body } = call
      // The SDK takes the service from the first part of the host, and leaves the port out, which the real one has not.
      const signed = { 'content-type': headers['content-type'] ?? '', host: '127.0.0.1' }
      const timestamp = Number(headers['x-tc-timestamp'])
      expect(authorization({ service: '127', headers: signed, payload: body, timestamp }, 'id', 'key')).toBe(
        headers.authorization,
      )
      expect(headers['x-tc-version']).toBe('2021-01-11')
    },
  )
})

describe('callbacks', () => {
  const accept = (body: string, key?: string | null) => tencent.webhook?.accept(callback(body, key), testConfig, kitNow)
  test('the answer is the one that Tencent Cloud wants', () => {
    const accepted = accept(JSON.stringify({ voice: 1 }))
    expect(accepted?.response.status).toBe(200)
    expect(JSON.parse(accepted?.response.body ?? '')).toEqual({ result: 0, errmsg: 'OK' })
  })
  test('two replies of one second are two; the same reply again is one', () => {
    const idOf = (text: string) => {
      const said = { mobile: '13811110000', nationcode: '86', sign: '', text, time: 1_457_336_869 }
      const accepted = accept(JSON.stringify(said))
      return accepted?.kind === 'accepted' ? accepted.events[0]?.id : undefined
    }
    expect(idOf('好')).toBe(idOf('好'))
    expect(idOf('好')).not.toBe(idOf('好的'))
  })
  test('the address to copy holds the secret', () => {
    const [value] = tencent.lifecycle.setup?.('https://qiao.example/channels/k', testConfig) ?? []
    expect(value?.value).toBe(`https://qiao.example/channels/k?key=${testConfig.callbackSecret}`)
  })
})

test('free words need a template of replies', () => {
  const now = kitNow.getTime()
  const permission = (config: Config) =>
    permissionNow(withCapabilities(config).capabilities, { ...emptyLedger, wroteAt: now }, now)
  expect(permission(withoutReplies)).toMatchObject({ free: null, template: true, why: 'only-templates' })
  expect(permission(testConfig)).toMatchObject({ free: { left: null }, template: true })
})

describe('what is sent', () => {
  const render = (content: MessageContent, config = testConfig, to = kit.to) =>
    tencent.render({ to, content, window: 'open', links: {} }, config)
  const words = (text: string): MessageContent => ({ type: 'text', text, markup: 'light' })
  test('a reply stands in the variable, as one line', () => {
    expect(render(words('**您好**\n请稍等'))).toEqual({
      kind: 'parts',
      parts: [
        {
          request: {
            PhoneNumberSet: ['+8613811110000'],
            SmsSdkAppId: '1400006666',
            TemplateId: '449739',
            SignName: '腾讯云',
            TemplateParamSet: ['您好 请稍等'],
          },
        },
      ],
      degraded: [],
    })
  })
  test.each([
    [words('长'.repeat(201)), 'too-long'],
    [words('见 https://a.cn/1'), 'content-refused'],
    [words('\u0001'), 'content-refused'],
    [{ type: 'article', title: '退货', url: 'https://a.cn/1' } as const, 'content-refused'],
  ])('what Tencent Cloud would refuse is refused before (%#)', (content, code) =>
    expect(render(content)).toMatchObject({ kind: 'impossible', problem: { code } }),
  )
  test('abroad there is no signature; without a template of replies there are only templates', () => {
    const abroad = render(orderSent, testConfig, '+85251234567')
    expect(abroad).toMatchObject({ parts: [{ request: { PhoneNumberSet: ['+85251234567'] } }] })
    expect(JSON.stringify(abroad)).not.toContain('SignName')
    expect(render(words('您好'), withoutReplies)).toMatchObject({ problem: { code: 'only-templates' } })
  })
})

test.each([
  ['138 0013 8000', '+8613800138000'],
  ['+852 5123 4567', '+85251234567'],
  ['00 1 (415) 555-0100', '+14155550100'],
  ['+86 10 1234 5678', null],
  ['10086', null],
])('the address %s is %s', (text, address) => expect(tencent.address(text)).toBe(address))
