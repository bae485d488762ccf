import type { MessageContent } from '@qiao/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { conformance } from '../conformance.ts'
import type { RawEvent } from '../contract.ts'
import type { ChannelEvent } from '../events.ts'
import { consentOf } from '../consent.ts'
import { testContext } from '../test-context.ts'
import type { Config } from './config.ts'
import { smpp } from './index.ts'
import { kit } from './kit.ts'
import { startSimulator } from './simulator.ts'

test.each(conformance(smpp, kit))('$name', async (check) => expect(await check.run()).toBeUndefined())

const text = (content: string): MessageContent => ({ type: 'text', text: content, markup: 'none' })
const long = 'A long message with €, in letters of GSM. '.repeat(8).trim()
const longWide = '一条很长的中文短信，带着表情😀。'.repeat(9)

type Options = Parameters<typeof startSimulator>[0]
async function started(options: Options = {}, changes: Partial<Config> = {}) {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.stop())
  const config = smpp.config.parse({ ...simulator.config, ...changes })
  const context = testContext(config)
  const send = async (to: string, content: MessageContent) => {
    const rendered = smpp.render({ to, content, window: 'open', links: {} }, config)
    if (rendered.kind !== 'parts') throw new Error(rendered.problem.code)
    return Promise.all(rendered.parts.map((part) => smpp.send(part, context)))
  }
  return { simulator, config, context, send }
}

/** Keeps what comes as the server would: each id once. */
async function linked(options: Options = {}, changes: Partial<Config> = {}) {
  const given = await started(options, changes)
  const taken = new Map<string, RawEvent>()
  const ids: string[] = []
  const store = { fails: 0, gate: Promise.resolve() }
  const take = async (events: readonly RawEvent[]) => {
    await store.gate
    if ((store.fails -= 1) >= 0) throw new Error('The database is away')
    for (const event of events) {
      ids.push(event.id)
      if (!taken.has(event.id)) taken.set(event.id, event)
    }
  }
  const open = (unsure: readonly string[] = []) =>
    smpp.link?.open(given.context, take, () => undefined, unsure) ?? Promise.reject(new Error('It has a link'))
  const link = await open()
  onTestFinished(() => link.close())
  const events = () => [...taken.values()].flatMap(({ data }) => smpp.normalise(data, given.config))
  const of = <Kind extends ChannelEvent['kind']>(kind: Kind) =>
    events().filter((event): event is Extract<ChannelEvent, { kind: Kind }> => event.kind === kind)
  const said = () => of('message').map(({ content }) => (content.type === 'text' ? content.text : content.type))
  return { ...given, link, open, taken, ids, store, events, of, said }
}

test('a conversation both ways, with receipts that name the messages', async () => {
  const { simulator, send, of, said, taken } = await linked()
  const phone = simulator.phone('Li')
  for (const one of ['Hello @ {€}', '在吗？😀', long, longWide]) await phone.say({ type: 'text', text: one })
  await simulator.settled()
  expect(said()).toEqual(['Hello @ {€}', '在吗？😀', long, longWide])
  expect(of('message')[0]?.from).toMatchObject({ address: phone.address, aliases: [{ kind: 'phone' }] })
  const positions = [...taken.values()].map(({ position }) => position)
  expect(positions).toEqual(positions.toSorted((one, other) => one - other))
  const results = [...(await send(phone.address, text('您好'))), ...(await send(phone.address, text(long)))]
  await simulator.settled()
  expect(phone.screen.slice(4).map((shown) => shown.text)).toEqual(['您好', long])
  expect(of('receipt').map(({ state, to, messageId }) => [state, to, messageId])).toEqual(
    results.map((result) => ['delivered', phone.address, result.kind === 'accepted' ? result.messageId : '']),
  )
  expect(simulator.refusals).toEqual([])
  expect(simulator.binds).toEqual(['bind_transceiver'])
})

test.each([
  ['udh', 'udh'],
  ['udh-16', 'sar'],
  ['sar', 'udh'],
  ['payload', 'payload'],
] as const)('long messages come by %s and go by %s', async (parts, longMessages) => {
  const { simulator, send, said } = await linked({ parts }, { longMessages })
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: longWide })
  await simulator.settled()
  expect(said()).toEqual([longWide])
  for (const content of [long, longWide, 'Short']) await send(phone.address, text(content))
  await simulator.settled()
  expect(phone.screen.slice(1).map((shown) => shown.text)).toEqual([long, longWide, 'Short'])
  expect(simulator.refusals).toEqual([])
})

test('nothing is acknowledged before it is stored, and what could not be stored comes again', async () => {
  const { simulator, store, said, ids } = await linked()
  const { promise, resolve } = Promise.withResolvers<void>()
  store.gate = promise
  store.fails = 2
  await simulator.phone('Li').say({ type: 'text', text: longWide })
  expect(simulator.unacknowledged()).toBeGreaterThan(1)
  resolve()
  await simulator.settled()
  expect(said()).toEqual([longWide])
  expect(ids).toHaveLength(1)
})

