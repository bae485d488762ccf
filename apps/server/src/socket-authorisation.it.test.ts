import { agentClientFrame, visitorClientFrame } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addQueue } from './testing/add-queue.ts'
import { type Credentials, startCompany } from './testing/company.ts'
import { connect, type Frame, type Peer } from './testing/socket-peer.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany()
const { must, url } = company

const peers: Peer[] = []
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close()
})

async function agentPeer(credentials: Credentials): Promise<Peer> {
  const peer = await connect(url, '/ws/agent', credentials)
  peers.push(peer)
  await peer.next((frame) => frame.type === 'ready')
  return peer
}
async function visitorPeer(token: string): Promise<Peer> {
  const peer = await connect(url, '/ws/visitor')
  peers.push(peer)
  peer.send({ type: 'hello', token })
  await peer.next((frame) => frame.type === 'ready')
  return peer
}
/** Everything that was sent before is answered before the pong: what has not come by then does not come. */
async function settle(...all: Peer[]): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    for (const peer of all) {
      const before = peer.frames.filter(({ type }) => type === 'pong').length
      peer.send({ type: 'ping' })
      await expect
        .poll(() => peer.frames.filter(({ type }) => type === 'pong').length, { timeout: 10_000 })
        .toBeGreaterThan(before)
    }
  }
}
const about = (peer: Peer, ...ids: string[]): Frame[] =>
  peer.frames.filter((frame) => ids.some((id) => JSON.stringify(frame).includes(id)))
const kinds = (peer: Peer, id: string): string[] => about(peer, id).map(({ type }) => type)
const text = (words: string) => ({ type: 'text', text: words })

/** One of each frame that a client can send, aimed at a conversation; the walk fails for a kind that is not here. */
const agentFrames = (conversationId: string): Record<string, object> => ({
  send: { clientKey: uuidv7(), conversationId, content: text('forged') },
  typing: { conversationId, typing: true },
  view: { conversationId },
  mark: { conversationId, readSeq: 1 },
  'watch-board': { on: true },
  ping: {},
})
const visitorFrames = (conversationId: string): Record<string, object> => ({
  hello: { token: 'qv_forged' },
  send: { clientKey: uuidv7(), conversationId, content: text('forged') },
  typing: { conversationId, typing: true, draft: 'forged' },
  mark: { conversationId, readSeq: 1 },
  ping: {},
})
const kindsOf = (union: { options: readonly { shape: { type: { value: string } } }[] }): string[] =>
  union.options.map((option) => option.shape.type.value).toSorted()

test('every frame that a client can send is covered', () => {
  expect(Object.keys(agentFrames('')).toSorted()).toEqual(kindsOf(agentClientFrame))
  expect(Object.keys(visitorFrames('')).toSorted()).toEqual(kindsOf(visitorClientFrame))
})

describe('who may open a socket', () => {
  test('strangers and foreign pages may not sit with the agents', async () => {
    const { cookie = '' } = company.agent.credentials
    const refused: Credentials[] = [
      {},
      { cookie: 'qiao.session_token=made.up' },
      { cookie, origin: 'https://evil.example' },
      { cookie },
    ]
    for (const headers of refused) {
      await expect(connect(url, '/ws/agent', headers)).rejects.toThrow(/40[13]|503/)
    }
  })
  test('a visitor’s token opens no agent’s socket, and an agent’s cookie no visitor’s', async () => {
    const visitor = await company.visitor()
    await expect(connect(url, '/ws/agent', visitor.credentials)).rejects.toThrow('401')
    const peer = await connect(url, '/ws/visitor', company.agent.credentials)
    peers.push(peer)
    peer.send({ type: 'ping' })
    expect(await peer.closed).toBe(4001)
    expect(peer.frames).toEqual([])
  })
  test('a made-up visitor token is told so and heard no further', async () => {
    const peer = await connect(url, '/ws/visitor')
    peers.push(peer)
    peer.send({ type: 'hello', token: 'qv_made-up' })
    expect(await peer.closed).toBe(4001)
    expect(peer.frames).toEqual([{ type: 'ended', reason: 'expired' }])
  })
})

