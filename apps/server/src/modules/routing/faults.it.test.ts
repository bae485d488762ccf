import type { Conversation, Offer } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterEach, expect, test, vi } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { connect, type Peer } from '../../testing/socket-peer.ts'
import { claimOffers } from './claim-offers.ts'

/** What goes wrong or was set up badly, each with its outcome: nobody is lost, served twice, or waits for ever unseen. */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { must, call, db, pool, admin, agent, lead, spare, inboxes } = company
type Person = typeof agent

const patience = { timeout: 20_000, interval: 100 }
const peers: Peer[] = []
const met: string[] = []
const key = () => ({ clientKey: uuidv7() })
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close()
  for (const { credentials, id } of [agent, lead]) {
    await must('PUT', '/api/v1/routing/me/state', credentials, { state: 'offline' })
    await takesPart(id, {})
  }
  for (const id of met.splice(0))
    await must('POST', `/api/v1/conversations/${id}/close`, admin.credentials, { ...key(), reason: 'resolved' })
})

/** How much an agent takes and what they can. */
async function takesPart(id: string, given: { profileId?: string; skills?: object[] }) {
  const { agents } = await must('GET', '/api/v1/routing/settings', admin.credentials)
  const { version } = agents.find(({ agentId }: { agentId: string }) => agentId === id)
  const blank = { number: null, profileId: null, languages: [], skills: [], weight: 100 }
  await must('PUT', `/api/v1/agents/${id}/routing-profile`, admin.credentials, { ...blank, version, ...given })
}
const profile = async (units: number) =>
  must('POST', '/api/v1/capacity-profiles', admin.credentials, {
    name: uuidv7(),
    standard: false,
    units,
    channels: { '*': { units: 20, most: 5, interruptedBy: [] } },
    pickMarginUnits: 0,
  })
async function queueOf(people: readonly Person[], settings: object = {}, calendarId: string | null = null) {
  const groups = [{ agentIds: people.map(({ id }) => id) }]
  const fields = { name: uuidv7(), calendarId, settings: { groups, ...settings } }
  return must('POST', '/api/v1/queues', admin.credentials, fields)
}
/** Whoever writes from now on waits in this queue. */
async function open(...given: Parameters<typeof queueOf>) {
  const queue = await queueOf(...given)
  const all = (await must('GET', '/api/v1/inboxes', admin.credentials)).inboxes
  const inbox = all.find(({ id }: { id: string }) => id === inboxes.first.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: inbox.version,
    settings: { ...inbox.settings, routing: { queueId: queue.id, departments: [] } },
  })
  return queue
}
async function arrive() {
  const visitor = await company.visitor()
  met.push(visitor.conversationId)
  return visitor
}
async function sit(person: Person): Promise<Peer> {
  const { credentials } = person
  const peer = await connect(company.url, '/ws/agent', credentials)
  peers.push(peer)
  // Of a second device nobody is told: they were here already.
  await peer.next((frame) => frame.type === 'ready')
  await expect.poll(async () => (await stateOf(person)).present, patience).toBe(true)
  await must('PUT', '/api/v1/routing/me/state', credentials, { state: 'available' })
  return peer
}
const offerOf = async (peer: Peer, { conversationId }: { conversationId: string }): Promise<Offer> =>
  (await peer.next((frame) => frame.type === 'offer' && (frame['offer'] as Offer).conversationId === conversationId))[
    'offer'
  ] as Offer
const accept = ({ credentials }: Person, { id }: Offer) =>
  must('POST', `/api/v1/offers/${id}/accept`, credentials, key())
const close = ({ credentials }: Person, { conversationId: id }: { conversationId: string }) =>
  must('POST', `/api/v1/conversations/${id}/close`, credentials, { ...key(), reason: 'resolved' })
const ended = (peer: Peer, { id }: Offer) =>
  peer.next((frame) => frame.type === 'offer-ended' && frame['offerId'] === id)
async function holdFirst(person: Person, peer: Peer) {
  const visitor = await arrive()
  await accept(person, await offerOf(peer, visitor))
  return visitor
}
const staysOf = ({ conversationId }: { conversationId: string }) =>
  db.selectFrom('work_items').selectAll().where('conversation_id', '=', conversationId).orderBy('id').execute()
