import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn, simulatedInbox } from '../../testing/simulated-inbox.ts'

vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: url })
const { db, must, call, agent } = company
const queueId = await addQueue(db)
const wecom = await simulatedInbox(company, 'wecom', queueId)

const path = (id: string, what = ''): string => `/api/v1/conversations/${id}${what && `/${what}`}`
const standing = async (id: string) => (await must('GET', path(id), agent.credentials)).conversation
const policyOf = (id: string) => must('GET', path(id, 'reply-policy'), agent.credentials)
const reply = (id: string, text: string) =>
  call('POST', path(id, 'messages'), agent.credentials, { clientKey: uuidv7(), content: { type: 'text', text } })
const actsIn = async (id: string): Promise<{ words: string; author: { type: string } }[]> => {
  const { entries } = await must('GET', path(id, 'entries?limit=200'), agent.credentials)
  return entries.flatMap(
    ({ kind, body, author }: { kind: string; body: { words: string }; author: { type: string } }) =>
      kind === 'contact.acted' ? [{ words: body.words, author }] : [],
  )
}

test('a session that people in WeCom have is theirs: said in the thread, and nothing goes out until it is over', async () => {
  const phone = await wecom.writes('Li Lei', 'hello')
  const id = await until(() => wecom.conversationOf(phone))
  expect(await standing(id)).toMatchObject({ state: 'open', queue: { queueId } })
  await phone.act('servicer:I am on it')
  await until(async () => (await policyOf(id)).why === 'held-elsewhere')
  // Nobody here is offered what they cannot answer, whatever is said there.
  await until(async () => (await standing(id)).state === 'closed')
  await phone.say({ type: 'text', text: 'said to zhangsan' })
  await until(async () => (await standing(id)).receivedCount === 2)
  expect(await standing(id)).toMatchObject({ state: 'closed', closeReason: 'elsewhere', queue: null })
  expect(await reply(id, 'me too')).toMatchObject({ status: 409, code: 'reply-held-elsewhere' })
  await phone.act('end')
  await until(async () => (await actsIn(id)).length === 2)
  const [taken, over] = await actsIn(id)
  expect(taken).toMatchObject({ author: { type: 'system' } })
  expect([taken?.words, over?.words].join()).toMatch(/Taken over in WeCom by zhangsan.*Ended in WeCom by zhangsan/u)
  // The code of its end allows a good-bye.
  expect((await policyOf(id)).free).toMatchObject({ left: 1 })
  await phone.say({ type: 'text', text: 'one more thing' })
  await until(async () => (await policyOf(id)).free?.left >= 5)
  await until(async () => (await standing(id)).queue?.queueId === queueId)
  expect((await reply(id, 'yes?')).status).toBe(200)
  await until(() => shownOn(phone).includes('yes?'))
})

test('what an agent has in hand when people in WeCom take over stays theirs until they close it, and nothing brings it back', async () => {
  const phone = await wecom.writes('Kate', 'hello')
  const id = await until(() => wecom.conversationOf(phone))
  await reply(id, 'mine')
  await until(() => shownOn(phone).includes('mine'))
  await phone.act('servicer:I am on it')
  await until(async () => (await policyOf(id)).why === 'held-elsewhere')
  await phone.say({ type: 'text', text: 'said to zhangsan' })
  await until(async () => (await standing(id)).receivedCount === 2)
  expect(await standing(id)).toMatchObject({ state: 'open', waitingSince: null })

  await must('POST', path(id, 'close'), agent.credentials, { clientKey: uuidv7() })
  await phone.say({ type: 'text', text: 'still there' })
  await until(async () => (await standing(id)).receivedCount === 3)
  expect(await standing(id)).toMatchObject({ state: 'closed', queue: null })
})

test('closing a conversation ends the session after its last words; the next begins with a welcome', async () => {
  const phone = await wecom.writes('Han Meimei', 'hello')
  const id = await until(() => wecom.conversationOf(phone))
  await reply(id, 'bye')
  await must('POST', path(id, 'close'), agent.credentials, { clientKey: uuidv7() })
  await until(async () => (await policyOf(id)).why === 'window-closed')
  expect(shownOn(phone)).toEqual(['bye'])
  expect(await policyOf(id)).toMatchObject({ opens: expect.arrayContaining(['message']) })
  await phone.act('enter')
  await until(async () => (await policyOf(id)).free?.left === 1)
  expect(wecom.simulator.refusals.filter((code) => code !== '45009')).toEqual([])
})