test('everything that happens reaches those who may see it and nobody else', async () => {
  const visitor = await company.visitor()
  const other = await company.visitor(undefined, 'mine')
  const [admin, agent, outsider, mine, others] = await Promise.all([
    agentPeer(company.admin.credentials),
    agentPeer(company.agent.credentials),
    agentPeer(company.outsider.credentials),
    visitorPeer(visitor.token),
    visitorPeer(other.token),
  ])
  const { conversationId, contactId } = visitor
  const path = `/api/v1/conversations/${conversationId}`
  const as = company.agent.credentials
  const command = (name: string, body: object) => must('POST', `${path}/${name}`, as, { clientKey: uuidv7(), ...body })

  agent.send({ type: 'view', conversationId })
  agent.send({ type: 'typing', conversationId, typing: true })
  mine.send({ type: 'typing', conversationId, typing: true, draft: 'a draft' })
  await command('messages', { content: text('an answer') })
  await command('notes', { text: 'a secret note' })
  await command('tags', { add: ['secret-tag'] })
  const { entries } = await command('consults', { agentId: company.lead.id, text: 'a secret question' })
  const { consultId } = entries[0].body
  await command('consults/say', { consultId, text: 'a secret thought' })
  await command('consults/end', { consultId })
  await must('POST', `${path}/whispers`, company.lead.credentials, { clientKey: uuidv7(), text: 'a secret whisper' })
  await command('queue', { queueId: await addQueue(company.db), note: 'a secret reason', priority: 5 })
  await command('transfer', { agentId: null, teamId: company.teams.first, note: 'secret words' })
  await command('read', { upToPublicSeq: 2 }).catch(() => undefined)
  await must('PATCH', `/api/v1/contacts/${contactId}`, as, { name: 'A secret name' })
  await command('snooze', { until: new Date(Date.now() + 3_600_000).toISOString() })
  await command('close', {})
  await mine.next((frame) => JSON.stringify(frame).includes('conversation.closed'))
  await settle(admin, agent, outsider, mine, others)

  for (const peer of [admin, agent]) {
    expect(kinds(peer, conversationId)).toEqual(expect.arrayContaining(['entries', 'typing', 'viewers']))
    for (const words of ['note', 'question', 'thought', 'whisper', 'reason']) {
      expect(JSON.stringify(peer.frames)).toContain(`a secret ${words}`)
    }
    expect(kinds(peer, contactId)).toContain('contact')
  }
  expect(about(outsider, conversationId, contactId, 'secret', 'an answer')).toEqual([])
  expect(about(others, conversationId, contactId, 'secret', 'an answer')).toEqual([])
  const shown = JSON.stringify(mine.frames)
  expect(shown).toContain('an answer')
  for (const hidden of [
    'secret',
    'note.added',
    'conversation.tagged',
    'conversation.transferred',
    'conversation.snoozed',
    'conversation.prioritised',
    'consult.',
    'whisper.added',
    company.teams.first,
    'fromAgentId":"',
  ]) {
    expect(shown).not.toContain(hidden)
  }
  expect(mine.frames.map(({ type }) => type)).not.toContain('viewers')
  // The visitor's own numbering has no gap that would tell of what is hidden.
  const seqs = mine.frames
    .flatMap((frame) => (frame.type === 'entries' ? (frame['entries'] as { seq: number }[]) : []))
    .map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at))
})

test('a lead watches unseen; an agent who asks for that is shown all the same', async () => {
  const { conversationId } = await company.visitor()
  const [lead, agent, witness] = await Promise.all([
    agentPeer(company.lead.credentials),
    agentPeer(company.agent.credentials),
    agentPeer(company.admin.credentials),
  ])
  for (const peer of [lead, agent]) peer.send({ type: 'view', conversationId, silent: true })
  await settle(lead, agent, witness)
  witness.send({ type: 'view', conversationId })
  await witness.next((frame) => frame.type === 'viewers' && JSON.stringify(frame).includes(company.admin.id))
  const seen = JSON.stringify(about(witness, conversationId))
  expect(seen).toContain(company.agent.id)
  expect(seen).not.toContain(company.lead.id)
})