test('parts that were not acknowledged come again on the next connection, as one message', async () => {
  const { simulator, link, open, store, said, ids } = await linked()
  const { promise, resolve } = Promise.withResolvers<void>()
  store.gate = promise
  await simulator.phone('Li').say({ type: 'text', text: longWide })
  simulator.drop()
  expect(await link.over).toMatchObject({ code: 'not-connected' })
  resolve()
  const again = await open()
  onTestFinished(() => again.close())
  await simulator.settled()
  expect(said()).toEqual([longWide])
  expect(new Set(ids).size).toBe(1)
  expect(simulator.binds).toEqual(['bind_transceiver', 'bind_transceiver'])
})

test('a text that was stored as the connection broke is not a second one when it comes again', async () => {
  const { simulator, link, open, store, said, ids } = await linked()
  const { promise, resolve } = Promise.withResolvers<void>()
  store.gate = promise
  const phone = simulator.phone('Li')
  await phone.say({ type: 'text', text: '1' })
  // As it is when the server dies between storing and acknowledging.
  await expect.poll(() => simulator.unacknowledged()).toBe(1)
  simulator.drop()
  await link.over
  resolve()
  await expect.poll(() => ids).toHaveLength(1)
  const again = await open(ids)
  onTestFinished(() => again.close())
  await simulator.settled()
  expect([said(), new Set(ids).size, ids.length]).toEqual([['1'], 1, 2])
})

test('what a phone says comes in its order, also after the connection was away', async () => {
  const { simulator, link, open, said } = await linked()
  simulator.faults.shuffleMs = 30
  simulator.faults.duplicates = 0.5
  simulator.drop()
  await link.over
  const words = Array.from({ length: 12 }, (_, at) => (at % 4 === 3 ? `${at} ${long}` : `${at}`))
  for (const one of words) await simulator.phone('Li').say({ type: 'text', text: one })
  const again = await open()
  onTestFinished(() => again.close())
  await simulator.settled()
  expect(said()).toEqual(words)
})

test('what comes twice has the same id; the same words later are another message', async () => {
  let now = Date.now()
  const given = await started()
  const ids: string[] = []
  const context = testContext(given.config, { now: () => new Date(now) })
  const take = async (events: readonly RawEvent[]) => void ids.push(...events.map(({ id }) => id))
  const link = await smpp.link?.open(context, take, () => undefined, [])
  onTestFinished(async () => link?.close())
  const { simulator } = given
  const phone = simulator.phone('Li')
  simulator.faults.duplicates = 1
  const say = async (content: string) => {
    await phone.say({ type: 'text', text: content })
    await simulator.settled()
  }
  await say('1')
  now += 10_000
  await say('1')
  expect(ids).toHaveLength(4)
  expect([ids[0] === ids[1], ids[1] === ids[2], ids[2] === ids[3]]).toEqual([true, false, true])
  await say(longWide)
  expect(ids).toHaveLength(5)
})

test('parts in disorder are put in order, and one that never comes leaves a gap', async () => {
  const { simulator, said, of } = await linked({}, { partsSeconds: 1 })
  const part = (number: number, body: string, reference = 7) =>
    simulator.deliver({
      source_addr: '8613800001234',
      source_addr_ton: 1,
      destination_addr: '10690000',
      esm_class: 0x40,
      data_coding: 0,
      short_message: Buffer.concat([Buffer.from([5, 0, 3, reference, 3, number]), Buffer.from(body)]),
    })
  for (const [number, body] of [
    [3, 'three'],
    [1, 'one '],
    [1, 'one '],
    [2, 'two '],
  ] as const)
    part(number, body)
  await simulator.settled()
  expect(said()).toEqual(['one two three'])
  part(1, 'first', 8)
  part(3, 'third', 8)
  await simulator.settled()
  expect(said()[1]).toBe('first […] third')
  expect(of('message')[1]?.extra).toMatchObject({ segments: 3, missing: 1 })
})

test('a gateway that sends one at a time gets its answers at once when that is configured', async () => {
  const { simulator, said } = await linked({ oneAtATime: true }, { acknowledgeParts: true })
  await simulator.phone('Li').say({ type: 'text', text: longWide })
  await simulator.settled()
  expect(said()).toEqual([longWide])
})

test.each(['same', 'decimal-of-hex', 'hex-of-decimal'] as const)('receipts are found when ids are %s', async (ids) => {
  for (const receipts of ['text', 'parameters', 'both'] as const) {
    const { simulator, send, of } = await linked({ ids, receipts })
    const phone = simulator.phone('Li')
    const [sent] = await send(phone.address, text('Hello'))
    await simulator.settled()
    expect(of('receipt')).toMatchObject([
      { state: 'delivered', messageId: sent?.kind === 'accepted' ? sent.messageId : '' },
    ])
  }
})

