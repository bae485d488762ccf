import { uuidv7 } from 'uuidv7'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { QueueSettings } from '@qiao/protocol'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connect, type Peer } from '../../testing/socket-peer.ts'

/** Agents whose connection is gone, and agents who go: what becomes of their state, and of the work in their hands. */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { must, call, db, admin, agent, lead } = company
type Person = typeof agent
const patience = { timeout: 20_000, interval: 100 }
const key = () => ({ clientKey: uuidv7() })
afterEach(async () => {
  await db.updateTable('agent_work').set({ state: 'offline' }).execute()
})

async function sit({ credentials, id }: Person): Promise<Peer> {
  const peer = await connect(company.url, '/ws/agent', credentials)
  onTestFinished(async () => {
    peer.close()
    await expect.poll(() => isPresent(id), patience).toBe(false)
  })
  await expect.poll(() => isPresent(id), patience).toBe(true)
  return peer
}
const workOf = (id: string) =>
  db.selectFrom('agent_work').selectAll().where('agent_id', '=', id).executeTakeFirstOrThrow()
const isPresent = async (id: string) =>
  (await db.selectFrom('agent_work').select('present').where('agent_id', '=', id).executeTakeFirst())?.present ?? false
const set = ({ credentials }: Person, body: object) => must('PUT', '/api/v1/routing/me/state', credentials, body)
const staysOf = ({ conversationId }: { conversationId: string }) =>
  db.selectFrom('work_items').selectAll().where('conversation_id', '=', conversationId).orderBy('id').execute()
const statesOf = async (visitor: { conversationId: string }) => (await staysOf(visitor)).map(({ state }) => state)
/** In the agent's hands, through a queue of these settings. */
async function holds(person: Person, settings: Partial<QueueSettings> = {}) {
  const visitor = await company.visitor()
  const queueId = await addQueue(db, settings)
  const path = `/api/v1/conversations/${visitor.conversationId}`
  await must('POST', `${path}/queue`, admin.credentials, { ...key(), queueId })
  await must('POST', `${path}/assign`, admin.credentials, { ...key(), agentId: person.id })
  expect(await statesOf(visitor)).toEqual(['held'])
  return visitor
}
/** As if their last device had gone so long ago. */
const goneFor = (seconds: number, { id }: Person) =>
  db
    .updateTable('agent_work')
    .set({ gone_at: new Date(Date.now() - seconds * 1000), since: new Date(Date.now() - 3_600_000) })
    .where('agent_id', '=', id)
    .execute()
async function leave(peer: Peer, { id }: Person) {
  peer.close()
  await expect.poll(() => isPresent(id), patience).toBe(false)
}
const stateIs = (person: Person, state: string) =>
  expect.poll(async () => (await workOf(person.id)).state, patience).toBe(state)

test('with a long grace the agent is offline after a minute, and the work is still theirs', async () => {
  const peer = await sit(agent)
  await set(agent, { state: 'available' })
  const [long, short] = [await holds(agent, { agentGraceSeconds: 300 }), await holds(agent, { agentGraceSeconds: 100 })]
  await leave(peer, agent)
  await goneFor(70, agent)
  await stateIs(agent, 'offline')
  expect([await statesOf(long), await statesOf(short)]).toEqual([['held'], ['held']])
  await goneFor(150, agent)
  await expect.poll(() => statesOf(short), patience).toEqual(['ended', 'waiting'])
  expect(await statesOf(long)).toEqual(['held'])
  await goneFor(301, agent)
  await expect.poll(() => statesOf(long), patience).toEqual(['ended', 'waiting'])
})

test('with a short grace the work goes while the state still lasts, and nothing is offered to who is not there', async () => {
  const peer = await sit(agent)
  await set(agent, { state: 'available' })
  const groups = [{ teamIds: [], agentIds: [agent.id], afterSeconds: 0 }]
  const visitor = await holds(agent, { agentGraceSeconds: 10, groups })
  await leave(peer, agent)
  await goneFor(10, agent)
  await expect.poll(() => statesOf(visitor), patience).toEqual(['ended', 'waiting'])
  expect(await workOf(agent.id)).toMatchObject({ state: 'available', present: false })
  const { now } = await must('GET', `/api/v1/conversations/${visitor.conversationId}/routing`, admin.credentials)
  expect(now.candidates).toMatchObject([{ agentId: agent.id, excluded: 'not-present' }])
  const itemId = String((await staysOf(visitor)).at(-1)?.id)
  expect(await db.selectFrom('offers').select('id').where('item_id', '=', itemId).execute()).toEqual([])
})

test('a state that was set after they went holds for a minute of its own', async () => {
  for (const person of [agent, lead]) {
    const peer = await sit(person)
    await set(person, { state: 'available' })
    await leave(peer, person)
    await goneFor(70, person)
    if (person === agent) await set(person, { state: 'busy' })
  }
  await stateIs(lead, 'offline')
  expect((await workOf(agent.id)).state).toBe('busy')
})

test('who goes offline keeps the work or hands it back, as they say', async () => {
  const peer = await sit(agent)
  await set(agent, { state: 'available' })
  const kept = await holds(agent, { agentGraceSeconds: 1 })
  await set(agent, { state: 'offline', work: 'keep' })
  await leave(peer, agent)
  // Not only while they are connected: they said so.
  await goneFor(3_600, agent)
  await holds(agent, { agentGraceSeconds: 1 }).then((other) =>
    expect.poll(() => statesOf(other), patience).toEqual(['ended', 'waiting']),
  )
  expect(await statesOf(kept)).toEqual(['held'])

  await sit(agent)
  await set(agent, { state: 'available' })
  await set(agent, { state: 'offline', work: 'queue' })
  expect(await statesOf(kept)).toEqual(['ended', 'waiting'])
  const [before, now] = await staysOf(kept)
  expect(now).toMatchObject({ queue_id: before?.queue_id, created_at: before?.created_at, previous_id: before?.id })
})

test('who was at work again in between leaves behind what they once kept', async () => {
  const peer = await sit(agent)
  const visitor = await holds(agent, { agentGraceSeconds: 1 })
  await set(agent, { state: 'offline', work: 'keep' })
  await set(agent, { state: 'available' })
  await leave(peer, agent)
  await goneFor(30, agent)
  await expect.poll(() => statesOf(visitor), patience).toEqual(['ended', 'waiting'])
})

test('a queue says what happens where nobody does, and may leave no choice', async () => {
  await sit(agent)
  const stays = await holds(agent)
  const goes = await holds(agent, { whenAgentOffline: { work: 'queue', agentMayChoose: false } })
  await set(agent, { state: 'available' })
  const refusal = await call('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'offline', work: 'keep' })
  expect([refusal.code, refusal.body.issues[0].path]).toEqual(['invalid-input', 'body.work'])
  expect((await workOf(agent.id)).state).toBe('available')
  const early = await call('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'busy', work: 'keep' })
  expect(early.code).toBe('invalid-input')
  await set(agent, { state: 'offline' })
  expect([await statesOf(stays), await statesOf(goes)]).toEqual([['held'], ['ended', 'waiting']])

  const forced = await holds(agent, { whenAgentOffline: { work: 'keep', agentMayChoose: false } })
  const path = `/api/v1/agents/${agent.id}/routing-state`
  await must('PUT', path, lead.credentials, { state: 'offline', work: 'queue' })
  expect(await statesOf(forced)).toEqual(['ended', 'waiting'])
})
