import { queueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test, vi } from 'vitest'
import { createAppender } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createLog } from '#platform/log'
import { startCompany } from '../../testing/company.ts'
import { followAppends } from './follow-appends.ts'

/** What travels with the commit: offers that are taken, and services that end. There is no router here that would help. */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web' })
const { must, db, pool, agent, lead, teams, inboxes, admin } = company
const appender = createAppender({
  pool,
  bus: createLocalBus(createLog({ level: 'silent' })),
  clock: systemClock,
  follow: followAppends(),
})
const long = new Date('2026-01-01T00:00:00Z')

beforeAll(async () => {
  const queueId = uuidv7()
  const settings = JSON.stringify(queueSettings.parse({ groups: [{ teamIds: [teams.first] }] }))
  await db.insertInto('queues').values({ id: queueId, name: 'Service', settings, created_at: long }).execute()
  const all = (await must('GET', '/api/v1/inboxes', admin.credentials)).inboxes
  const inbox = all.find(({ id }: { id: string }) => id === inboxes.first.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: inbox.version,
    settings: { ...inbox.settings, routing: { queueId, departments: [] } },
  })
  await db
    .insertInto('agent_work')
    .values([agent, lead].map(({ id }) => ({ agent_id: id, since: long, idle_since: long, misses: 2 })))
    .onConflict((at) => at.column('agent_id').doUpdateSet({ misses: 2, idle_since: long }))
    .execute()
})

const workOf = (id: string) =>
  db.selectFrom('agent_work').select(['misses', 'idle_since']).where('agent_id', '=', id).executeTakeFirstOrThrow()
const itemOf = (conversationId: string) =>
  db.selectFrom('work_items').selectAll().where('conversation_id', '=', conversationId).executeTakeFirstOrThrow()

async function ring(conversationId: string, agentIds: readonly string[]): Promise<void> {
  const item = await itemOf(conversationId)
  const decision = {
    id: uuidv7(),
    at: long,
    item_id: item.id,
    queue_id: String(item.queue_id),
    agent_ids: [...agentIds],
    step: 0,
    score: 0,
    policy: 'longest-idle',
    preferred: false,
    chosen_by: 'router',
    candidates: '[]',
  }
  await db.insertInto('routing_decisions').values(decision).execute()
  const offers = agentIds.map((agentId) => ({
    id: uuidv7(),
    item_id: item.id,
    agent_id: agentId,
    decision_id: decision.id,
    made_at: long,
    expires_at: new Date(Date.now() + 600_000),
  }))
  await db.insertInto('offers').values(offers).execute()
  await db.updateTable('work_items').set({ state: 'offered' }).where('id', '=', item.id).execute()
}
const take = (conversationId: string, agentId: string) =>
  appender.append({
    conversationId,
    clientKey: uuidv7(),
    author: { type: 'agent', id: agentId },
    decide: () => [{ kind: 'conversation.assigned', body: { agentId, fromAgentId: null, cause: 'offered' } }],
  })
const close = (conversationId: string, agentId: string) =>
  appender.append({
    conversationId,
    clientKey: uuidv7(),
    author: { type: 'agent', id: agentId },
    decide: () => [{ kind: 'conversation.closed', body: { reason: 'resolved' } }],
  })

test('of acceptances that arrive together, one without an offer leaves nothing and harms no other', async () => {
  const [first, second, late] = await Promise.all([company.visitor(), company.visitor(), company.visitor()])
  await ring(first.conversationId, [agent.id])
  await ring(second.conversationId, [agent.id, lead.id])
  const settled = await Promise.allSettled([
    take(first.conversationId, agent.id),
    take(late.conversationId, agent.id),
    take(second.conversationId, lead.id),
  ])
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(settled[1]).toMatchObject({ reason: { code: 'offer-over' } })
  expect(await itemOf(first.conversationId)).toMatchObject({ state: 'held', agent_id: agent.id })
  expect(await itemOf(second.conversationId)).toMatchObject({ state: 'held', agent_id: lead.id })
  expect(await itemOf(late.conversationId)).toMatchObject({ state: 'waiting', agent_id: null })
  const { conversation } = await must('GET', `/api/v1/conversations/${late.conversationId}`, admin.credentials)
  expect(conversation.assigneeId).toBeNull()
  const offers = await db
    .selectFrom('offers')
    .innerJoin('work_items', 'work_items.id', 'item_id')
    .select(['offers.agent_id', 'outcome'])
    .where('conversation_id', '=', second.conversationId)
    .execute()
  expect(offers).toHaveLength(2)
  expect(offers).toEqual(
    expect.arrayContaining([
      { agent_id: agent.id, outcome: 'withdrawn' },
      { agent_id: lead.id, outcome: 'accepted' },
    ]),
  )
})

test('who answers has missed nothing in a row; idle is who has finished the last of what they had', async () => {
  expect([await workOf(agent.id), await workOf(lead.id)].map(({ misses }) => misses)).toEqual([0, 0])
  const [one, other] = await Promise.all([company.visitor(), company.visitor()])
  await ring(one.conversationId, [agent.id])
  await ring(other.conversationId, [agent.id])
  await Promise.all([take(one.conversationId, agent.id), take(other.conversationId, agent.id)])
  await close(one.conversationId, agent.id)
  expect((await workOf(agent.id)).idle_since).toEqual(long)
  const { rows } = await pool.query<{ id: string }>(
    `select conversation_id as id from work_items where agent_id = $1 and state = 'held'`,
    [agent.id],
  )
  // All of the rest in one flush: each of them sees the others end.
  await Promise.all(rows.map(({ id }) => close(id, agent.id)))
  expect((await workOf(agent.id)).idle_since.getTime()).toBeGreaterThan(long.getTime())
  expect((await workOf(lead.id)).idle_since).toEqual(long)
})