test('the board goes to leads who ask for it and to nobody else', async () => {
  const [lead, agent] = await Promise.all([agentPeer(company.lead.credentials), agentPeer(company.agent.credentials)])
  for (const peer of [lead, agent]) peer.send({ type: 'watch-board', on: true })
  await lead.next(({ type }) => type === 'board')
  await settle(lead, agent)
  expect(agent.frames.map(({ type }) => type)).not.toContain('board')
})

test('frames that aim at somebody else’s conversation change nothing and are seen by nobody', async () => {
  const visitor = await company.visitor()
  const other = await company.visitor(undefined, 'mine')
  const { conversationId } = visitor
  const [outsider, intruder, agent, mine] = await Promise.all([
    agentPeer(company.outsider.credentials),
    visitorPeer(other.token),
    agentPeer(company.agent.credentials),
    visitorPeer(visitor.token),
  ])
  const read = (): Promise<unknown> =>
    must('GET', `/api/v1/conversations/${conversationId}/entries`, company.admin.credentials)
  const before = await read()
  for (const [type, frame] of Object.entries(agentFrames(conversationId))) outsider.send({ type, ...frame })
  for (const [type, frame] of Object.entries(visitorFrames(conversationId))) intruder.send({ type, ...frame })
  await Promise.all([outsider, intruder].map((peer) => peer.next((frame) => frame.type === 'refused')))
  await settle(outsider, intruder, agent, mine)
  for (const peer of [outsider, intruder]) {
    expect(peer.frames.find(({ type }) => type === 'refused')).toMatchObject({ problem: { code: 'not-found' } })
    expect(kinds(peer, conversationId).filter((type) => type !== 'refused')).toEqual([])
  }
  for (const peer of [agent, mine]) expect(about(peer, conversationId)).toEqual([])
  expect(await read()).toEqual(before)
})

test('an agent who loses the team loses the socket and then sees nothing more of it', async () => {
  const visitor = await company.visitor()
  const leaving = await agentPeer(company.spare.credentials)
  const move = (teamIds: string[]): Promise<unknown> =>
    must('PATCH', `/api/v1/agents/${company.spare.id}`, company.admin.credentials, { teamIds })
  await move([company.teams.first])
  expect(await leaving.closed).toBe(4010)
  const inside = await agentPeer(company.spare.credentials)
  await must('POST', '/api/client/v1/messages', visitor.credentials, {
    clientKey: uuidv7(),
    conversationId: visitor.conversationId,
    content: text('while inside'),
  })
  await inside.next((frame) => JSON.stringify(frame).includes('while inside'))
  await move([company.teams.second])
  expect(await inside.closed).toBe(4010)
  const outside = await agentPeer(company.spare.credentials)
  await must('POST', '/api/client/v1/messages', visitor.credentials, {
    clientKey: uuidv7(),
    conversationId: visitor.conversationId,
    content: text('after leaving'),
  })
  await settle(outside)
  expect(about(outside, visitor.conversationId)).toEqual([])
})

test('a visitor who logs out or is blocked is shown out at once', async () => {
  const [leaver, blocked] = [await company.visitor(), await company.visitor()]
  const [one, two] = [await visitorPeer(leaver.token), await visitorPeer(blocked.token)]
  await must('DELETE', '/api/client/v1/me', leaver.credentials)
  await must('POST', `/api/v1/contacts/${blocked.contactId}/block`, company.lead.credentials, { blocked: true })
  expect(await one.next(({ type }) => type === 'ended')).toMatchObject({ reason: 'logged-out' })
  expect(await two.next(({ type }) => type === 'ended')).toMatchObject({ reason: 'blocked' })
  expect(await Promise.all([one.closed, two.closed])).toEqual([4011, 4011])
  const { items } = await must('GET', '/api/v1/audit', company.admin.credentials)
  expect(items[0]).toMatchObject({ action: 'contact.blocked', agentId: company.lead.id, targetId: blocked.contactId })
})
