import { type MessageContent, templateFaults } from '@qiao/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { isProblem } from '../contract.ts'
import { testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { config, type Config } from './config.ts'
import { aliyun } from './index.ts'
import { edit, remove, rules, submit } from './make-template.ts'
import { startSimulator } from './simulator.ts'
import { listTemplates } from './templates.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

async function connected(changes: Partial<Config> = {}) {
  let at = new Date('2026-11-29T02:00:00Z')
  const now = () => at
  const simulator = await startSimulator({ now })
  const account = { ...config.parse(simulator.config), ...changes }
  const receiver = await startReceiver(aliyun, config.parse(simulator.config), now)
  simulator.pointTo(receiver.url)
  running.push(simulator, receiver)
  const context = testContext(account, { now })
  let count = 0
  const sendAs = async (key: string, to: string, content: MessageContent) => {
    const rendered = aliyun.render({ to, content, window: 'open', links: {} }, account)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    const [part] = rendered.parts
    return { part, result: await aliyun.send(part, { ...context, idempotencyKey: key }) }
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
  expect(answer).toMatchObject({ kind: 'accepted', messageId: expect.stringMatching(/\^0$/u) })
  await simulator.settled()
  expect(phone.screen.map((one) => one.text)).toEqual([
    '我的茶到哪里了？',
    '【茶叶店】您好，客服回复您：明天送到，感谢您的支持。',
  ])
  const { messageId } = answer as { messageId: string }
  expect(receiver.of('receipt')).toMatchObject([
    { state: 'delivered', messageId, key: 'key-1', to: phone.address, at: '2026-11-29T02:00:00.000Z' },
  ])
  expect(simulator.refusals).toEqual([])
})

test('a template is filled in the order of its variables, whose names are asked for once', async () => {
  const { simulator, send, context } = await connected()
  const phone = simulator.phone('李雷')
  expect(await send(phone.address, template('SMS_100000002', 'A-2041', '已发货'))).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.text).toBe('【茶叶店】您的订单A-2041已发货，请留意。')
  expect(await context.tokens.get('template SMS_100000002', () => Promise.reject(new Error('asked again')))).toBe(
    'order state',
  )
  expect(await send(phone.address, template('SMS_100000002', 'A-2041'))).toMatchObject(rejected('template-refused'))
  expect(await send(phone.address, template('SMS_100000005', '甲'))).toMatchObject(rejected('template-refused'))
  expect(await send(phone.address, template('SMS_9', '甲'))).toMatchObject(rejected('template-refused'))
  expect(await send(phone.address, template('SMS_100000004'))).toMatchObject({ kind: 'accepted' })
})

test('reports of one moment come together; every one is read', async () => {
  const { simulator, receiver, send } = await connected()
  const phones = ['甲', '乙', '丙'].map((name) => simulator.phone(name))
  await phones[1]?.act('off')
  await phones[2]?.act('block')
  await Promise.all(phones.map(({ address }) => send(address, text('您好'))))
  await simulator.settled()
  const states = new Map(receiver.of('receipt').map(({ to, state, problem }) => [to, problem?.code ?? state]))
  expect(phones.map(({ address }) => states.get(address))).toEqual(['delivered', 'unreachable', 'blocked-us'])
})

test('repeats and failed deliveries have the ids they had', async () => {
  const { simulator, receiver } = await connected()
  simulator.faults.duplicates = 1
  await simulator.phone('李雷').say({ type: 'text', text: '在吗' })
  await simulator.settled()
  expect(receiver.ids).toHaveLength(2)
  expect(new Set(receiver.ids).size).toBe(1)
  expect(receiver.of('message')).toHaveLength(1)
})

test('who does not know the secret is not heard', async () => {
  const { simulator, receiver } = await connected()
  simulator.pointTo(receiver.url)
  const body = JSON.stringify([{ phone_number: '13800138000', content: '在', send_time: '2026-11-29 10:00:00' }])
  const response = await fetch(receiver.url, { method: 'POST', body })
  expect(response.status).toBe(403)
  expect(receiver.events()).toEqual([])
})

