import { channels } from '@qiao/channels'
import { afterAll, expect, test, vi } from 'vitest'
import { startSimulator } from '../../../../../packages/channels/src/instagram/simulator.ts'
import { manualClock } from '#platform/clock'
import { addJobs } from '#platform/jobs/jobs'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'
import { renewJob } from './renew-access.ts'

vi.setConfig({ testTimeout: 60_000 })
const day = 86_400_000
const clock = manualClock(new Date())
const company = await startCompany({ QIAO_ROLES: 'web,worker' }, { channels, clock })
const { must, admin, db, pool } = company
const simulator = await startSimulator({ now: () => clock.now(), login: 'instagram' })
afterAll(() => simulator.stop())

const { id: inboxId } = await must('POST', '/api/v1/inboxes', admin.credentials, { name: 'IG', channel: 'instagram' })
const path = `/api/v1/inboxes/${inboxId}/account`
// Sessions of people end sooner than tokens.
const { secret } = await must('POST', '/api/v1/api-keys', admin.credentials, { name: 'Watch', role: 'admin' })
const watch = { authorization: `Bearer ${secret}` }
const account = () => must('GET', path, watch)
const tokenOf = async () =>
  (await db.selectFrom('channel_accounts').select('config').where('inbox_id', '=', inboxId).executeTakeFirst())?.config
const tries = async () =>
  (
    await db.selectFrom('channel_access').select('tried_at').where('inbox_id', '=', inboxId).executeTakeFirst()
  )?.tried_at?.getTime()
/** By jobs that do not wait for each other, and until one of them has had its turn. */
async function renew(times = 1): Promise<void> {
  const before = await tries()
  const { name, payload } = renewJob(inboxId)
  const jobs = Array.from({ length: times }, (_, at) => ({ name, payload, key: `renew ${at}` }))
  await addJobs(db, jobs)
  await until(async () => (await tries()) !== before)
  await until(async () => {
    const { rows } = await pool.query(`select from graphile_worker.jobs where key like 'renew %'`)
    return rows.length === 0
  })
}

test('it is renewed when it is a day old and at half of its time, kept sealed, and people see until when it is good', async () => {
  const { version } = await must('GET', path, watch)
  await must('PUT', path, admin.credentials, { version, config: simulator.config })
  // Too young to be renewed: that is no trouble.
  await until(async () => (await tries()) !== undefined)
  expect((await account()).access).toEqual({ state: 'unknown', endsAt: null, renewedAt: null, problem: null })
  const pasted = await tokenOf()
  clock.advance(day + 60_000)
  await renew()
  const renewed = await account()
  const endsAt = clock.now().getTime() + 60 * day
  expect(renewed.access).toMatchObject({ state: 'good', endsAt: new Date(endsAt).toISOString(), problem: null })
  const sealed = await tokenOf()
  expect(sealed).not.toBe(pasted)
  expect(sealed).not.toContain('IGAA')
  expect(JSON.stringify(renewed)).not.toContain('IGAA')
  // Nothing is asked for before half of the time is over; then once, however often it is wanted.
  clock.advance(30 * day)
  let calls = 0
  simulator.faults.onAnswered = () => void (calls += 1)
  await renew(3)
  simulator.faults.onAnswered = undefined
  expect(new Date((await account()).access.endsAt).getTime()).toBe(clock.now().getTime() + 60 * day)
  expect(calls).toBe(1)
  expect((await must('POST', `${path}/check`, watch)).findings[0]).toMatchObject({ ok: true })
})

test('what cannot be renewed is told before it ends, and what has ended wants a new one', async () => {
  clock.advance(50 * day)
  simulator.faults.always = 500
  await renew()
  const failing = await account()
  expect(failing.access).toMatchObject({ state: 'failing', problem: { code: 'provider-failed' } })
  // It ends within two weeks: the list of channels says so, too.
  const { accounts } = await must('GET', '/api/v1/channels/accounts', watch)
  expect(accounts).toMatchObject([{ inboxId, state: 'failing', lastProblem: { code: 'provider-failed' } }])
  simulator.faults.always = undefined
  clock.advance(3_600_000)
  await renew()
  expect((await account()).access).toMatchObject({ state: 'good', problem: null })

  clock.advance(60 * day)
  await renew()
  expect((await account()).access).toMatchObject({ state: 'over', problem: { code: 'credentials-refused' } })
  // A page token does not run out.
  const { version, config } = await account()
  const page = { ...config, apiUrl: 'https://graph.facebook.com/v26.0' }
  expect((await must('PUT', path, watch, { version, config: page })).access).toBeNull()
})
