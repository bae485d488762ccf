import type { Entry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: url })
const { must, call, admin, agent, db, pool } = company
const simulator = await startSimulator('wechat')
afterAll(() => simulator.stop())
const inbox = await connectSimulator(company, 'wechat', simulator)
const path = `/api/v1/inboxes/${inbox.id}/entrance-codes`

const create = (body: object) => call('POST', path, admin.credentials, body)
const list = async () => (await must('GET', path, admin.credentials)).codes
const audited = async () => {
  const { items } = await must('GET', '/api/v1/audit', admin.credentials)
  return items.find(({ action }: { action: string }) => action.startsWith('entrance-code'))
}
async function timelineOf(name: string): Promise<Entry[]> {
  const row = await db
    .selectFrom('conversations')
    .innerJoin('identities', 'identities.id', 'identity_id')
    .select('conversations.id')
    .where('address', '=', simulator.phone(name).address)
    .executeTakeFirst()
  if (!row) return []
  return (await must('GET', `/api/v1/conversations/${row.id}/entries?limit=200`, agent.credentials)).entries
}
const actsOf = async (name: string) =>
  (await timelineOf(name)).flatMap(({ kind, body }) => (kind === 'contact.acted' ? [[body.act, body.parameter]] : []))
async function workedOff(): Promise<void> {
  await simulator.settled()
  await until(async () => {
    const { rows } = await pool.query(`select from channel_events where state = 'waiting'`)
    return rows.length === 0
  })
}

test('a code is made, drawn, made anew and taken off the list', async () => {
  const { status, body } = await create({ name: '橱窗', parameter: 'window_1' })
  expect([status, body.problem]).toEqual([201, null])
  const { code } = body
  expect(code).toMatchObject({ name: '橱窗', parameter: 'window_1', as: 'code', madeBy: admin.id })
  expect(Date.parse(code.endsAt) - Date.parse(code.madeAt)).toBeGreaterThan(29 * 86_400_000)
  expect(await audited()).toMatchObject({ action: 'entrance-code.created', details: { parameter: 'window_1' } })
  const { png } = await must('GET', `${path}/${code.id}/qr`, admin.credentials)
  const picture = Buffer.from(String(png).replace('data:image/png;base64,', ''), 'base64')
  expect([picture.toString('latin1', 1, 4), picture.readUInt32BE(16)]).toEqual(['PNG', 720])
  const made = await must('POST', `${path}/${code.id}/renew`, admin.credentials)
  expect(made.code).toEqual({ ...code, url: made.code.url, endsAt: made.code.endsAt })
  expect(made.code.url).not.toBe(code.url)
  expect(await list()).toEqual([made.code])
  expect((await call('DELETE', `${path}/${code.id}`, admin.credentials)).status).toBe(204)
  expect(await list()).toEqual([])
  expect(await audited()).toMatchObject({ action: 'entrance-code.deleted' })
  for (const [method, behind] of [
    ['GET', '/qr'],
    ['POST', '/renew'],
    ['DELETE', ''],
  ] as const) {
    expect((await call(method, `${path}/${code.id}${behind}`, admin.credentials)).code).toBe('not-found')
  }
})

test('a parameter is made up when none is given, and is there once; one that the provider could not carry is refused', async () => {
  const { code } = (await create({ name: 'any' })).body
  expect(code.parameter).toMatch(/^[\w-]{8}$/)
  const { parameter } = code
  expect((await create({ name: 'again', parameter })).code).toBe('conflict')
  const twice = await Promise.all([0, 1].map(() => create({ name: 'both', parameter: 'both' })))
  expect(twice.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409])
  for (const wrong of ['两个', 'a b', '', 'x'.repeat(65)]) {
    expect((await create({ name: 'x', parameter: wrong })).code).toBe('invalid-input')
  }
  expect((await create({ name: 'x', parameter: `qb_${'x'.repeat(60)}` })).code).toBe('conflict')
})

test('what the provider refuses is told, and nothing is kept', async () => {
  const before = await list()
  simulator.faults.always = 'silence'
  const { status, body } = await create({ name: 'x' })
  simulator.faults.always = undefined
  expect([status, body.code, body.problem.code]).toEqual([201, null, 'no-answer'])
  expect(await list()).toEqual(before)
})

test('who comes by a code before there is a conversation has come by it when there is one, once', async () => {
  simulator.faults.duplicates = 1
  const { code } = (await create({ name: 'flyer', parameter: 'flyer' })).body
  const phone = simulator.phone('wang')
  await phone.act('unfollow')
  await phone.act(`follow:${code.url}`)
  await phone.act('click:orders')
  await workedOff()
  expect(await timelineOf('wang')).toEqual([])
  await phone.say({ type: 'text', text: 'hello' })
  await phone.say({ type: 'text', text: 'again' })
  await workedOff()
  const before = [
    ['follow', 'flyer'],
    ['click', 'orders'],
  ]
  expect(await actsOf('wang')).toEqual(before)
  await phone.act(`scan:${code.url}`)
  await workedOff()
  expect(await actsOf('wang')).toEqual([...before, ['scan', 'flyer']])
  simulator.faults.duplicates = 0
})

test('of many things that somebody did before writing the latest are told', async () => {
  const phone = simulator.phone('zhao')
  for (let at = 0; at < 14; at += 1) await phone.act(`click:K${at}`)
  await workedOff()
  await phone.say({ type: 'text', text: 'hello' })
  await workedOff()
  const told = Array.from({ length: 10 }, (_, at) => ['click', `K${at + 4}`])
  expect(await actsOf('zhao')).toEqual(told)
  expect((await pool.query('select from arrivals')).rows).toEqual([])
})

test('other channels give links; those without any say so, and others than administrators see none', async () => {
  const wecom = await startSimulator('wecom')
  afterAll(() => wecom.stop())
  const { id } = await connectSimulator(company, 'wecom', wecom)
  const made = await must('POST', `/api/v1/inboxes/${id}/entrance-codes`, admin.credentials, {
    name: 'x',
    parameter: 'p',
  })
  expect(made.code).toMatchObject({ as: 'link', endsAt: null })
  expect(made.code.url).toContain('scene_param=p')
  const body = { name: 'x', channel: 'open-channel' }
  const other = `/api/v1/inboxes/${(await must('POST', '/api/v1/inboxes', admin.credentials, body)).id}`
  expect((await call('POST', `${other}/entrance-codes`, admin.credentials, { name: 'x' })).code).toBe('conflict')
  expect((await call('GET', `/api/v1/inboxes/${uuidv7()}/entrance-codes`, admin.credentials)).code).toBe('not-found')
  expect((await call('GET', path, company.lead.credentials)).code).toBe('forbidden')
})