describe('limits', () => {
  test('fifty notices a day, then no more until the day is over', async () => {
    const { simulator, send, later } = await connected()
    const { address } = simulator.phone('李雷')
    for (let count = 0; count < 50; count += 1) await send(address, text(`第${count}条`))
    expect(await send(address, text('再一条'))).toEqual({
      kind: 'rejected',
      problem: {
        code: 'quota-used',
        providerCode: 'isv.BUSINESS_LIMIT_CONTROL',
        detail: '触发天级流控Permits:50',
      },
    })
    later(86_400_000)
    expect(await send(address, text('新的一天'))).toMatchObject({ kind: 'accepted' })
  })
  test('one verification code a minute: the next is tried in a minute', async () => {
    const { simulator, send, later } = await connected()
    const { address } = simulator.phone('李雷')
    await send(address, template('SMS_100000003', '1234'))
    expect(await send(address, template('SMS_100000003', '1235'))).toMatchObject({ kind: 'retry', afterMs: 60_000 })
    later(60_000)
    expect(await send(address, template('SMS_100000003', '1236'))).toMatchObject({ kind: 'accepted' })
  })
  test('too many calls are tried again', async () => {
    const { simulator, send } = await connected()
    simulator.refuseNext('Throttling.User')
    expect(await send('+8613800138000', text('您好'))).toMatchObject({
      kind: 'retry',
      problem: { code: 'rate-limited' },
    })
  })
  test('words that may not be, and values longer than the variable', async () => {
    const { simulator, send } = await connected({ replyLength: 100 })
    const { address } = simulator.phone('李雷')
    expect(await send(address, text('赌博'))).toMatchObject(rejected('content-refused'))
    expect(await send(address, text('长'.repeat(36)))).toMatchObject(rejected('too-long'))
  })
})

describe('without an answer', () => {
  test('before it was done nothing is found, and people decide', async () => {
    const { simulator, sendAs, context } = await connected()
    simulator.faults.next = ['silence']
    const { part, result } = await sendAs('lost', simulator.phone('李雷').address, text('您好'))
    expect(result.kind).toBe('unknown')
    expect(await aliyun.reconcile?.(part, { ...context, idempotencyKey: 'lost' })).toMatchObject({ kind: 'unknown' })
  })
  test('after it was done it is found by our key, also after midnight', async () => {
    const { simulator, receiver, sendAs, context, later } = await connected()
    const phone = simulator.phone('李雷')
    for (let count = 0; count < 3; count += 1) await sendAs(`other-${count}`, phone.address, text('您好'))
    simulator.faults.next = ['silence-after']
    const { part, result } = await sendAs('lost', phone.address, text('您好'))
    expect(result.kind).toBe('unknown')
    const find = () => aliyun.reconcile?.(part, { ...context, idempotencyKey: 'lost' })
    expect(await find()).toEqual({ kind: 'accepted', messageId: null })
    later(15 * 3_600_000)
    expect(await find()).toEqual({ kind: 'accepted', messageId: null })
    await simulator.settled()
    expect(receiver.of('receipt')).toContainEqual(expect.objectContaining({ key: 'lost', state: 'delivered' }))
  })
  test('of a text that failed the failure is found', async () => {
    const { simulator, sendAs, context } = await connected()
    const phone = simulator.phone('李雷')
    await phone.act('block')
    const { part } = await sendAs('lost', phone.address, text('您好'))
    expect(await aliyun.reconcile?.(part, { ...context, idempotencyKey: 'lost' })).toMatchObject(rejected('blocked-us'))
  })
})

test('templates are listed with their states, and decisions are told', async () => {
  const { simulator, receiver, context } = await connected()
  const list = await aliyun.templates?.list(context)
  if (!list || isProblem(list)) throw new Error('no list')
  expect(list.map(({ name, state }) => [name, state])).toContainEqual(['SMS_100000005', 'pending'])
  expect(list.find(({ name }) => name === 'SMS_100000002')).toEqual({
    name: 'SMS_100000002',
    language: 'zh_CN',
    category: 'notification',
    state: 'approved',
    text: '您的订单{{order}}{{state}}，请留意。',
    parameters: ['order', 'state'],
  })
  simulator.review('SMS_100000005', 'rejected', '变量过长')
  await simulator.settled()
  expect(receiver.of('template')).toMatchObject([{ name: 'SMS_100000005', state: 'rejected', reason: '变量过长' }])
})

