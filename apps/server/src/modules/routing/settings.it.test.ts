import { queueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'

const company = await startCompany()
const { db, call, must, admin, agent } = company
const boss = admin.credentials
const named = (word: string) => `${word} ${uuidv7()}`
const read = () => must('GET', '/api/v1/routing/settings', agent.credentials)
const addQueue = (body: object = {}) => must('POST', '/api/v1/queues', boss, { name: named('Queue'), ...body })
const addSkill = () => must('POST', '/api/v1/skills', boss, { name: named('Skill') })
const auditOf = async (id: string) => {
  const rows = await db.selectFrom('audit_events').selectAll().where('target_id', '=', id).orderBy('id').execute()
  return rows.map((row) => row.action)
}
const profile = { units: 100, channels: {}, pickMarginUnits: 0 }
const standards = async () =>
  (await read()).profiles.filter((one: { standard: boolean }) => one.standard).map((one: { id: string }) => one.id)

test('a queue is made with defaults; of two edits of one version the later is refused, and the log has them', async () => {
  const queue = await addQueue()
  expect(queue).toMatchObject({ version: 1, pausedAt: null, calendarId: null, settings: queueSettings.parse({}) })
  const url = `/api/v1/queues/${queue.id}`
  const settings = { wrapUp: { mode: 'timed' } }
  const changed = await must('PUT', url, boss, { name: queue.name, settings, version: 1 })
  expect(changed).toMatchObject({
    version: 2,
    changedBy: admin.id,
    settings: { wrapUp: { mode: 'timed', seconds: 60 } },
  })
  expect((await call('PUT', url, boss, { name: queue.name, version: 1 })).code).toBe('changed-meanwhile')
  expect((await call('POST', '/api/v1/queues', boss, { name: queue.name.toUpperCase() })).code).toBe('conflict')
  expect((await read()).queues).toContainEqual(changed)
  expect(await auditOf(queue.id)).toEqual(['queue.created', 'queue.changed'])
  const events = await db.selectFrom('routing_events').select(['kind', 'body']).orderBy('id').execute()
  const told = { queueId: queue.id, name: queue.name, byAgentId: admin.id }
  expect(events.filter(({ body }) => (body as { queueId: string }).queueId === queue.id)).toEqual([
    { kind: 'queue.changed', body: { ...told, change: 'created' } },
    { kind: 'queue.changed', body: { ...told, change: 'changed' } },
  ])
})

test('what a queue names must exist; the refusal says where', async () => {
  const gone = uuidv7()
  const wrong: [object, string][] = [
    [{ calendarId: gone }, 'body.calendarId'],
    [{ settings: { groups: [{}, { teamIds: [company.teams.first, gone] }] } }, 'body.settings.groups.1.teamIds.1'],
    [{ settings: { groups: [{ agentIds: [gone] }] } }, 'body.settings.groups.0.agentIds.0'],
    [{ settings: { steps: [{ needs: [{ skillId: gone, level: 3 }] }] } }, 'body.settings.steps.0.needs.0.skillId'],
    [
      { settings: { overflow: { whenLong: { to: 'queue', queueId: gone } } } },
      'body.settings.overflow.whenLong.queueId',
    ],
  ]
  for (const [body, path] of wrong) {
    const answer = await call('POST', '/api/v1/queues', boss, { name: named('Wrong'), ...body })
    expect([answer.status, answer.body.issues?.[0]?.path]).toEqual([422, path])
  }
  const { id, name } = await addQueue()
  const itself = { overflow: { whenFull: { to: 'queue', queueId: id } } }
  expect((await call('PUT', `/api/v1/queues/${id}`, boss, { name, settings: itself, version: 1 })).status).toBe(422)
  const inbox = { name: 'Inbox', settings: { routing: { queueId: gone } } }
  expect((await call('POST', '/api/v1/inboxes', boss, inbox)).code).toBe('queue-not-found')
})

test('a team that was deleted does not stand in the way of an edit', async () => {
  const team = await must('POST', '/api/v1/teams', boss, { name: named('Team') })
  const { id } = await addQueue({ settings: { groups: [{ teamIds: [team.id, company.teams.first] }] } })
  await must('DELETE', `/api/v1/teams/${team.id}`, boss)
  const queue = (await read()).queues.find((one: { id: string }) => one.id === id)
  expect(queue.settings.groups[0].teamIds).toEqual([company.teams.first])
  const { name, settings, version } = queue
  await must('PUT', `/api/v1/queues/${id}`, boss, { name, settings, version })
})

test('a deleted queue leaves inboxes and overflows, and its name is free again', async () => {
  const [gone, instead] = [await addQueue(), await addQueue()]
  const overflow = { whenLong: { to: 'queue', queueId: gone.id } }
  const other = await addQueue({ settings: { overflow } })
  const routing = { queueId: gone.id, departments: [{ teamId: company.teams.first, queueId: gone.id }] }
  const inbox = await must('POST', '/api/v1/inboxes', boss, { name: 'Routed', settings: { routing } })
  expect((await call('DELETE', `/api/v1/queues/${gone.id}?moveTo=${gone.id}`, boss)).code).toBe('queue-not-found')
  await must('DELETE', `/api/v1/queues/${gone.id}?moveTo=${instead.id}`, boss)
  const find = async (path: string, list: string, id: string) =>
    (await must('GET', path, boss))[list].find((one: { id: string }) => one.id === id)
  const inboxNow = await find('/api/v1/inboxes', 'inboxes', inbox.id)
  expect(inboxNow).toMatchObject({ version: 2, settings: { routing: { queueId: instead.id } } })
  expect(inboxNow.settings.routing.departments).toEqual([{ teamId: company.teams.first, queueId: instead.id }])
  const whenLong = async () =>
    (await find('/api/v1/routing/settings', 'queues', other.id)).settings.overflow.whenLong as unknown
  expect(await whenLong()).toEqual({ to: 'queue', queueId: instead.id })
  expect(await find('/api/v1/routing/settings', 'queues', gone.id)).toBeUndefined()
  await must('DELETE', `/api/v1/queues/${instead.id}`, boss)
  expect(await whenLong()).toEqual({ to: 'wait' })
  const cleaned = await find('/api/v1/inboxes', 'inboxes', inbox.id)
  expect(cleaned.settings.routing).toEqual({ queueId: null, departments: [] })
  expect((await call('DELETE', `/api/v1/queues/${gone.id}`, boss)).code).toBe('not-found')
  await addQueue({ name: gone.name })
  expect(await auditOf(gone.id)).toEqual(['queue.created', 'queue.deleted'])
})

test('a deleted skill is asked for nowhere any more', async () => {
  const [gone, kept] = [await addSkill(), await addSkill()]
  const needs = [gone, kept].map(({ id: skillId }) => ({ skillId, level: 2 }))
  const { id } = await addQueue({ settings: { steps: [{ needs, seconds: 10 }, { needs: [needs[0]] }] } })
  await must('PUT', `/api/v1/skills/${kept.id}`, boss, { name: named('Renamed') })
  await must('DELETE', `/api/v1/skills/${gone.id}`, boss)
  const { queues, skills } = await read()
  const { steps } = queues.find((one: { id: string }) => one.id === id).settings
  expect(steps).toMatchObject([{ needs: [needs[1]], seconds: 10 }, { needs: [] }])
  expect(skills.map((one: { id: string }) => one.id)).not.toContain(gone.id)
  expect((await call('POST', '/api/v1/skills', boss, { name: (await addSkill()).name })).code).toBe('conflict')
  expect(await auditOf(gone.id)).toEqual(['skill.created', 'skill.deleted'])
})

test('exactly one capacity profile is the standard', async () => {
  const [old] = await standards()
  const body = { name: 'Half', standard: true, ...profile }
  const made = await must('POST', '/api/v1/capacity-profiles', boss, body)
  expect(await standards()).toEqual([made.id])
  const url = `/api/v1/capacity-profiles/${made.id}`
  expect((await call('DELETE', url, boss)).code).toBe('conflict')
  expect((await call('PUT', url, boss, { ...body, standard: false, version: 1 })).code).toBe('conflict')
  expect((await call('PUT', url, boss, { ...body, version: 7 })).code).toBe('changed-meanwhile')
  const race = await Promise.all(
    [1, 2, 3].map(() => call('POST', '/api/v1/capacity-profiles', boss, { ...body, name: named('Race') })),
  )
  expect(race.some(({ status }) => status === 201)).toBe(true)
  expect(race.every(({ status, code }) => status === 201 || code === 'conflict')).toBe(true)
  expect(await standards()).toHaveLength(1)
  await must('DELETE', `/api/v1/capacity-profiles/${old}`, boss)
})

test('codes are retired, not deleted: what names them still can', async () => {
  const names = { zh: '用餐', en: 'Meal' }
  const reason = await must('POST', '/api/v1/reason-codes', boss, { kind: 'break', names })
  await must('PUT', `/api/v1/reason-codes/${reason.id}`, boss, { kind: 'break', names: { zh: '午餐', en: 'Lunch' } })
  const { id: queueId } = await addQueue()
  const disposition = await must('POST', '/api/v1/disposition-codes', boss, { names, queueIds: [queueId] })
  const url = `/api/v1/disposition-codes/${disposition.id}`
  expect((await call('PUT', url, boss, { names, queueIds: [uuidv7()] })).status).toBe(422)
  // Its queue is gone, but it must not begin to be offered in all of them.
  await must('DELETE', `/api/v1/queues/${queueId}`, boss)
  expect(await must('PUT', url, boss, { names, queueIds: [queueId] })).toMatchObject({ queueIds: [queueId] })
  const listed = async () => {
    const { reasons, dispositions } = await read()
    return [...reasons, ...dispositions].map((one: { id: string }) => one.id)
  }
  expect(await listed()).toEqual(expect.arrayContaining([reason.id, disposition.id]))
  for (const path of [`/api/v1/reason-codes/${reason.id}`, url]) {
    await must('DELETE', path, boss)
    expect((await call('DELETE', path, boss)).code).toBe('not-found')
  }
  expect(await listed()).not.toEqual(expect.arrayContaining([reason.id]))
  expect(await db.selectFrom('reason_codes').select('id').where('id', '=', reason.id).execute()).toHaveLength(1)
})

test('an agent gets skills, languages, a profile and a number that nobody else has; the router is told', async () => {
  const { id: skillId } = await addSkill()
  const { id: profileId } = await must('POST', '/api/v1/capacity-profiles', boss, {
    ...profile,
    name: named('Profile'),
    standard: false,
  })
  const url = `/api/v1/agents/${agent.id}/routing-profile`
  const fields = {
    number: '8001',
    profileId,
    languages: ['zh-CN', 'en', 'en'],
    skills: [{ skillId, level: 4 }],
    weight: 50,
    version: 1,
  }
  const edited = { version: 2, changedAt: expect.any(String), changedBy: company.admin.id }
  const wanted = { ...fields, ...edited, agentId: agent.id, languages: ['zh-CN', 'en'] }
  expect(await must('PUT', url, boss, fields)).toEqual(wanted)
  expect((await read()).agents).toContainEqual(wanted)
  const other = `/api/v1/agents/${company.lead.id}/routing-profile`
  expect((await call('PUT', other, boss, fields)).code).toBe('conflict')
  expect(
    (await call('PUT', url, boss, { ...fields, version: 2, skills: [{ skillId: uuidv7(), level: 1 }] })).body.issues,
  ).toEqual([{ path: 'body.skills.0.skillId', message: 'There is no such skill' }])
  const versionOf = () =>
    db.selectFrom('agent_work').select('version').where('agent_id', '=', agent.id).executeTakeFirstOrThrow()
  const before = await versionOf()
  await must('PUT', url, boss, { ...fields, version: 2, skills: [] })
  expect((await versionOf()).version).toBeGreaterThan(before.version)
  await must('DELETE', `/api/v1/capacity-profiles/${profileId}`, boss)
  const one = (await read()).agents.find(({ agentId }: { agentId: string }) => agentId === agent.id)
  expect(one).toMatchObject({ number: '8001', profileId: null, skills: [] })
})

test('of two who fill in the same agent the later one is told, and nothing is lost', async () => {
  const url = `/api/v1/agents/${company.outsider.id}/routing-profile`
  const [{ id: tea }, { id: paper }] = [await addSkill(), await addSkill()]
  const blank = { number: null, profileId: null, languages: [], weight: 100, version: 1 }
  const answers = await Promise.all(
    [tea, paper].map((skillId) => call('PUT', url, boss, { ...blank, skills: [{ skillId, level: 3 }] })),
  )
  const outcomes = answers.map(({ status, code }) => `${status} ${code}`)
  expect(new Set(outcomes)).toEqual(new Set(['200 null', '409 changed-meanwhile']))
  const first = answers.findIndex(({ status }) => status === 200)
  const saved = (await read()).agents.find(({ agentId }: { agentId: string }) => agentId === company.outsider.id)
  expect(saved).toMatchObject({ version: 2, skills: [{ skillId: [tea, paper][first], level: 3 }] })
  const both = [...saved.skills, { skillId: [paper, tea][first], level: 2 }]
  expect((await must('PUT', url, boss, { ...blank, version: 2, skills: both })).skills).toHaveLength(2)
})

test('retired codes are offered no more, and keep their words for what was recorded with them', async () => {
  const names = { zh: '已退款', en: 'Refunded' }
  const disposition = await must('POST', '/api/v1/disposition-codes', boss, { names, queueIds: [] })
  const reason = await must('POST', '/api/v1/reason-codes', boss, { kind: 'break', names })
  await must('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'break', reasonId: reason.id })
  await must('DELETE', `/api/v1/disposition-codes/${disposition.id}`, boss)
  await must('DELETE', `/api/v1/reason-codes/${reason.id}`, boss)
  const { reasons, dispositions, retired } = await must('GET', '/api/v1/routing/settings', agent.credentials)
  expect(reasons).not.toContainEqual(reason)
  expect(dispositions).not.toContainEqual(disposition)
  const { items } = await must('GET', `/api/v1/routing/agent-states?agentId=${agent.id}`, boss)
  expect(retired.reasons.find(({ id }: { id: string }) => id === items[0].reasonId)).toEqual(reason)
  expect(retired.dispositions).toContainEqual(disposition)
  await must('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'offline' })
})
