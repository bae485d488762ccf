import { uuidv7 } from 'uuidv7'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn, simulatedInbox } from '../../testing/simulated-inbox.ts'

vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const company = await startCompany({
  QIAO_ROLES: 'web,worker,router',
  PORT: String(port),
  QIAO_URL: `http://127.0.0.1:${port}`,
})
const { must, call, admin } = company
const simulator = await startSimulator('wechat')
afterAll(() => simulator.stop())
const inbox = await connectSimulator(company, 'wechat', simulator)
const path = `/api/v1/inboxes/${inbox.id}/menu`

const press = (label: string, key = 'K') => ({ label, does: { kind: 'press', key } })
const read = () => must('GET', path, admin.credentials)
const save = (menu: object, revision: string) => call('PUT', path, admin.credentials, { menu, revision })
const remove = (revision: string) => call('DELETE', `${path}?revision=${revision}`, admin.credentials)
const audited = async () => {
  const { items } = await must('GET', '/api/v1/audit', admin.credentials)
  return items.filter(({ action }: { action: string }) => action.startsWith('channel-menu'))
}
beforeEach(async () => void (await remove((await read()).revision)))

test('a menu is put up, is on the phones, and is taken away again', async () => {
  const empty = await read()
  expect(empty).toMatchObject({ menu: null, problem: null, limits: { entries: 3, below: 5 } })
  expect(empty.kinds.map(({ name }: { name: string }) => name)).toContain('miniprogram')
  const menu = { entries: [press('联系客服', 'CARE'), { label: '更多', entries: [press('我的订单', 'ORDERS')] }] }
  const { body } = await save(menu, empty.revision)
  expect(body).toMatchObject({ menu, problem: null })
  expect(await read()).toEqual(body)
  expect((await audited())[0]).toMatchObject({
    action: 'channel-menu.changed',
    details: { entries: ['联系客服', '更多'] },
  })
  expect((await remove(body.revision)).body).toMatchObject({ menu: null, problem: null })
  expect((await audited())[0]).toMatchObject({ action: 'channel-menu.removed' })
})

test('what the provider would refuse goes nowhere, and its place is named', async () => {
  const { revision } = await read()
  const { refusals } = simulator
  const before = refusals.length
  const answer = await save({ entries: [press('菜单菜单菜单'), { label: 'a', entries: [] }] }, revision)
  expect(answer).toMatchObject({ status: 422, code: 'invalid-input' })
  expect(answer.body.issues).toEqual([
    { path: 'body.menu.entries.0.label', message: 'too-long: 16' },
    { path: 'body.menu.entries.1.entries', message: 'too-few' },
  ])
  // Only the question for the menu that is not there.
  expect(refusals.slice(before)).toEqual([])
})

test('what it refuses all the same is told in its words, and the menu stays', async () => {
  const { revision } = await read()
  const first = await save({ entries: [press('one')] }, revision)
  const odd = { label: 'two', does: { kind: 'other', name: 'hologram', data: {} } }
  const { status, body } = await save({ entries: [odd] }, first.body.revision)
  expect(status).toBe(200)
  expect(body).toMatchObject({ menu: { entries: [press('one')] }, problem: { providerCode: '40017' } })
  expect(await read()).toMatchObject({ menu: { entries: [press('one')] }, problem: null })
})

test('of two who edit the same menu the second hears of the first; at once, one of them wins', async () => {
  const { revision } = await read()
  expect((await save({ entries: [press('mine')] }, revision)).status).toBe(200)
  expect((await save({ entries: [press('theirs')] }, revision)).code).toBe('changed-meanwhile')
  expect((await remove(revision)).code).toBe('changed-meanwhile')
  const seen = (await read()).revision
  const answers = await Promise.all(['a', 'b', 'c'].map((label) => save({ entries: [press(label)] }, seen)))
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409])
})

test('a provider that does not answer is told of, and nothing is changed', async () => {
  const { revision } = await read()
  simulator.faults.always = 'silence'
  const answers = [await read(), (await save({ entries: [press('a')] }, revision)).body]
  simulator.faults.always = undefined
  for (const answer of answers) expect(answer).toMatchObject({ menu: null, problem: { code: 'no-answer' } })
  expect(await read()).toMatchObject({ menu: null, problem: null })
})

test('only for channels with a menu that are configured, and for administrators', async () => {
  const other = await must('POST', '/api/v1/inboxes', admin.credentials, { name: 'x', channel: 'open-channel' })
  expect((await call('GET', `/api/v1/inboxes/${other.id}/menu`, admin.credentials)).code).toBe('conflict')
  expect((await call('GET', `/api/v1/inboxes/${uuidv7()}/menu`, admin.credentials)).code).toBe('not-found')
  expect((await call('GET', path, company.lead.credentials)).code).toBe('forbidden')
  const { channels } = await must('GET', '/api/v1/channels', admin.credentials)
  const declared = channels.flatMap(({ id, menus }: { id: string; menus: boolean }) => (menus ? id : []))
  expect(declared).toEqual(['wechat'])
})

test('who presses an entry that talks waits in the queue, is told the place, and is answered as a press allows', async () => {
  const announcements = { shortSeconds: 0, everyMinutes: 1, most: 1, taken: false, choices: false, closed: true }
  const paid = { most: 0, moved: false, taken: false }
  const queueId = await addQueue(company.db, { announcements: { ...announcements, paid } })
  const care = await simulatedInbox(company, 'wechat', queueId)
  const at = `/api/v1/inboxes/${care.inboxId}/menu`
  const { revision } = await must('GET', at, admin.credentials)
  const talk = { label: '联系客服', does: { kind: 'talk', words: '我要找人工客服' } }
  await must('PUT', at, admin.credentials, { menu: { entries: [talk, press('订单', 'ORDERS')] }, revision })
  const [entry] = care.simulator.menu?.() ?? []
  const act = entry && 'act' in entry ? entry.act : ''
  const [phone, other] = [care.simulator.phone('Li Lei'), care.simulator.phone('Han Meimei')]
  // Following and pressing anything else begins nothing.
  await other.act('follow')
  await other.act('click:ORDERS')
  await phone.act(act)
  const id = await until(() => care.conversationOf(phone))
  const conversation = async () => (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation
  expect(await conversation()).toMatchObject({ state: 'open', receivedCount: 1, queue: { queueId } })
  await until(() => shownOn(phone).length > 0)
  expect(shownOn(phone)).toEqual(['下一位就是您'])
  const policy = () => must('GET', `/api/v1/conversations/${id}/reply-policy`, admin.credentials)
  await until(async () => (await policy()).free?.left === 2)
  expect((await policy()).free).toMatchObject({ of: 3 })
  // Into the one that is open.
  await phone.say({ type: 'text', text: 'hello' })
  await until(async () => (await conversation()).receivedCount === 2)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await phone.act(act)
  await until(async () => (await conversation()).receivedCount === 3)
  expect(await care.conversationOf(other)).toBeUndefined()
  expect(care.simulator.refusals.filter((code) => code !== '46003')).toEqual([])
})