test('who writes again while the session is to be ended is not cut off', async () => {
  const phone = await wecom.writes('Jim Green', 'hello')
  const id = await until(() => wecom.conversationOf(phone))
  await must('POST', path(id, 'close'), agent.credentials, { clientKey: uuidv7() })
  await phone.say({ type: 'text', text: 'wait!' })
  const { rows } = await company.pool.query<{ run_at: Date }>(
    `select run_at from graphile_worker.jobs where key = $1`,
    [`end:${id}`],
  )
  expect(rows).toHaveLength(1)
  await until(async () => {
    const left = await company.pool.query('select from graphile_worker.jobs where key = $1', [`end:${id}`])
    return left.rows.length === 0
  })
  await reply(id, 'still here')
  await until(() => shownOn(phone).includes('still here'))
})

test('an agent hands a session to the pool of WeCom and takes it out again, once for each key, and the thread tells who did', async () => {
  const phone = await wecom.writes('Lily', 'hello')
  const id = await until(() => wecom.conversationOf(phone))
  const move = (to: string, clientKey = uuidv7(), who = agent) =>
    call('POST', path(id, 'session'), who.credentials, { clientKey, to })
  expect((await policyOf(id)).limits.sessions.give).toEqual({
    zh: '转入企业微信接待池',
    en: 'Hand to the reception pool of WeCom',
  })
  expect((await move('theirs', uuidv7(), company.outsider)).code).toBe('not-found')
  const clientKey = uuidv7()
  const first = await move('theirs', clientKey)
  expect(first).toMatchObject({ status: 200 })
  expect(await policyOf(id)).toMatchObject({ free: null, why: 'held-elsewhere' })
  expect(await standing(id)).toMatchObject({ state: 'closed', closeReason: 'elsewhere' })
  expect(await reply(id, 'me too')).toMatchObject({ status: 409, code: 'reply-held-elsewhere' })
  // Somebody there has it by now: a repeat is the first answer, a second wish is told what to do.
  await phone.act('servicer:I am on it')
  await until(async () => (await actsIn(id)).length === 2)
  expect((await move('theirs', clientKey)).body).toEqual(first.body)
  expect(await move('theirs')).toMatchObject({ status: 409, code: 'conversation-closed' })
  await must('POST', path(id, 'reopen'), agent.credentials, { clientKey: uuidv7() })
  expect(await move('theirs')).toMatchObject({ status: 409, code: 'reply-held-elsewhere' })
  expect((await move('over')).status).toBe(200)
  expect(await policyOf(id)).toMatchObject({ free: null, why: 'window-closed' })
  expect(await move('theirs')).toMatchObject({ status: 409, code: 'session-over' })
  const acts = await actsIn(id)
  expect(acts.map(({ author }) => author.type)).toEqual(['agent', 'system', 'agent'])
  expect(acts.at(-1)?.words).toContain('The session in WeCom was ended')
  await phone.say({ type: 'text', text: 'one more thing' })
  await until(async () => (await policyOf(id)).free?.left >= 5)
  expect((await reply(id, 'yes?')).status).toBe(200)
  await until(() => shownOn(phone).includes('yes?'))
})

test('a session is not handed over while words are on their way, nor when WeCom refuses, and nothing is told then', async () => {
  const phone = await wecom.writes('Lucy', 'hello')
  const id = await until(() => wecom.conversationOf(phone))
  const move = () => call('POST', path(id, 'session'), agent.credentials, { clientKey: uuidv7(), to: 'theirs' })
  wecom.simulator.faults.next.push(503)
  await reply(id, 'on its way')
  expect(await move()).toMatchObject({ status: 409, code: 'session-busy' })
  await until(() => shownOn(phone).includes('on its way'))
  await until(async () =>
    (await db.selectFrom('deliveries').select('state').where('conversation_id', '=', id).execute()).every(
      ({ state }) => state === 'done',
    ),
  )
  wecom.simulator.expireToken?.()
  wecom.simulator.faults.always = 503
  const refused = await move()
  wecom.simulator.faults.always = undefined
  expect(refused).toMatchObject({ status: 409, code: 'session-not-moved', body: { detail: expect.any(String) } })
  expect(await actsIn(id)).toEqual([])
  expect((await policyOf(id)).free).not.toBeNull()
})
