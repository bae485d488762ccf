import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import type { Phone } from '@qiao/channels/simulators'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startSimulator } from '../../../../../packages/channels/src/wechat/simulator.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn } from '../../testing/simulated-inbox.ts'

vi.setConfig({ testTimeout: 60_000 })
const secret = 'the same secret for every process of it'
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({
  QIAO_ROLES: 'web,worker,router',
  QIAO_SECRET: secret,
  QIAO_URL: url,
  PORT: String(port),
})
const { db, must, agent } = company
const routing = { queueId: await addQueue(db), departments: [] }

/** An account whose calls are answered with messages: `answers` beside the customer service API, `passive` without it. */
async function account(api: 'answers' | 'passive', settings: object = { routing }) {
  const simulator = await startSimulator({ verified: api === 'answers' })
  afterAll(() => simulator.stop())
  const config = { ...simulator.config, api }
  const { id } = await connectSimulator(company, 'wechat', { ...simulator, config }, settings)
  return { id, simulator }
}
const [both, passive] = [await account('answers'), await account('passive')]

/** Of whom nobody takes notice while the other tests run: all tries of the call are over by the last. */
const lonely = passive.simulator.phone('Lin Tao')
await lonely.say({ type: 'text', text: 'hello' })

async function writes({ simulator }: typeof both, name: string, text = 'hello'): Promise<Phone> {
  const phone = simulator.phone(name)
  await phone.say({ type: 'text', text })
  return phone
}
const conversationOf = ({ address }: Phone) =>
  until(async () => {
    const rows = db.selectFrom('conversations').innerJoin('identities', 'identities.id', 'identity_id')
    return (await rows.select('conversations.id').where('address', '=', address).executeTakeFirst())?.id
  })
const reply = (id: string, text: string) =>
  company.call('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: { type: 'text', text },
  })
const replyWith = (id: string, content: object) =>
  company.call('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, { clientKey: uuidv7(), content })
/** Made before the customer writes: what is still being prepared is not ready in time. */
async function picture(type: 'png' | 'gif' = 'png'): Promise<object> {
  const id = uuidv7()
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'green' } })
    .toFormat(type)
    .toBuffer()
  await must('PUT', `/api/v1/attachments/${id}?name=tea.${type}&inboxId=${both.id}`, agent.credentials, bytes)
  await until(async () => {
    const row = await db.selectFrom('attachments').select('state').where('id', '=', id).executeTakeFirst()
    return row?.state === 'ready'
  })
  return { type: 'image', attachment: { id, name: 'x', mime: 'image/png', bytes: 1 } }
}
const filesOn = (phone: Phone) => phone.screen.filter(({ mine, type }) => !mine && type === 'image').length
const policyOf = (id: string) => must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
const statesOf = async (id: string) =>
  (await db.selectFrom('deliveries').select('state').where('conversation_id', '=', id).orderBy('seq').execute()).map(
    ({ state }) => state,
  )

test('what is ready in time answers the call and uses nothing of the quota; what comes after goes out as ever', async () => {
  const phone = await writes(both, 'Li Lei')
  const id = await conversationOf(phone)
  await reply(id, 'one')
  await until(async () => (await statesOf(id)).join() === 'done')
  expect((await policyOf(id)).free).toMatchObject({ left: 5, of: 5 })
  await reply(id, 'two')
  await until(async () => (await statesOf(id)).join() === 'done,done')
  expect((await policyOf(id)).free).toMatchObject({ left: 4, of: 5 })
  expect(shownOn(phone)).toEqual(['one', 'two'])
  expect(both.simulator.refusals).toEqual([])
})