test('failures of phones, refusals of the gateway, silence', async () => {
  const { simulator, send, of } = await linked()
  const phone = simulator.phone('Li')
  for (const act of ['off', 'fail:REJECTD']) {
    await phone.act(act)
    await send(phone.address, text('Hello'))
  }
  await simulator.settled()
  expect(of('receipt').map(({ state, problem }) => [state, problem?.code])).toEqual([
    ['failed', 'unreachable'],
    ['failed', 'content-refused'],
  ])
  await phone.act('on')
  await phone.act('refuse:11')
  expect(await send(phone.address, text('Hello'))).toEqual([
    { kind: 'rejected', problem: { code: 'address-unknown', providerCode: '0x0000000b' } },
  ])
  await phone.act('refuse:0')
  simulator.faults.next.push(429, 0x14, 500, 503, 'silence-after')
  const outcomes = []
  for (const content of ['1', '2', '3', '4', '5']) outcomes.push(...(await send(phone.address, text(content))))
  expect(outcomes).toMatchObject([
    { kind: 'retry', afterMs: 1000, problem: { code: 'rate-limited' } },
    { kind: 'retry', afterMs: 5000, problem: { code: 'rate-limited' } },
    { kind: 'retry', problem: { code: 'provider-failed' } },
    { kind: 'retry', problem: { code: 'provider-failed' } },
    { kind: 'unknown', problem: { code: 'no-answer' } },
  ])
  expect(phone.screen.at(-1)?.text).toBe('5')
})

test('no more is submitted at once than the window holds, and what is too fast is told so', async () => {
  const { simulator, send } = await linked({ window: 4, answerMs: 5, perSecond: 30 }, { window: 4 })
  const phone = simulator.phone('Li')
  const results = (await Promise.all(Array.from({ length: 30 }, () => send(phone.address, text('x'))))).flat()
  expect(results.every(({ kind }) => kind === 'accepted')).toBe(true)
  expect(simulator.mostWaiting()).toBe(4)
  expect(await send(phone.address, text('x'))).toMatchObject([{ kind: 'retry', problem: { code: 'rate-limited' } }])
})

test('a process without the link binds a transmitter of its own, once', async () => {
  const { simulator, send } = await started()
  const phone = simulator.phone('Li')
  await Promise.all([send(phone.address, text('1')), send(phone.address, text('2'))])
  expect(simulator.binds).toEqual(['bind_transmitter'])
  simulator.drop()
  // What is sent before the loss is noticed has no answer.
  await expect.poll(async () => (await send(phone.address, text('3')))[0]?.kind).toBe('accepted')
  expect(phone.screen.at(-1)?.text).toBe('3')
  expect(simulator.binds).toEqual(['bind_transmitter', 'bind_transmitter'])
})

test('a link that is not answered is over, and so is one that is closed or told to end', async () => {
  const { simulator, link, open, context } = await linked({}, { enquireSeconds: 1, responseSeconds: 1 })
  await expect.poll(() => simulator.enquiries(), { timeout: 10_000 }).toBeGreaterThan(0)
  simulator.freeze(true)
  expect(await link.over).toEqual({ code: 'no-answer', detail: 'enquire_link was not answered' })
  simulator.freeze(false)
  const again = await open()
  await again.close()
  expect(await again.over).toMatchObject({ detail: 'Closed by us' })
  const stopping = new AbortController()
  const third = await smpp.link?.open(
    { ...context, signal: stopping.signal },
    async () => undefined,
    () => undefined,
    [],
  )
  stopping.abort()
  expect(await third?.over).toMatchObject({ detail: 'Closed by us' })
})

test('what is wrong is said in words: credentials, connections, addresses', async () => {
  const { context, config, send, simulator } = await started({ binds: 0 })
  const check = async (changes: Partial<Config>) =>
    (await smpp.lifecycle.check({ ...context, config: { ...config, ...changes } })).map(({ ok, words: { en } }) => [
      ok,
      en,
    ])
  expect(await check({})).toEqual([[false, expect.stringContaining('no more connections')]])
  expect(await check({ password: 'wrong' })).toEqual([[false, expect.stringContaining('refuses system ID')]])
  expect(await check({ port: 9 })).toEqual([[false, expect.stringContaining('cannot be reached')]])
  expect(await send('+8613800001234', text('x'))).toMatchObject([{ kind: 'retry', problem: { code: 'not-connected' } }])
  const wrong = testContext({ ...config, password: 'wrong' })
  expect(await smpp.send({ request: { to: '+8613800001234', coding: 'default', text: 'x' } }, wrong)).toMatchObject({
    kind: 'rejected',
    problem: { code: 'credentials-refused', providerCode: '0x0000000e' },
  })
  const link = await smpp.link?.open(
    wrong,
    async () => undefined,
    () => undefined,
    [],
  )
  expect(await link?.over).toMatchObject({ code: 'credentials-refused' })
  expect(simulator.refusals).toContain('0xe')
  const other = await started()
  expect(await smpp.lifecycle.check(other.context)).toMatchObject([{ ok: true }])
})

test('words for stop of both languages', async () => {
  const { simulator, said } = await linked()
  await simulator.phone('Li').act('stop')
  await simulator.phone('Li').act('binary')
  await simulator.settled()
  expect(said()).toEqual(['TD', 'unsupported'])
  expect(['td', 'STOP', '退订', 'n'].map((word) => consentOf(word, smpp.capabilities))).toEqual([
    'stop-promotion',
    'stop',
    'stop-promotion',
    'stop-promotion',
  ])
})
