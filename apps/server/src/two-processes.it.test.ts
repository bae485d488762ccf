import { Redis } from 'ioredis'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { hasRedis, redisServer } from '../../../bench/support/redis.ts'
import { type Company, startCompany } from './testing/company.ts'
import { connect, type Frame, type Peer } from './testing/socket-peer.ts'

/** Visitors on one process, agents on the other, one PostgreSQL and one Redis between them. Kills: nothing-lost.it.test.ts. */
vi.setConfig({ testTimeout: 60_000 })

const text = (words: string) => ({ type: 'text', text: words })
const isOf = (type: string, conversationId: string) => (frame: Frame) =>
  frame.type === type && frame['conversationId'] === conversationId

describe.skipIf(!hasRedis())('two processes', async () => {
  if (!hasRedis()) return
  const redis = await redisServer()
  afterAll(() => redis[Symbol.asyncDispose]())
  const origin = 'http://qiao.test'
  const secret = 'a secret that both processes know, long enough'
  const company: Company = await startCompany({
    REDIS_URL: redis.url,
    QIAO_SECRET: secret,
    QIAO_URL: origin,
  })
  const { db, must, agent, lead } = company
  const there = await company.another()

  const peers: Peer[] = []
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.close()
  })
  async function visitorHere(token: string, url = company.url): Promise<Peer> {
    const peer = await connect(url, '/ws/visitor')
    peers.push(peer)
    peer.send({ type: 'hello', token })
    await peer.next(({ type }) => type === 'ready')
    return peer
  }
  async function agentThere(credentials = agent.credentials): Promise<Peer> {
    const peer = await connect(there, '/ws/agent', { ...credentials, origin })
    peers.push(peer)
    await peer.next(({ type }) => type === 'ready')
    return peer
  }
  /** After a hint has gone round, whatever was said before it has arrived too. */
  async function settle(visitor: { conversationId: string; credentials: Record<string, string> }, ...all: Peer[]) {
    const words = uuidv7()
    await must('POST', '/api/client/v1/messages', visitor.credentials, {
      clientKey: uuidv7(),
      conversationId: visitor.conversationId,
      content: text(words),
    })
    await Promise.all(all.map((peer) => peer.next((frame) => JSON.stringify(frame).includes(words))))
  }

  test('messages, typing, marks, viewers and presence cross over; notes do not reach the visitor', async () => {
    const visitor = await company.visitor()
    const { conversationId } = visitor
    const working = await agentThere()
    const writing = await visitorHere(visitor.token)
    expect(await working.next(({ type }) => type === 'online')).toMatchObject({
      contactId: visitor.contactId,
      online: true,
    })

    writing.send({ type: 'send', clientKey: uuidv7(), conversationId, content: text('from here') })
    const arrived = await working.next((frame) => isOf('entries', conversationId)(frame))
    expect(JSON.stringify(arrived)).toContain('from here')
    working.send({ type: 'send', clientKey: uuidv7(), conversationId, content: text('from there') })
    await writing.next((frame) => JSON.stringify(frame).includes('from there'))

    writing.send({ type: 'typing', conversationId, typing: true })
    expect(await working.next(isOf('typing', conversationId))).toMatchObject({ who: { type: 'contact' }, typing: true })
    working.send({ type: 'typing', conversationId, typing: true })
    expect(await writing.next(isOf('typing', conversationId))).toMatchObject({ agent: { id: agent.id }, typing: true })

    writing.send({ type: 'mark', conversationId, readSeq: 3 })
    expect(await working.next(isOf('marks', conversationId))).toMatchObject({ marks: { contactReadSeq: 3 } })

    const colleague = await connect(company.url, '/ws/agent', lead.credentials)
    peers.push(colleague)
    await colleague.next(({ type }) => type === 'ready')
    working.send({ type: 'view', conversationId })
    expect(await colleague.next(isOf('viewers', conversationId))).toMatchObject({ agentIds: [agent.id] })

    await must('POST', `/api/v1/conversations/${conversationId}/notes`, lead.credentials, {
      clientKey: uuidv7(),
      text: 'between us',
    })
    await working.next((frame) => JSON.stringify(frame).includes('between us'))
    await settle(visitor, writing, working)
    expect(JSON.stringify(writing.frames)).not.toContain('between us')
  })

  test('a visitor with a tab on each process is online until both are closed', async () => {
    const visitor = await company.visitor()
    const working = await agentThere()
    const first = await visitorHere(visitor.token)
    const second = await visitorHere(visitor.token, there)
    const said = (): unknown[] =>
      working.frames
        .filter((frame) => frame.type === 'online' && frame['contactId'] === visitor.contactId)
        .map((frame) => frame['online'])
    const isSaid = (online: boolean, times: number) => () => said().filter((one) => one === online).length >= times
    await vi.waitUntil(isSaid(true, 2))
    first.close()
    await vi.waitUntil(isSaid(true, 3), { timeout: 10_000 })
    expect(said().at(-1)).toBe(true)
    second.close()
    await vi.waitUntil(isSaid(false, 2), { timeout: 10_000 })
    expect(said().at(-1)).toBe(false)
  })

  test('what one process changes of access closes sockets of the other', async () => {
    const visitor = await company.visitor()
    const writing = await visitorHere(visitor.token)
    const spare = await agentThere(company.spare.credentials)
    const blocked = await fetch(`${there}/api/v1/contacts/${visitor.contactId}/block`, {
      method: 'POST',
      headers: { ...lead.credentials, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ blocked: true }),
    })
    expect(blocked.status).toBe(200)
    await must('PATCH', `/api/v1/agents/${company.spare.id}`, company.admin.credentials, {
      teamIds: [company.teams.first],
    })
    expect(await writing.next(({ type }) => type === 'ended')).toMatchObject({ reason: 'blocked' })
    expect(await Promise.all([writing.closed, spare.closed])).toEqual([4011, 4010])
  })

  test('whoever lost access while hints were missed is shown out; the others catch up', async () => {
    const [visitor, other] = [await company.visitor(), await company.visitor()]
    const [writing, staying] = [await visitorHere(visitor.token), await visitorHere(other.token)]
    const [outsider, working] = [await agentThere(company.outsider.credentials), await agentThere()]
    // As another process does it, whose hints nobody heard because Redis was away.
    await db.updateTable('contacts').set({ blocked_at: new Date() }).where('id', '=', visitor.contactId).execute()
    await db.updateTable('agents').set({ disabled_at: new Date() }).where('id', '=', company.outsider.id).execute()
    const third = new Redis(redis.url)
    await third.publish('qiao:bus', JSON.stringify({ from: 'a third process', gap: true }))
    third.disconnect()
    expect(await writing.next(({ type }) => type === 'ended')).toMatchObject({ reason: 'blocked' })
    expect(await Promise.all([writing.closed, outsider.closed])).toEqual([4011, 4010])
    for (const peer of [staying, working]) await peer.next(({ type }) => type === 'resync')
    expect(outsider.frames.map(({ type }) => type)).not.toContain('resync')
    await settle(other, staying, working)
  })
})