test('a picture that is ready answers the call like words, and one that comes after it goes out as ever', async () => {
  const [first, second] = [await picture(), await picture()]
  const phone = await writes(both, 'Lucy')
  const id = await conversationOf(phone)
  expect((await replyWith(id, first)).status).toBe(200)
  await until(async () => (await statesOf(id)).join() === 'done')
  expect((await policyOf(id)).free).toMatchObject({ left: 5, of: 5 })
  expect((await replyWith(id, second)).status).toBe(200)
  await until(async () => (await statesOf(id)).join() === 'done,done')
  expect((await policyOf(id)).free).toMatchObject({ left: 4, of: 5 })
  expect(filesOn(phone)).toBe(2)
  expect(both.simulator.refusals).toEqual([])
})

test('a picture that no answer takes goes out by the API, once', async () => {
  const moves = await picture('gif')
  const phone = await writes(both, 'Lily')
  const id = await conversationOf(phone)
  expect((await replyWith(id, moves)).status).toBe(200)
  await until(async () => (await statesOf(id)).join() === 'done')
  expect((await policyOf(id)).free).toMatchObject({ left: 4, of: 5 })
  await both.simulator.settled()
  expect(filesOn(phone)).toBe(1)
})

test('a call that nothing answers in time is told so, and the reply goes out by the API', async () => {
  const phone = await writes(both, 'Han Meimei')
  await both.simulator.settled()
  const id = await conversationOf(phone)
  await reply(id, 'later')
  await until(async () => (await statesOf(id)).join() === 'done')
  expect(shownOn(phone)).toEqual(['later'])
  expect((await policyOf(id)).free).toMatchObject({ left: 4 })
})

test('without the API a second try of the call may carry the reply', async () => {
  const phone = await writes(passive, 'Wei Hua')
  const id = await conversationOf(phone)
  await until(async () => {
    const rows = db.selectFrom('open_calls').select('tries').where('address', '=', phone.address)
    return (await rows.executeTakeFirst())?.tries === 2
  })
  await reply(id, 'by the second')
  await passive.simulator.settled()
  expect(shownOn(phone)).toEqual(['by the second'])
  expect(passive.simulator.refusals).toEqual([])
})

test('words of the queue answer the call where they are ready, also of an account that has nothing else', async () => {
  const weekly = [[], [], [], [], [], [], []]
  const never = { name: 'Never', timeZone: 'UTC', weekly }
  const calendar = await must('POST', '/api/v1/calendars', company.admin.credentials, never)
  const overflow = { whenFull: { to: 'wait' }, whenLong: { to: 'wait' }, whenClosed: { to: 'closed' } } as const
  const queueId = await addQueue(db, { overflow })
  await db.updateTable('queues').set({ calendar_id: calendar.id }).where('id', '=', queueId).execute()
  const settings = { defaultLocale: 'en', routing: { queueId, departments: [] } }
  for (const api of ['answers', 'passive'] as const) {
    const closed = await account(api, settings)
    const phone = await writes(closed, `${api} late`)
    await closed.simulator.settled()
    expect(shownOn(phone)).toHaveLength(1)
    expect(closed.simulator.refusals).toEqual([])
    const id = await conversationOf(phone)
    const left = api === 'answers' ? 5 : 1
    await until(async () => (await policyOf(id)).free?.left === left)
  }
})

