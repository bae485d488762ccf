import { outlookWhenAllWait } from '@qiao/routing'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'

const company = await startCompany()
const { db, call, must, admin, lead, agent, teams } = company
const boss = admin.credentials
const ids = { queue: '', other: '', skill: '' }
const path = '/api/v1/routing/simulations'
const all = (agents: number): number[] => Array.from({ length: 48 }, () => agents)
const handleSeconds = 180
const even = (perHour: number) => ({
  from: 'process',
  perHour: Array.from({ length: 24 }, () => perHour),
  handleSeconds,
  patienceSeconds: null,
})

beforeAll(async () => {
  const make = async (name: string, settings: object) =>
    (await must('POST', '/api/v1/queues', boss, { name, settings })).id as string
  ids.skill = (await must('POST', '/api/v1/skills', boss, { name: 'Tea' })).id
  ids.queue = await make('Simulated', { groups: [{ teamIds: [teams.first] }], selection: 'longest-idle' })
  ids.other = await make('Not of the lead', { groups: [{ teamIds: [teams.second] }] })
  const profile = { number: null, profileId: null, languages: ['zh'], skills: [], weight: 100, version: 1 }
  for (const { id } of [lead, agent]) await must('PUT', `/api/v1/agents/${id}/routing-profile`, boss, profile)
})

test('a process agrees with Erlang C, and more staff is shown to serve better', async () => {
  const body = {
    queueId: ids.queue,
    arrivals: even(100),
    staffing: all(7),
    changed: { staffing: all(9) },
    concurrency: 1,
    seeds: 20,
  }
  const { now, changed, seeds } = await must('POST', path, lead.credentials, body)
  expect(seeds).toBe(20)
  const wanted = outlookWhenAllWait({ arrivalsPerSecond: 100 / 3600, handleSeconds }, 7)
  expect(now.offered.mean).toBeGreaterThan(2300)
  expect(now.serviceLevel.low).toBeLessThan(wanted?.serviceLevel(60) ?? 0)
  expect(now.serviceLevel.high).toBeGreaterThan(wanted?.serviceLevel(60) ?? 1)
  expect(now.asaSeconds.low).toBeLessThan(wanted?.asaSeconds ?? 0)
  expect(now.asaSeconds.high).toBeGreaterThan(wanted?.asaSeconds ?? 0)
  expect(changed.serviceLevel.low).toBeGreaterThan(now.serviceLevel.high)
  expect(changed.offered).toEqual(now.offered)
  expect(now.intervals).toHaveLength(48)
  expect(now.intervals[3]).toMatchObject({ minute: 90, staffed: 7 })
  const offered = now.intervals.reduce((sum: number, one: { offered: number }) => sum + one.offered, 0)
  expect(offered).toBeCloseTo(now.offered.mean, 6)
}, 60_000)

test('without a change both are the same; nobody on the staff serves nobody', async () => {
  const body = { queueId: ids.queue, arrivals: even(20), staffing: all(2), changed: {}, seeds: 2 }
  const { now, changed } = await must('POST', path, boss, body)
  expect(changed).toEqual(now)
  const { changed: closed } = await must('POST', path, boss, { ...body, changed: { staffing: all(0) } })
  expect(closed.serviceLevel).toEqual({ mean: 0, low: 0, high: 0 })
}, 60_000)

test('a step that asks for what nobody has is waited out', async () => {
  const steps = [{ needs: [{ skillId: ids.skill, level: 1 }], seconds: 600 }, { needs: [] }]
  const body = { queueId: ids.queue, arrivals: even(20), staffing: all(5), changed: { settings: { steps } }, seeds: 2 }
  const { now, changed } = await must('POST', path, boss, body)
  expect(now.asaSeconds.mean).toBeLessThan(30)
  expect(changed.asaSeconds.low).toBeGreaterThan(599)
}, 60_000)

test('history is replayed as it was recorded: arrivals, handling and how long people wait', async () => {
  const { conversationId } = await company.visitor()
  const day = Date.parse('2026-03-02T00:00:00.000Z')
  const stays = Array.from({ length: 240 }, (_, index) => {
    const entered = day + index * 6 * 60_000
    const gaveUp = index % 10 === 9
    const times = {
      created_at: new Date(entered),
      entered_at: new Date(entered),
      left_queue_at: new Date(entered + 20_000),
    }
    const stay = {
      id: uuidv7(),
      conversation_id: conversationId,
      purpose: 'serve',
      queue_id: ids.queue,
      channel: 'web',
    }
    const answered = { agent_id: agent.id, accepted_at: times.left_queue_at, queue_outcome: 'answered' }
    return {
      ...stay,
      ...times,
      state: 'ended',
      ended_at: new Date(entered + 20_000 + (gaveUp ? 0 : 300_000)),
      ...(gaveUp ? { agent_id: null, accepted_at: null, queue_outcome: 'abandoned' } : answered),
    }
  })
  await db.insertInto('work_items').values(stays).execute()
  const arrivals = {
    from: 'history',
    since: new Date(day).toISOString(),
    until: new Date(day + 86_400_000).toISOString(),
  }
  const body = { queueId: ids.queue, arrivals, staffing: all(1), changed: { concurrency: 1 }, concurrency: 2, seeds: 3 }
  const { now, changed } = await must('POST', path, boss, body)
  expect(now.offered).toEqual({ mean: 240, low: 240, high: 240 })
  expect(now.intervals.map(({ offered }: { offered: number }) => offered)).toEqual(all(5))
  // One who comes every six minutes and stays for five is served at once, one at a time.
  expect(changed.abandonment.mean).toBe(0)
  expect(changed.asaSeconds.mean).toBe(0)
  const nobody = { ...arrivals, since: '2025-03-02T00:00:00.000Z', until: '2025-03-03T00:00:00.000Z' }
  expect((await call('POST', path, boss, { ...body, arrivals: nobody })).body.issues[0].path).toBe('body.arrivals')
  const years = { ...arrivals, since: '2020-03-02T00:00:00.000Z' }
  expect((await call('POST', path, boss, { ...body, arrivals: years })).body.issues[0].path).toBe('body.arrivals.until')
}, 60_000)

test('what is too large is refused, and a lead asks about the queues of their teams only', async () => {
  const body = { queueId: ids.queue, arrivals: even(10_000), staffing: all(500), changed: {} }
  expect((await call('POST', path, boss, body)).body.issues[0]).toMatchObject({ path: 'body.arrivals' })
  expect((await call('POST', path, lead.credentials, { ...body, queueId: ids.other })).code).toBe('not-found')
  expect((await call('POST', path, agent.credentials, body)).code).toBe('forbidden')
})

test('the server answers others meanwhile', async () => {
  const body = { queueId: ids.queue, arrivals: even(200), staffing: all(20), changed: {}, seeds: 6 }
  const done: string[] = []
  const simulation = must('POST', path, boss, body).then(() => done.push('simulation'))
  for (let turn = 0; turn < 5; turn += 1)
    await must('GET', '/api/v1/routing/settings', boss).then(() => done.push('other'))
  await simulation
  expect(done.indexOf('simulation')).toBe(5)
}, 60_000)