describe('the check says what is wrong', () => {
  const findings = async (changes: Partial<Config> = {}) => {
    const { context } = await connected(changes)
    return aliyun.lifecycle.check(context)
  }
  test('all is well', async () => expect((await findings()).every(({ ok }) => ok)).toBe(true))
  test.each([
    [{ accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch'],
    [{ accessKeyId: 'LTAIother' }, 'InvalidAccessKeyId'],
    [{ signName: '别家' }, '别家'],
    [{ replyTemplate: 'SMS_100000005' }, 'SMS_100000005'],
    [{ replyTemplate: 'SMS_100000002' }, 'order, state'],
    [{ replyVariable: 'text' }, 'content'],
  ] as const)('%j', async (changes, words) => {
    const wrong = (await findings(changes)).filter(({ ok }) => !ok)
    expect(wrong).toHaveLength(1)
    expect(wrong[0]?.words.zh).toContain(words)
    expect(wrong[0]?.words.en).toContain(words)
  })
  test('the clock', async () => {
    const { context } = await connected()
    const [finding] = await aliyun.lifecycle.check({ ...context, now: () => new Date('2026-11-29T02:16:00Z') })
    expect(finding?.words.en).toContain('clock')
  })
})

describe('templates made here', () => {
  const order = {
    name: '发货通知',
    language: '',
    category: 'notification',
    text: '您的订单{{order}}已由{{company}}发出。',
    parameters: ['A-2041', '顺丰'],
    kinds: ['other_number2', 'unit_name'],
    remark: '下单后通知客户',
    buttons: [],
  }
  const codeOf = (made: object): string => {
    if (!('name' in made) || typeof made.name !== 'string') throw new Error(JSON.stringify(made))
    return made.name
  }

  test('one is submitted, approved, listed with its name, sent in the order of its variables, and removed', async () => {
    const { simulator, receiver, context, send } = await connected()
    const made = await submit(order, context)
    const code = codeOf(made)
    const words = { text: order.text, parameters: ['order', 'company'], category: 'notification', title: '发货通知' }
    expect(made).toEqual({ ...words, name: code, language: 'zh_CN', state: 'pending' })
    await simulator.settled()
    expect(receiver.of('template')).toMatchObject([{ name: code, state: 'approved', language: '' }])
    expect(await listTemplates(context)).toContainEqual({ ...words, name: code, language: 'zh_CN', state: 'approved' })
    const phone = simulator.phone('韩梅')
    expect(await send(phone.address, template(code, 'B-1', '中通'))).toMatchObject({ kind: 'accepted' })
    expect(phone.screen.at(-1)?.text).toBe('【茶叶店】您的订单B-1已由中通发出。')
    expect(await remove(code, context)).toBeNull()
    expect(await remove(code, context)).toMatchObject({ code: 'template-refused' })
    expect(simulator.refusals).toEqual(['isv.SMS_TEMPLATE_ILLEGAL'])
  })

  test('a rejected one says why, is changed and submitted again; one in review can be neither changed nor removed', async () => {
    const { simulator, context } = await connected()
    const code = codeOf(await submit({ ...order, name: '慢 促销' }, context))
    expect(await edit(code, order, context)).toMatchObject({ providerCode: 'isv.ERROR_TEMPLATE_NOT_MODIFY' })
    expect(await remove(code, context)).toEqual({
      code: 'template-refused',
      providerCode: 'isv.ERROR_TEMPLATE_NOT_DELETE',
      detail: '审核中的模板，暂时无法删除',
    })
    simulator.review(code, 'rejected', '缺少业务场景')
    expect(await listTemplates(context)).toContainEqual(
      expect.objectContaining({ name: code, state: 'rejected', reason: '缺少业务场景' }),
    )
    const again = { ...order, name: '到货', category: 'promotion', text: '新茶到店，拒收请回复R', parameters: [] }
    expect(await edit(code, again, context)).toMatchObject({ name: code, title: '到货', state: 'pending' })
    expect(await listTemplates(context)).toContainEqual(
      expect.objectContaining({ name: code, title: '到货', state: 'approved', category: 'promotion' }),
    )
    expect(await edit(code, order, context)).toMatchObject({ code: 'template-refused' })
  })

  test('what Alibaba Cloud would not take: by the rules before, and by its own word', async () => {
    const { context, simulator } = await connected()
    const faults = (change: object) =>
      templateFaults({ ...order, ...change }, rules).map(({ path, fault }) => `${path.join('.')} ${fault}`)
    expect(faults({})).toEqual([])
    expect(faults({ text: '订单{{1}}和{{company}}' })).toEqual(['text place'])
    expect(faults({ text: '订单{{mobile}}和{{company}}' })).toEqual(['text place'])
    expect(faults({ text: '{{order}}{{company}}到' })).toEqual(['text apart'])
    expect(faults({ text: '【茶】订单{{order}}由{{company}}' })).toEqual(['text forbidden'])
    expect(faults({ category: 'promotion' })).toEqual(['text words'])
    const code = { category: 'verification', text: '验证码{{code}}', parameters: ['1234'] }
    expect(faults({ ...code, kinds: ['numberCaptcha'] })).toEqual([])
    expect(faults({ ...code, kinds: ['others'] })).toEqual(['kinds.0 choice'])
    expect(faults({ kinds: undefined, remark: '' })).toEqual(['kinds.0 choice', 'kinds.1 choice', 'remark missing'])
    expect(await submit({ ...order, kinds: ['numberCaptcha', 'name'] }, context)).toMatchObject({
      providerCode: 'isv.INVALID_PARAMETERS',
    })
    expect(await submit({ ...order, text: '长'.repeat(501), parameters: [] }, context)).toMatchObject({
      code: 'too-long',
    })
    for (let count = 0; count < 100; count += 1) await submit(order, context)
    expect(await submit(order, context)).toMatchObject({ code: 'quota-used', providerCode: 'isv.SMS_OVER_LIMIT' })
    simulator.faults.next = ['silence']
    expect(await submit(order, context)).toMatchObject({ code: 'no-answer' })
  })

  test('another signature than that of the account is refused', async () => {
    const { context } = await connected({ signName: '别家' })
    expect(await submit(order, context)).toMatchObject({ providerCode: 'isv.SMS_SIGNATURE_ILLEGAL' })
  })
})