/** A web process that dies the moment its answer is on the wire: the provider never gets it. */
async function startDyingProcess(): Promise<{ port: number; died: Promise<unknown> }> {
  const [own, front] = [await freePort(), await freePort()]
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../../main.ts')], {
    env: {
      ...process.env,
      PORT: String(own),
      DATABASE_URL: company.databaseUrl,
      QIAO_SECRET: secret,
      QIAO_ROLES: 'web',
      QIAO_DEMO: 'off',
      QIAO_URL: url,
      QIAO_ALLOW_PRIVATE_TARGETS: 'on',
      LOG_LEVEL: 'error',
    },
    stdio: 'inherit',
  })
  afterAll(() => void child.kill('SIGKILL'))
  await until(() =>
    fetch(`http://127.0.0.1:${own}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const proxy = createServer((request, response) => {
    const { method, url: path, headers } = request
    const onward = httpRequest({ host: '127.0.0.1', port: own, method, path, headers }, () => {
      child.kill('SIGKILL')
      response.destroy()
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  afterAll(() => void proxy.close())
  await new Promise<void>((listening) => proxy.listen(front, '127.0.0.1', listening))
  return { port: front, died: once(child, 'exit') }
}

test.each(['words', 'a picture'] as const)(
  'killed with %s for the answer on the wire, the next try by another process brings it, once',
  async (kind) => {
    const content = kind === 'words' ? { type: 'text', text: 'once' } : await picture()
    const { callbackUrl } = await must('GET', `/api/v1/inboxes/${both.id}/account`, company.admin.credentials)
    const dying = await startDyingProcess()
    // The first try goes to the one that dies, all others to the one that lives.
    let first = true
    const front = createServer((request, response) => {
      const { method, url: path, headers } = request
      const to = first ? dying.port : port
      first = false
      const onward = httpRequest({ host: '127.0.0.1', port: to, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      onward.on('error', () => response.destroy())
      request.pipe(onward)
    })
    afterAll(() => void front.close())
    const frontPort = await freePort()
    await new Promise<void>((listening) => front.listen(frontPort, '127.0.0.1', listening))
    both.simulator.pointTo(String(callbackUrl).replace(String(port), String(frontPort)))
    const phone = await writes(both, `Kate with ${kind}`)
    const id = await conversationOf(phone)
    await replyWith(id, content)
    await dying.died
    await both.simulator.settled()
    both.simulator.pointTo(String(callbackUrl))
    await until(async () => (await statesOf(id)).join() === 'done')
    expect(kind === 'words' ? shownOn(phone) : [filesOn(phone), shownOn(phone).length]).toEqual(
      kind === 'words' ? ['once'] : [1, 1],
    )
    expect((await policyOf(id)).free).toMatchObject({ left: 5, of: 5 })
  },
)

test('an answer of which nobody knows whether it left is shown as such, and not sent again', async () => {
  const phone = await writes(both, 'Jim')
  const id = await conversationOf(phone)
  await both.simulator.settled()
  await reply(id, 'gone?')
  await until(async () => (await statesOf(id)).join() === 'done')
  // As the rows are when a process dies between taking the message for its answer and giving it, at the last try.
  const { entry_id: entryId } = await db
    .selectFrom('deliveries')
    .select('entry_id')
    .where('conversation_id', '=', id)
    .executeTakeFirstOrThrow()
  await db.updateTable('deliveries').set({ state: 'waiting' }).where('entry_id', '=', entryId).execute()
  const sending = { state: 'sending', answers: true } as const
  await db.updateTable('delivery_parts').set(sending).where('entry_id', '=', entryId).execute()
  const past = new Date(Date.now() - 60_000)
  const bound = { entry_id: entryId, number: 0, open_until: past }
  await db.updateTable('open_calls').set(bound).where('address', '=', phone.address).execute()
  await reply(id, 'the next')
  await until(async () => (await statesOf(id)).join() === 'unknown,done')
  expect(shownOn(phone)).toEqual(['gone?', 'the next'])
})

test('without the API a late reply waits for the next call, a second one is refused with why', async () => {
  const phone = lonely
  await passive.simulator.settled()
  const id = await conversationOf(phone)
  expect(await policyOf(id)).toMatchObject({ onlyAnswers: true, free: { left: 1, of: 1 } })
  expect((await reply(id, 'late')).status).toBe(200)
  expect(await policyOf(id)).toMatchObject({ free: null, why: 'answer-waits' })
  expect(await reply(id, 'too many')).toMatchObject({ status: 409, code: 'reply-waits-already' })
  await writes(passive, 'Lin Tao', 'anybody there?')
  await until(async () => (await statesOf(id)).join() === 'done')
  expect(shownOn(phone)).toEqual(['late'])
  expect((await policyOf(id)).free).toMatchObject({ left: 1 })
})
