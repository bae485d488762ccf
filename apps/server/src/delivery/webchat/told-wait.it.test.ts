import { uuidv7 } from 'uuidv7'
import { afterEach, expect, test, vi } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connect, type Frame, type Peer } from '../../testing/socket-peer.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { db, must, agent } = company

const peers: Peer[] = []
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close()
})
async function sit(token: string): Promise<Peer> {
  const peer = await connect(company.url, '/ws/visitor')
  peers.push(peer)
  peer.send({ type: 'hello', token })
  await peer.next((frame) => frame.type === 'ready')
  return peer
}
async function waitsIn(queueId: string) {
  const visitor = await company.visitor()
  await must('POST', `/api/v1/conversations/${visitor.conversationId}/queue`, agent.credentials, {
    clientKey: uuidv7(),
    queueId,
  })
  return visitor
}
const at = (position: number | null) => (frame: Frame) =>
  frame.type === 'queue' && ((frame['place'] as { position: number } | null)?.position ?? null) === position

test('the first range of wait that somebody is told is kept with their stay', async () => {
  const { admin } = company
  const profile = await must('POST', '/api/v1/capacity-profiles', admin.credentials, {
    name: uuidv7(),
    standard: false,
    units: 20,
    channels: { '*': { units: 20, most: 1, interruptedBy: [] } },
    pickMarginUnits: 0,
  })
  await must('PUT', `/api/v1/agents/${agent.id}/routing-profile`, admin.credentials, {
    number: null,
    profileId: profile.id,
    languages: [],
    skills: [],
    weight: 100,
    version: 1,
  })
  peers.push(await connect(company.url, '/ws/agent', agent.credentials))
  await must('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'available' })
  const queueId = await addQueue(db, { groups: [{ teamIds: [], agentIds: [agent.id], afterSeconds: 0 }] })
  const held = await company.visitor()
  // Ten minutes each, as everybody has taken today. Before anybody waits: what is measured is read only now and then.
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  const history = Array.from({ length: 40 }, (_, turn) => ({
    id: uuidv7(),
    conversation_id: held.conversationId,
    purpose: 'serve',
    queue_id: queueId,
    channel: 'web',
    created_at: ago(30 + turn),
    entered_at: ago(30 + turn),
    left_queue_at: ago(30 + turn),
    accepted_at: ago(20 + turn),
    ended_at: ago(10 + turn),
    queue_outcome: 'answered',
    agent_id: agent.id,
    state: 'ended',
  }))
  await db.insertInto('work_items').values(history).execute()
  await must('POST', `/api/v1/conversations/${held.conversationId}/assign`, agent.credentials, {
    clientKey: uuidv7(),
    agentId: agent.id,
  })
  const visitor = await waitsIn(queueId)
  const page = await sit(visitor.token)
  const rangeOf = (frame: Frame) => (frame['place'] as { wait: object | null } | null)?.wait
  const first = await page.next((frame) => frame.type === 'queue' && Boolean(rangeOf(frame)))
  const read = async () =>
    (await must('GET', `/api/v1/conversations/${visitor.conversationId}/routing`, admin.credentials)).items.at(-1)
  await expect.poll(async () => (await read()).toldWait).toMatchObject(rangeOf(first) ?? {})
  const { toldWait, enteredAt } = await read()
  expect(Date.parse(toldWait.at)).toBeGreaterThanOrEqual(Date.parse(enteredAt))
  // A later one does not replace it: what was promised is what counts.
  const before = await waitsIn(queueId)
  const item = await db
    .selectFrom('work_items')
    .select('id')
    .where('conversation_id', '=', before.conversationId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  await must('PUT', `/api/v1/work-items/${item.id}/priority`, admin.credentials, { front: true })
  await page.next(at(2))
  expect((await read()).toldWait).toEqual(toldWait)
})
