import { queueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { connect } from '../../testing/socket-peer.ts'
import { claimOffers } from './claim-offers.ts'
import { createWorkingState, type WorkingState } from './working-state.ts'

/** What the router carries on by itself must be what it would read: there is no router here but this one. */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web' })
const { must, db, pool, agent, lead, teams, inboxes, admin } = company
const key = () => ({ clientKey: uuidv7() })
for (const { credentials } of [agent, lead]) {
  const peer = await connect(company.url, '/ws/agent', credentials)
  afterAll(() => peer.close())
  await peer.next((frame) => frame.type === 'routing')
  await must('PUT', '/api/v1/routing/me/state', credentials, { state: 'available' })
}

async function openQueue(settings: object): Promise<void> {
  const id = uuidv7()
  const parsed = queueSettings.parse({ groups: [{ teamIds: [teams.first] }], offer: { seconds: 600 }, ...settings })
  await db
    .insertInto('queues')
    .values({ id, name: id, settings: JSON.stringify(parsed), created_at: new Date() })
    .execute()
  const all = (await must('GET', '/api/v1/inboxes', admin.credentials)).inboxes
  const inbox = all.find((one: { id: string }) => one.id === inboxes.first.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: inbox.version,
    settings: { ...inbox.settings, routing: { queueId: id, departments: [] } },
  })
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
function pictureOf({ agents, items, router }: WorkingState) {
  return {
    agents: [...agents.values()]
      .map(({ agent: { held, ...one }, version, gained }) => ({
        ...one,
        version,
        gained,
        held: held.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1)),
      }))
      .toSorted(byId),
    routed: [...router.agents.values()].map(({ id, held }) => ({ id, held: held.length })).toSorted(byId),
    items: [...items.values()].map(({ id, state, version }) => ({ id, state, version })).toSorted(byId),
    waiting: [...router.waiting.keys()].toSorted(),
  }
}
async function mustBeAsRead(state: WorkingState): Promise<void> {
  await state.look()
  const fresh = createWorkingState(pool)
  await fresh.look()
  expect(pictureOf(state)).toEqual(pictureOf(fresh))
}

/** Decides, claims and remembers as the router does; gives the offers. */
async function offerAll(state: WorkingState) {
  const now = new Date()
  const { offers } = state.router.settle(now.getTime())
  const claims = offers.map((decided) => ({
    decided,
    queueId: String(state.items.get(decided.itemId)?.queue_id),
    seenBefore: '7',
    itemVersion: Number(state.items.get(decided.itemId)?.version),
    agentsGained: new Map(decided.agentIds.map((id) => [id, Number(state.agents.get(id)?.gained)])),
    expiresAt: new Date(now.getTime() + 600_000),
    chosenBy: 'router' as const,
    candidates: [],
  }))
  const made = await claimOffers(pool, claims, now)
  state.claimed(made.map(({ agentId, offer: { itemId } }) => ({ itemId, agentId })))
  return made.map(({ agentId, offer }) => ({ agentId, offerId: offer.id, id: offer.conversationId }))
}
const credentialsOf = (agentId: string) => (agentId === lead.id ? lead : agent).credentials
const accept = ({ agentId, offerId }: { agentId: string; offerId: string }) =>
  must('POST', `/api/v1/offers/${offerId}/accept`, credentialsOf(agentId), key())
const close = ({ agentId, id }: { agentId: string; id: string }) =>
  must('POST', `/api/v1/conversations/${id}/close`, credentialsOf(agentId), { ...key(), reason: 'resolved' })

test('what is doubted while the rows are being read is read again by the next look', async () => {
  await openQueue({})
  await company.visitor()
  const state = createWorkingState(pool)
  await state.look()
  // Long ago enough not to be among what changed of late.
  await pool.query('select pg_current_xact_id()')
  await state.look()
  const [id = ''] = state.router.waiting.keys()
  // Decided and never claimed: nobody but the doubt says that it waits still.
  state.router.settle(Date.now())
  expect(state.router.waiting.has(id)).toBe(false)
  pool.once('acquire', (client) => {
    const query: unknown = client.query.bind(client)
    const asking = vi.spyOn(client, 'query').mockImplementation(((...given: [{ name?: string }]) => {
      const answer: unknown = Reflect.apply(query as () => unknown, client, given)
      if (given[0].name === 'changed-work') {
        asking.mockRestore()
        state.doubt([id], [...state.agents.keys()])
      }
      return answer
    }) as never)
  })
  await state.look()
  await state.look()
  expect(state.router.waiting.has(id)).toBe(true)
})

test.each([
  {},
  { wrapUp: { mode: 'timed', seconds: 600 } },
  { wrapUp: { mode: 'optional' } },
  { selection: 'ring-all' },
])('offered, accepted, finished and let go, the picture is what would be read (%j)', async (settings) => {
  await openQueue(settings)
  await Promise.all(Array.from({ length: 5 }, () => company.visitor()))
  const state = createWorkingState(pool)
  await mustBeAsRead(state)
  const first = await offerAll(state)
  expect(first.length).toBeGreaterThan(0)
  // Before anything else is read, and after.
  await mustBeAsRead(state)
  const taken = [...new Map(first.map((one) => [one.id, one])).values()]
  await Promise.all(taken.map(accept))
  await mustBeAsRead(state)
  const second = await offerAll(state)
  await mustBeAsRead(state)
  const [last, ...others] = [...new Map(second.map((one) => [one.id, one])).values()]
  if (last) await must('POST', `/api/v1/offers/${last.offerId}/decline`, credentialsOf(last.agentId), {})
  await Promise.all(others.map(accept))
  await mustBeAsRead(state)
  await Promise.all([...taken, ...others].map(close))
  await mustBeAsRead(state)
})
