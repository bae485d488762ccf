import { type MessageContent, type TemplateDraft, templateFaults } from '@qiao/protocol'
import type {
  AddSmsTemplateRequest,
  ModifySmsTemplateRequest,
} from 'tencentcloud-sdk-nodejs-sms/tencentcloud/services/sms/v20210111/sms_models.js'
import { afterEach, describe, expect, test } from 'vitest'
import { type Http, isProblem } from '../contract.ts'
import { testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { config, type Config } from './config.ts'
import { tencent } from './index.ts'
import { edit, remove, rules, submit } from './make-template.ts'
import { startSimulator, type TencentOptions } from './simulator.ts'
import { listTemplates } from './templates.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

async function connected(changes: Partial<Config> = {}, options: TencentOptions = {}) {
  let at = new Date('2026-11-29T02:00:00Z')
  const now = () => at
  const simulator = await startSimulator({ now, ...options })
  const account = { ...config.parse(simulator.config), ...changes }
  const receiver = await startReceiver(tencent, config.parse(simulator.config), now)
  simulator.pointTo(receiver.url)
  running.push(simulator, receiver)
  const context = testContext(account, { now })
  let count = 0
  const sendAs = async (key: string, to: string, content: MessageContent) => {
    const rendered = tencent.render({ to, content, window: 'open', links: {} }, account)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const [part] = rendered.parts
    return { part, result: await tencent.send(part, { ...context, idempotencyKey: key }) }
  }
  const send = async (to: string, content: MessageContent) => (await sendAs(`key-${(count += 1)}`, to, content)).result
  return { simulator, receiver, context, send, sendAs, later: (ms: number) => void (at = new Date(at.getTime() + ms)) }
}
const text = (words: string): MessageContent => ({ type: 'text', text: words, markup: 'none' })
const template = (name: string, ...parameters: string[]): MessageContent => ({
  type: 'template',
  name,
  language: 'zh_CN',
  parameters,
  text: '模板',
})
const rejected = (code: string) => ({ kind: 'rejected', problem: { code } })

test('a conversation: what customers write, what people answer, what becomes of it', async () => {
  const { simulator, receiver, send } = await connected()
  const phone = simulator.phone('李雷')
  const id = await phone.say({ type: 'text', text: '我的茶到哪里了？' })
  await simulator.settled()
  expect(receiver.of('message')).toMatchObject([
    { id, at: '2026-11-29T02:00:00.000Z', from: { address: phone.address }, content: { text: '我的茶到哪里了？' } },
  ])
  const answer = await send(phone.address, text('明天送到'))
  expect(answer).toMatchObject({ kind: 'accepted', messageId: expect.stringMatching(/^5000:/u) })
  await send(phone.address, template('1000002', 'A-2041', '发货'))
  await simulator.settled()
  expect(phone.screen.map((one) => one.text)).toEqual([
    '我的茶到哪里了？',
    '【茶叶店】您好，客服回复您：明天送到，感谢您的支持。',
    '【茶叶店】您的订单A-2041已发货，请留意。',
  ])
  const { messageId } = answer as { messageId: string }
  expect(receiver.of('receipt')).toMatchObject([
    { state: 'delivered', messageId, key: 'key-1', to: phone.address, at: '2026-11-29T02:00:00.000Z' },
    { state: 'delivered', key: 'key-2' },
  ])
  expect(simulator.refusals).toEqual([])
})

test('a phone that is off: the report says so; who is on the list of no disturbance is not written to', async () => {
  const { simulator, receiver, send } = await connected()
  const [off, blocked] = [simulator.phone('甲'), simulator.phone('乙')]
  await off.act('off')
  await blocked.act('block')
  expect(await send(off.address, text('您好'))).toMatchObject({ kind: 'accepted' })
  expect(await send(blocked.address, text('您好'))).toMatchObject(rejected('blocked-us'))
  await simulator.settled()
  expect(receiver.of('receipt')).toMatchObject([
    { to: off.address, state: 'failed', problem: { code: 'unreachable', providerCode: '002' } },
  ])
})

test('repeats have the ids they had; who does not know the secret is not heard', async () => {
  const { simulator, receiver } = await connected()
  simulator.faults.duplicates = 1
  const phone = simulator.phone('李雷')
  await phone.say({ type: 'text', text: '在吗' })
  await simulator.settled()
  expect(receiver.ids).toHaveLength(2)
  expect(new Set(receiver.ids).size).toBe(1)
  const response = await fetch(receiver.url, { method: 'POST', body: '[]' })
  expect(response.status).toBe(403)
})

describe('limits', () => {
  test('the same words again within thirty seconds are tried later', async () => {
    const { simulator, send, later } = await connected()
    const { address } = simulator.phone('李雷')
    await send(address, text('您好'))
    expect(await send(address, text('请稍等'))).toMatchObject({ kind: 'accepted' })
    expect(await send(address, text('您好'))).toMatchObject({ kind: 'retry', afterMs: 30_000 })
    later(30_000)
    expect(await send(address, text('您好'))).toMatchObject({ kind: 'accepted' })
  })
  test('after what a day allows there is no more', async () => {
    const { simulator, send, later } = await connected({}, { daily: 2 })
    const { address } = simulator.phone('李雷')
    await send(address, text('一'))
    await send(address, text('二'))
    expect(await send(address, text('三'))).toMatchObject(rejected('quota-used'))
    later(86_400_000)
    expect(await send(address, text('三'))).toMatchObject({ kind: 'accepted' })
  })
  test.each([
    [text('赌博'), 'content-refused'],
    [text('长'.repeat(31)), 'too-long'],
    [template('1000002', 'A-2041'), 'template-refused'],
    [template('1000004', '甲'), 'template-refused'],
  ])('what may not be sent (%#)', async (content, code) => {
    const { simulator, send } = await connected({ replyLength: 100 })
    expect(await send(simulator.phone('李雷').address, content)).toMatchObject(rejected(code))
  })
  test('too many calls, and an error inside that may pass, are tried again', async () => {
    const { simulator, send } = await connected()
    const { address } = simulator.phone('李雷')
    simulator.refuseNext('RequestLimitExceeded')
    expect(await send(address, text('您好'))).toMatchObject({ kind: 'retry', problem: { code: 'rate-limited' } })
    simulator.refuseNext('InternalError.SendAndRecvFail', 'number')
    expect(await send(address, text('您好'))).toMatchObject({ kind: 'retry', problem: { code: 'provider-failed' } })
    expect(await send(address, text('您好'))).toMatchObject({ kind: 'accepted' })
  })
})

describe('without an answer', () => {
  const lose = async (fault: 'silence' | 'silence-after', options: TencentOptions = {}, act?: string) => {
    const all = await connected({}, options)
    const phone = all.simulator.phone('李雷')
    if (act) await phone.act(act)
    all.simulator.faults.next = [fault]
    const { part, result } = await all.sendAs('lost', phone.address, text('您好'))
    expect(result.kind).toBe('unknown')
    return tencent.reconcile?.(part, { ...all.context, idempotencyKey: 'lost' })
  }
  test('before it was done nothing is found, and people decide', async () =>
    expect(await lose('silence')).toMatchObject({ kind: 'unknown' }))
  test('after it was done it is found by our key', async () =>
    expect(await lose('silence-after')).toMatchObject({
      kind: 'accepted',
      messageId: expect.stringMatching(/^5000:/u),
    }))
  test('of a text that failed the failure is found', async () =>
    expect(await lose('silence-after', {}, 'off')).toMatchObject(rejected('unreachable')))
  test('where Tencent Cloud does not give keys back, people decide', async () =>
    expect(await lose('silence-after', { givesContextBack: false })).toMatchObject({ kind: 'unknown' }))
})

test('templates are listed with their states and reasons', async () => {
  const { context } = await connected()
  const list = await tencent.templates?.list(context)
  if (!list || isProblem(list)) throw new Error('no list')
  expect(list.map(({ name, state }) => [name, state])).toEqual([
    ['1000001', 'approved'],
    ['1000002', 'approved'],
    ['1000003', 'approved'],
    ['1000004', 'pending'],
    ['1000005', 'rejected'],
  ])
  expect(list[1]).toMatchObject({
    text: '您的订单{{1}}已{{2}}，请留意。',
    parameters: ['1', '2'],
    category: 'domestic',
  })
  expect(list[4]?.reason).toBe('变量过长')
})

describe('the check says what is wrong', () => {
  test('all is well', async () => {
    const { context } = await connected()
    expect((await tencent.lifecycle.check(context)).every(({ ok }) => ok)).toBe(true)
  })
  test.each([
    [{ secretKey: 'wrong' }, 'AuthFailure.SignatureFailure'],
    [{ secretId: 'AKIDother' }, 'AuthFailure.SecretIdNotFound'],
    [{ sdkAppId: '1400000000' }, 'SdkAppId'],
    [{ signName: '别家' }, '别家'],
    [{ replyTemplate: '1000004' }, '1000004'],
    [{ replyTemplate: '1000002' }, '2'],
  ] as const)('%j', async (changes, words) => {
    const { context } = await connected(changes)
    const wrong = (await tencent.lifecycle.check(context)).filter(({ ok }) => !ok)
    expect(wrong).toHaveLength(1)
    expect(wrong[0]?.words.zh).toContain(words)
    expect(wrong[0]?.words.en).toContain(words)
  })
  test('the clock', async () => {
    const { context } = await connected()
    const [finding] = await tencent.lifecycle.check({ ...context, now: () => new Date('2026-11-29T02:06:00Z') })
    expect(finding?.words.en).toContain('clock')
  })
})

describe('templates made here', () => {
  const order: TemplateDraft = {
    name: '发货通知',
    language: '',
    category: 'notification',
    text: '您的订单{{order}}已由{{company}}发出。',
    parameters: ['A-2041', '顺丰'],
    remark: '下单后通知客户',
    buttons: [],
  }
  const idOf = (made: object): string => {
    if (!('name' in made) || typeof made.name !== 'string') throw new Error(JSON.stringify(made))
    return made.name
  }
  const words = { text: '您的订单{{1}}已由{{2}}发出。', parameters: ['1', '2'], title: '发货通知', language: 'zh_CN' }

  test('one is submitted with numbered places, approved, sent and removed', async () => {
    const { simulator, context, send, later } = await connected()
    const made = await submit(order, context)
    const id = idOf(made)
    expect(made).toEqual({ ...words, name: id, category: 'notification', state: 'pending' })
    expect(await listTemplates(context)).toContainEqual({ ...words, name: id, category: 'domestic', state: 'approved' })
    const phone = simulator.phone('韩梅')
    expect(await send(phone.address, template(id, 'B-1', '中通'))).toMatchObject({ kind: 'accepted' })
    expect(phone.screen.at(-1)?.text).toBe('【茶叶店】您的订单B-1已由中通发出。')
    expect(await edit(id, order, context)).toMatchObject({
      code: 'template-refused',
      providerCode: 'FailedOperation.TemplateAlreadyPassedCheck',
    })
    expect(await remove(id, context)).toBeNull()
    later(1000)
    expect(await remove(id, context)).toMatchObject({ providerCode: 'FailedOperation.TemplateIdNotExist' })
  })

  test('one is changed while it waits and when it was rejected, whose reason is in the list', async () => {
    const { simulator, context, later } = await connected()
    const id = idOf(await submit({ ...order, name: '慢' }, context))
    expect(await edit(id, { ...order, name: '慢慢' }, context)).toMatchObject({ title: '慢慢', state: 'pending' })
    simulator.review(id, 'rejected', '缺少退订方式')
    expect(await listTemplates(context)).toContainEqual(
      expect.objectContaining({ name: id, title: '慢慢', state: 'rejected', reason: '缺少退订方式' }),
    )
    later(1000)
    const promotion = { ...order, category: 'promotion', text: '新茶到店，拒收请回复R', parameters: [] }
    expect(await edit(id, promotion, context)).toMatchObject({ name: id, parameters: [] })
    expect(await listTemplates(context)).toContainEqual(expect.objectContaining({ name: id, state: 'approved' }))
  })

  test('what Tencent Cloud would not take, and calls that come too fast', async () => {
    const { context, later } = await connected()
    const faults = (change: object) =>
      templateFaults({ ...order, ...change }, rules).map(({ path, fault }) => `${path.join('.')} ${fault}`)
    expect(faults({})).toEqual([])
    expect(faults({ text: '{{1}}', parameters: ['x'] })).toEqual(['text apart'])
    expect(faults({ text: '订单{{1}} {{2}}' })).toEqual(['text apart'])
    expect(faults({ category: 'promotion' })).toEqual(['text words'])
    expect(await submit({ ...order, text: '订单{{1}}{{2}}' }, context)).toMatchObject({
      providerCode: 'InvalidParameterValue.InvalidTemplateFormat',
    })
    await submit(order, context)
    expect(await submit(order, context)).toMatchObject({ code: 'rate-limited', providerCode: 'RequestLimitExceeded' })
    later(1000)
    expect(await submit(order, context)).toMatchObject({ state: 'pending' })
  })

  test('the request is the one that their SDK has', async () => {
    const calls: object[] = []
    const http: Http = async (_url, { body = '' }) => {
      calls.push(JSON.parse(String(body)))
      const answer = { Response: { RequestId: '1', AddTemplateStatus: { TemplateId: '1110' } } }
      return { kind: 'answer', status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) }
    }
    const { context } = await connected()
    await submit(order, { ...context, http })
    await edit('1110', order, { ...context, http })
    const asked: AddSmsTemplateRequest = {
      TemplateName: '发货通知',
      TemplateContent: '您的订单{1}已由{2}发出。',
      SmsType: 2,
      International: 0,
      Remark: '下单后通知客户\n短信示例：【茶叶店】您的订单A-2041已由顺丰发出。',
    }
    const changed: ModifySmsTemplateRequest = { TemplateId: 1110, ...asked }
    expect(calls).toEqual([asked, changed])
  })
})
