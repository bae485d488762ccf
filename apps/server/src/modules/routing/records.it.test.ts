import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { type Credentials, startCompany } from '../../testing/company.ts'

const company = await startCompany()
const { db, call, must, admin, lead, agent, outsider, teams, inboxes } = company
const boss = admin.credentials
const queues = { first: '', second: '' }
const start = Date.parse('2026-03-02T08:00:00.000Z')
const at = (minute: number) => new Date(start + minute * 60_000)

/** A stay that ended long ago, with its decision and offer when somebody took it. */
async function record(queueId: string | null, conversationId: string, agentId: string | null, minute: number) {
  const id = uuidv7()
  const taken = agentId === null ? {} : { agent_id: agentId, accepted_at: at(minute) }
  await db
    .insertInto('work_items')
    .values({
      id,
      conversation_id: conversationId,
      purpose: 'serve',
      queue_id: queueId,
      channel: 'web',
      created_at: at(minute),
      entered_at: at(minute),
      left_queue_at: at(minute),
      ended_at: at(minute + 5),
      state: 'ended',
      ...taken,
    })
    .execute()
  if (agentId === null || queueId === null) return id
  const decision = uuidv7()
  const choice = { policy: 'most-free', preferred: false, chosen_by: 'router', candidates: '[]', step: 0, score: 1 }
  await db
    .insertInto('routing_decisions')
    .values({ id: decision, at: at(minute), item_id: id, queue_id: queueId, agent_ids: [agentId], ...choice })
    .execute()
  const offer = { made_at: at(minute), expires_at: at(minute + 1), ended_at: at(minute), outcome: 'accepted' }
  await db
    .insertInto('offers')
    .values({ id: uuidv7(), item_id: id, agent_id: agentId, decision_id: decision, ...offer })
    .execute()
  return id
}

const made = { first: [] as string[], second: [] as string[], byHand: '' }
const target = { conversationId: '', credentials: {} as Credentials }
beforeAll(async () => {
  for (const which of ['first', 'second'] as const) {
    const settings = { groups: [{ teamIds: [teams[which]] }] }
    queues[which] = (await must('POST', '/api/v1/queues', boss, { name: which, settings })).id
    const { conversationId } = await company.visitor(inboxes[which].key)
    const taker = { first: agent.id, second: outsider.id }[which]
    for (let turn = 0; turn < 7; turn += 1)
      made[which].push(await record(queues[which], conversationId, turn % 2 === 0 ? taker : null, turn))
    // Of the same instant: pages must neither repeat nor lose it.
    made[which].push(await record(queues[which], conversationId, null, 6))
    if (which === 'second') made.byHand = await record(null, conversationId, agent.id, 9)
  }
  for (const [minute, agentId] of [agent.id, outsider.id, agent.id].entries()) {
    const stretch = { state: 'available', present: true, since: at(minute), until: at(minute + 1), cause: 'chosen' }
    await db
      .insertInto('agent_states')
      .values({ id: uuidv7(), agent_id: agentId, ...stretch })
      .execute()
  }
})

/** All pages of a list, three rows at a time. */
async function walk(path: string, credentials: Credentials, query: Record<string, string> = {}) {
  const items: { id: string; agentId: string }[] = []
  const before = at(100).toISOString()
  for (let cursor: string | null = ''; cursor !== null;) {
    const search = new URLSearchParams({ limit: '3', to: before, ...query, ...(cursor ? { cursor } : {}) })
    const page = await must('GET', `${path}?${search.toString()}`, credentials)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}
const ids = async (...asked: Parameters<typeof walk>) => (await walk(...asked)).map(({ id }) => id)
const work = '/api/v1/work-items'

test('pages go through all of it once, newest first', async () => {
  const all = await ids(work, boss)
  expect(all).toHaveLength(17)
  expect(all.toSorted()).toEqual([...made.first, ...made.second, made.byHand].toSorted())
  expect(all[0]).toBe(made.byHand)
})

test('leads read of their queues and agents only', async () => {
  const mine = await ids(work, lead.credentials)
  expect(mine.toSorted()).toEqual([...made.first, made.byHand].toSorted())
  expect(await ids(work, lead.credentials, { queueId: queues.second })).toEqual([])
  expect(await ids(work, lead.credentials, { agentId: outsider.id })).toEqual([])
  expect(await ids(work, lead.credentials, { agentId: agent.id })).toHaveLength(5)
  expect((await call('GET', work, agent.credentials)).code).toBe('forbidden')
  const stretches = await walk('/api/v1/routing/agent-states', lead.credentials)
  expect(stretches.map(({ agentId }) => agentId)).toEqual([agent.id, agent.id])
  expect(await walk('/api/v1/routing/agent-states', boss)).toHaveLength(3)
})

test('decisions are found by queue and by agent, and by a lead within their teams', async () => {
  const path = '/api/v1/routing/decisions'
  expect(await walk(path, boss)).toHaveLength(8)
  expect(await walk(path, boss, { agentId: agent.id })).toHaveLength(4)
  expect(await walk(path, boss, { queueId: queues.second })).toHaveLength(4)
  expect(await walk(path, boss, { queueId: queues.second, agentId: agent.id })).toEqual([])
  expect(await walk(path, lead.credentials)).toHaveLength(4)
  expect(await walk(path, lead.credentials, { queueId: queues.second })).toEqual([])
})

test('a span and a state narrow the list', async () => {
  const span = { from: at(2).toISOString(), to: at(4).toISOString() }
  expect(await ids(work, boss, { ...span, queueId: queues.first })).toEqual([made.first[3], made.first[2]])
  expect(await ids(work, boss, { state: 'held' })).toEqual([])
})

test('whoever sees a conversation is told why it waits', async () => {
  const settings = { routing: { queueId: queues.first } }
  const { version } = (await must('GET', '/api/v1/inboxes', boss)).inboxes.find(
    (one: { id: string }) => one.id === inboxes.first.id,
  )
  await must('PATCH', `/api/v1/inboxes/${inboxes.first.id}`, boss, { settings, version })
  await must('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'available' })
  const earlier = await company.visitor()
  Object.assign(target, await company.visitor())
  const path = `/api/v1/conversations/${target.conversationId}/routing`
  const { items, decisions, offers, now } = await must('GET', path, agent.credentials)
  expect([decisions, offers]).toEqual([[], []])
  expect(items).toMatchObject([{ state: 'waiting', queueId: queues.first, conversationId: target.conversationId }])
  expect(now).toMatchObject({ position: 2, step: 0, steps: 0, stepUntil: null, wait: null })
  // Nobody of the queue is connected; who does not serve it is not spoken of.
  expect(now.candidates).toEqual([{ agentId: agent.id, excluded: 'not-present', measure: null }])
  expect((await call('GET', path, outsider.credentials)).code).toBe('not-found')
  const first = await must('GET', `/api/v1/conversations/${earlier.conversationId}/routing`, agent.credentials)
  expect(first.now.position).toBe(1)
})