const statesOf = async (visitor: { conversationId: string }) => (await staysOf(visitor)).map(({ state }) => state)
const conversationOf = async ({ conversationId: id }: { conversationId: string }): Promise<Conversation> =>
  (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation
const stateOf = async ({ credentials }: Person) => (await must('GET', '/api/v1/routing/me', credentials)).state
/** Why this agent does not get who waits there. */
const excludes = async ({ conversationId: id }: { conversationId: string }, { id: agentId }: Person) => {
  const { now } = await must('GET', `/api/v1/conversations/${id}/routing`, admin.credentials)
  return now?.candidates.find((one: { agentId: string }) => one.agentId === agentId)?.excluded
}
const alarmsOf = async (queueId: string) => {
  const { queues } = await must('GET', '/api/v1/routing/board', lead.credentials)
  const { alarms } = queues.find((queue: { queueId: string }) => queue.queueId === queueId)
  return alarms.map(({ kind, itemId }: { kind: string; itemId: string }) => ({ kind, itemId }))
}
/** It waits again, as long as before. */
async function waitsAgain(visitor: { conversationId: string }): Promise<void> {
  await expect.poll(() => statesOf(visitor), patience).toEqual(['ended', 'waiting'])
  const [before, now] = await staysOf(visitor)
  expect(now).toMatchObject({ created_at: before?.created_at, previous_id: before?.id, agent_id: null })
  expect(await conversationOf(visitor)).toMatchObject({ assigneeId: null, queue: { itemId: now?.id } })
}
const never = { name: 'Never', timeZone: 'UTC', weekly: Array.from({ length: 7 }, () => []), holidays: [] }

test('a skill that nobody has alarms the lead, and whoever gets it gets the work', async () => {
  const skill = await must('POST', '/api/v1/skills', admin.credentials, { name: uuidv7() })
  const steps = [{ needs: [{ skillId: skill.id, level: 3 }], seconds: 0 }]
  const queue = await open([agent], { steps })
  const peer = await sit(agent)
  const visitor = await arrive()
  const [stay] = await staysOf(visitor)
  await expect.poll(() => alarmsOf(queue.id), patience).toEqual([{ kind: 'nobody-can-take', itemId: stay?.id }])
  expect(await excludes(visitor, agent)).toBe('skill-missing')
  await takesPart(agent.id, { skills: [{ skillId: skill.id, level: 3 }] })
  await accept(agent, await offerOf(peer, visitor))
  await expect.poll(() => alarmsOf(queue.id), patience).toEqual([])
})

test('without capacity nothing is offered, and by hand no more is picked than the margin allows', async () => {
  const empty = await profile(0)
  await takesPart(agent.id, { profileId: empty.id })
  const queue = await open([agent])
  await sit(agent)
  const [first, second] = [await arrive(), await arrive()]
  const [stay] = await staysOf(first)
  await expect.poll(() => alarmsOf(queue.id), patience).toContainEqual({ kind: 'nobody-can-take', itemId: stay?.id })
  expect(await excludes(first, agent)).toBe('no-room')
  const pick = ({ conversationId: id }: typeof first) =>
    call('POST', `/api/v1/conversations/${id}/assign`, agent.credentials, { ...key(), agentId: agent.id })
  expect((await pick(first)).code).toBe('over-capacity')
  expect(await statesOf(first)).toEqual(['waiting'])
  await must('PUT', `/api/v1/capacity-profiles/${empty.id}`, admin.credentials, { ...empty, pickMarginUnits: 20 })
  expect((await pick(first)).code).toBe(null)
  expect((await pick(second)).code).toBe('over-capacity')
  const offers = await db.selectFrom('offers').select('id').where('item_id', '=', String(stay?.id)).execute()
  expect(offers).toEqual([])
})

test('an agent on two devices hears on both, and is there until the last one is closed', async () => {
  await open([agent])
  const [phone, desk] = [await sit(agent), await sit(agent)]
  const visitor = await arrive()
  const offer = await offerOf(phone, visitor)
  expect((await offerOf(desk, visitor)).id).toBe(offer.id)
  await accept(agent, offer)
  for (const peer of [phone, desk]) expect(await ended(peer, offer)).toMatchObject({ outcome: 'accepted' })
  const sockets = async () =>
    (await db.selectFrom('agent_sockets').select('id').where('agent_id', '=', agent.id).execute()).length
  phone.close()
  await expect.poll(sockets, patience).toBe(1)
  expect(await stateOf(agent)).toMatchObject({ present: true, state: 'available' })
  desk.close()
  await expect.poll(async () => (await stateOf(agent)).present, patience).toBe(false)
})

test('a socket that comes back within the grace changes neither the state nor the work', async () => {
  await open([agent])
  const peer = await sit(agent)
  const visitor = await holdFirst(agent, peer)
  const since = new Date()
  for (let turn = 0; turn < 3; turn += 1) {
    peers.at(-1)?.close()
    await expect.poll(async () => (await stateOf(agent)).present, patience).toBe(false)
    peers.push(await connect(company.url, '/ws/agent', agent.credentials))
    await expect.poll(async () => (await stateOf(agent)).present, patience).toBe(true)
  }
  const stretches = await db
    .selectFrom('agent_states')
    .select(['state', 'present'])
    .where('agent_id', '=', agent.id)
    .where('since', '>=', since)
    .orderBy('id')
    .execute()
  expect(stretches.map(({ present, state }) => [present, state])).toEqual(
    Array.from({ length: 6 }, (_, at) => [at % 2 === 1, 'available']),
  )
  expect(await staysOf(visitor)).toMatchObject([{ state: 'held', agent_id: agent.id }])
})

test('an offer rings on for who only loads the page again', async () => {
  await open([agent], { offer: { seconds: 60 } })
  const offer = await offerOf(await sit(agent), await arrive())
  const endOf = () => db.selectFrom('offers').select('expires_at').where('id', '=', offer.id).executeTakeFirst()
  const end = await endOf()
  peers.at(-1)?.close()
  await expect.poll(endOf, patience).not.toEqual(end)
  peers.push(await connect(company.url, '/ws/agent', agent.credentials))
  await expect.poll(endOf, patience).toEqual(end)
})

test('the work of an agent who is gone for longer waits again at its old place', async () => {
  await open([agent], { agentGraceSeconds: 1 })
  const peer = await sit(agent)
  const visitor = await holdFirst(agent, peer)
  peer.close()
  await waitsAgain(visitor)
  const { waitingSince } = await offerOf(await sit(agent), visitor)
  expect(waitingSince).toBe((await staysOf(visitor))[0]?.created_at.toISOString())
})

/** The visitor's page is open. */
async function look({ token }: { token: string }): Promise<Peer> {
  const peer = await connect(company.url, '/ws/visitor')
  peers.push(peer)
  peer.send({ type: 'hello', token })
  await peer.next((frame) => frame.type === 'ready')
  return peer
}

test('a customer who is back within the grace keeps the place', async () => {
  await open([])
  const visitor = await arrive()
  const [before] = await staysOf(visitor)
  const away = async () => (await staysOf(visitor))[0]?.customer_gone_at !== null
  const page = await look(visitor)
  page.close()
  await expect.poll(away, patience).toBe(true)
  await look(visitor)
  await expect.poll(away, patience).toBe(false)
  expect(await staysOf(visitor)).toMatchObject([{ id: before?.id, state: 'waiting', channel: 'web' }])
})

test('a customer who is away for longer leaves a message, and waits live again once they are back', async () => {
  await open([], { customerGraceSeconds: 1 })
  const visitor = await arrive()
  const channel = async () => (await conversationOf(visitor)).queue?.channel
  const page = await look(visitor)
  page.close()
  await expect.poll(channel, patience).toBe('message')
  await look(visitor)
  await expect.poll(channel, patience).toBe('web')
  const stays = await staysOf(visitor)
  expect(stays.map(({ state }) => state)).toEqual(['ended', 'ended', 'waiting'])
  expect(stays[0]).toMatchObject({ queue_outcome: 'abandoned' })
  expect(stays[1]?.created_at).toEqual(stays[0]?.created_at)
})

test('who waits too long or finds the queue full goes on to the next queue', async () => {
  const next = await queueOf([])
  const to = { to: 'queue', queueId: next.id }
  await open([], { limits: { length: 1, waitSeconds: 1 }, overflow: { whenLong: to, whenFull: to } })
  const [first, second] = [await arrive(), await arrive()]
  expect(await staysOf(second)).toMatchObject([{ queue_id: next.id, state: 'waiting' }])
  await expect.poll(() => statesOf(first), patience).toEqual(['ended', 'waiting'])
  const [before, now] = await staysOf(first)
  expect(before).toMatchObject({ queue_outcome: 'overflowed' })
  expect(now).toMatchObject({ queue_id: next.id, created_at: before?.created_at })
})

test('outside the hours it is a message, also for those who waited when they ended', async () => {
  const calendar = await must('POST', '/api/v1/calendars', admin.credentials, never)
  await open([], {}, calendar.id)
  expect(await conversationOf(await arrive())).toMatchObject({ queue: { channel: 'message' } })
  const queue = await open([])
  const visitor = await arrive()
  expect(await conversationOf(visitor)).toMatchObject({ queue: { channel: 'web' } })
  await must('PUT', `/api/v1/queues/${queue.id}`, admin.credentials, { ...queue, calendarId: calendar.id })
  await expect.poll(async () => (await conversationOf(visitor)).queue?.channel, patience).toBe('message')
  expect((await staysOf(visitor))[0]).toMatchObject({ state: 'ended', queue_outcome: 'closed' })
})

test('a timed wrap-up takes room until it ends by itself', async () => {
  await takesPart(agent.id, { profileId: (await profile(20)).id })
  await open([agent], { wrapUp: { mode: 'timed', seconds: 5 } })
  const peer = await sit(agent)
  const first = await holdFirst(agent, peer)
  const second = await arrive()
  await close(agent, first)
  expect(await stateOf(agent)).toMatchObject({ unitsUsed: 20, held: [{ state: 'wrap-up' }] })
  const offer = await offerOf(peer, second)
  const [done] = await staysOf(first)
  expect(done).toMatchObject({ state: 'ended' })
  expect(Date.parse(offer.madeAt)).toBeGreaterThanOrEqual(Number(done?.wrapped_at))
  expect(Number(done?.wrapped_at)).toBeGreaterThanOrEqual(Number(done?.wrap_until))
})

test('a mandatory wrap-up takes room until the agent says what became of it', async () => {
  await takesPart(agent.id, { profileId: (await profile(20)).id })
  await open([agent], { wrapUp: { mode: 'mandatory', seconds: 5, needsDisposition: true } })
  const names = { zh: '已退款', en: 'Refunded' }
  const disposition = await must('POST', '/api/v1/disposition-codes', admin.credentials, { names, queueIds: [] })
  const peer = await sit(agent)
  const first = await holdFirst(agent, peer)
  const second = await arrive()
  await close(agent, first)
  const [stay] = await staysOf(first)
  expect(stay).toMatchObject({ state: 'wrap-up', wrap_until: null })
  expect(await excludes(second, agent)).toBe('no-room')
  const done = (body: object) =>
    call('POST', `/api/v1/work-items/${stay?.id}/wrap-up`, agent.credentials, { ...key(), ...body })
  expect((await done({})).code).toBe('disposition-needed')
  expect((await done({ dispositionId: uuidv7() })).code).toBe('invalid-input')
  expect(await excludes(second, agent)).toBe('no-room')
  expect((await done({ dispositionId: disposition.id })).body).toMatchObject({ state: 'ended' })
  await offerOf(peer, second)
  expect((await done({ dispositionId: disposition.id })).code).toBe('wrap-up-over')
})

test('a silent customer frees the units, and takes them back by writing', async () => {
  await open([agent], { silentAfterMinutes: 1 })
  const visitor = await holdFirst(agent, await sit(agent))
  const write = (path: string, credentials: Record<string, string>, body: object) =>
    must('POST', path, credentials, { ...key(), content: { type: 'text', text: 'hello' }, ...body })
  await write(`/api/v1/conversations/${visitor.conversationId}/messages`, agent.credentials, {})
  await db
    .updateTable('conversations')
    .set({ last_activity_at: new Date(Date.now() - 61_000) })
    .where('id', '=', visitor.conversationId)
    .execute()
  const units = async () => (await stateOf(agent)).unitsUsed
  await expect.poll(units, patience).toBe(0)
  expect((await stateOf(agent)).held).toMatchObject([{ state: 'held', silent: true }])
  await write('/api/client/v1/messages', visitor.credentials, { conversationId: visitor.conversationId })
  await expect.poll(units, patience).toBe(20)
})

test('two routers of the same opinion make one offer', async () => {
  const queue = await open([agent])
  await must('PUT', `/api/v1/queues/${queue.id}/pause`, admin.credentials, { paused: true })
  const peer = await sit(agent)
  const visitor = await arrive()
  const [stay] = await staysOf(visitor)
  const { gained } = await db
    .selectFrom('agent_work')
    .select('gained')
    .where('agent_id', '=', agent.id)
    .executeTakeFirstOrThrow()
  const itemId = String(stay?.id)
  const claim = {
    decided: { itemId, agentIds: [agent.id], step: 0, score: 0, policy: 'most-free', preferred: false },
    queueId: queue.id,
    itemVersion: Number(stay?.version),
    seenBefore: '7',
    agentsGained: new Map([[agent.id, gained]]),
    expiresAt: new Date(Date.now() + 60_000),
    chosenBy: 'router',
    candidates: [],
  } as const
  const made = (await Promise.all([claim, claim, claim].map((one) => claimOffers(pool, [one], new Date())))).flat()
  expect(made).toMatchObject([{ agentId: agent.id, offer: { itemId, conversationId: visitor.conversationId } }])
  // What the claim answers with is what its agent reads.
  expect((await must('GET', '/api/v1/routing/me', agent.credentials)).offers).toEqual(made.map(({ offer }) => offer))
  // Who comes later knows as little, and is refused as well.
  expect(await claimOffers(pool, [claim], new Date())).toEqual([])
  const offers = await db.selectFrom('offers').select('outcome').where('item_id', '=', itemId).execute()
  expect(offers).toEqual([{ outcome: null }])
  const [offer] = (await must('GET', '/api/v1/routing/me', agent.credentials)).offers
  await accept(agent, offer)
  expect(await staysOf(visitor)).toMatchObject([{ state: 'held', agent_id: agent.id }])
  expect(peer.frames.filter(({ type }) => type === 'offer')).toEqual([])
})

test('of those at whom it rings together the first gets it, and the others are told', async () => {
  await open([agent, lead], { selection: 'ring-all' })
  const [first, second] = [await sit(agent), await sit(lead)]
  const visitor = await arrive()
  const [offer, other] = [await offerOf(first, visitor), await offerOf(second, visitor)]
  expect([offer.shared, other.shared]).toEqual([true, true])
  await accept(lead, other)
  expect(await ended(first, offer)).toMatchObject({ outcome: 'withdrawn' })
  expect(await ended(second, other)).toMatchObject({ outcome: 'accepted' })
  expect((await call('POST', `/api/v1/offers/${offer.id}/accept`, agent.credentials, key())).code).toBe('offer-over')
  expect(await staysOf(visitor)).toMatchObject([{ state: 'held', agent_id: lead.id }])
  expect(await stateOf(agent)).toMatchObject({ unitsUsed: 0, held: [] })
})

test('a disabled agent is offline, and all their work goes on without them at once', async () => {
  await open([spare, agent], { whenAgentGone: 'keep', agentGraceSeconds: 3600, wrapUp: { mode: 'mandatory' } })
  const peer = await sit(spare)
  const held = await holdFirst(spare, peer)
  const wrapped = await holdFirst(spare, peer)
  await close(spare, wrapped)
  const shared = await holdFirst(spare, peer)
  await must('POST', `/api/v1/conversations/${shared.conversationId}/take-over`, admin.credentials, key())
  const path = `/api/v1/conversations/${shared.conversationId}`
  await must('POST', `${path}/participants`, admin.credentials, { ...key(), agentId: spare.id })
  await must('POST', `${path}/consults`, admin.credentials, { ...key(), agentId: spare.id, text: 'may I?' })
  expect((await stateOf(spare)).held).toHaveLength(4)
  await must('PATCH', `/api/v1/agents/${spare.id}`, admin.credentials, { disabled: true })
  await peer.next((frame) => frame.type === 'signed-out')
  expect(await peer.closed).toBe(4010)
  await waitsAgain(held)
  await expect.poll(() => statesOf(wrapped), patience).toEqual(['ended'])
  await expect
    .poll(() => conversationOf(shared), patience)
    .toMatchObject({ assigneeId: admin.id, participantIds: [], consults: [] })
  const work = () =>
    db.selectFrom('agent_work').select(['state', 'present']).where('agent_id', '=', spare.id).executeTakeFirst()
  await expect.poll(work, patience).toEqual({ state: 'offline', present: false })
  await offerOf(await sit(agent), held)
})
