import { queueSettings, type Offer } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterEach, expect, test, vi } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { connect, type Peer } from '../../testing/socket-peer.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { must, call, db, agent, lead, teams, inboxes } = company
const queueId = uuidv7()
await db
  .insertInto('queues')
  .values({
    id: queueId,
    name: 'Service',
    settings: JSON.stringify(
      queueSettings.parse({
        groups: [{ teamIds: [teams.first] }],
        offer: { seconds: 5, coolDownSeconds: 600 },
        overflow: { whenClosed: { to: 'wait' } },
      }),
    ),
    created_at: new Date(),
  })
  .execute()
const inbox = (await must('GET', '/api/v1/inboxes', company.admin.credentials)).inboxes.find(
  (one: { id: string }) => one.id === inboxes.first.id,
)
await must('PATCH', `/api/v1/inboxes/${inbox.id}`, company.admin.credentials, {
  version: inbox.version,
  settings: { ...inbox.settings, routing: { queueId, departments: [] } },
})

const peers: Peer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close()
  for (const { credentials } of [agent, lead])
    await must('PUT', '/api/v1/routing/me/state', credentials, { state: 'offline' })
})
async function sit({ credentials }: { credentials: Record<string, string> }): Promise<Peer> {
  const peer = await connect(company.url, '/ws/agent', credentials)
  peers.push(peer)
  await peer.next((frame) => frame.type === 'routing')
  await must('PUT', '/api/v1/routing/me/state', credentials, { state: 'available' })
  return peer
}
const offerOf = async (peer: Peer, conversationId: string): Promise<Offer> => {
  const frame = await peer.next(
    (one) => one.type === 'offer' && (one['offer'] as Offer).conversationId === conversationId,
  )
  return frame['offer'] as Offer
}
const itemsOf = (conversationId: string) =>
  db.selectFrom('work_items').selectAll().where('conversation_id', '=', conversationId).orderBy('id').execute()
const key = () => ({ clientKey: uuidv7() })

test('who waits is offered to an agent who becomes free, and is theirs once they accept', async () => {
  const { conversationId } = await company.visitor()
  expect((await itemsOf(conversationId))[0]).toMatchObject({ state: 'waiting', queue_id: queueId })
  const peer = await sit(agent)
  const offer = await offerOf(peer, conversationId)
  await must('POST', `/api/v1/offers/${offer.id}/accept`, agent.credentials, key())
  const [item] = await itemsOf(conversationId)
  expect(item).toMatchObject({ state: 'held', agent_id: agent.id, queue_outcome: 'answered' })
  const { conversation } = await must('GET', `/api/v1/conversations/${conversationId}`, agent.credentials)
  expect(conversation).toMatchObject({ assigneeId: agent.id, queue: null })
  await must('POST', `/api/v1/conversations/${conversationId}/close`, agent.credentials, key())
  expect((await itemsOf(conversationId))[0]).toMatchObject({ state: 'ended' })
})

test('declined, it goes to a colleague and never back within the cool-down', async () => {
  const first = await sit(agent)
  const { conversationId } = await company.visitor()
  const offer = await offerOf(first, conversationId)
  await must('POST', `/api/v1/offers/${offer.id}/decline`, agent.credentials, {})
  const second = await sit(lead)
  const again = await offerOf(second, conversationId)
  await must('POST', `/api/v1/offers/${again.id}/accept`, lead.credentials, key())
  const late = await call('POST', `/api/v1/offers/${offer.id}/accept`, agent.credentials, key())
  expect(late.code).toBe('offer-over')
  const offers = await db.selectFrom('offers').select('agent_id').where('item_id', '=', offer.itemId).execute()
  expect(offers.map((one) => one.agent_id)).toEqual([agent.id, lead.id])
})

test('missed, the agent is not responding and the next one gets it', async () => {
  const first = await sit(agent)
  const { conversationId } = await company.visitor()
  const offer = await offerOf(first, conversationId)
  await first.next((frame) => frame.type === 'offer-ended' && frame['offerId'] === offer.id)
  const { state } = await must('GET', '/api/v1/routing/me', agent.credentials)
  expect(state).toMatchObject({ state: 'not-responding', present: true, held: [] })
  const second = await sit(lead)
  await offerOf(second, conversationId)
})
