import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startParrotCompany()
const { must, call, admin, agent, provider, accountPath, inbox } = company

const event = () => ({
  id: uuidv7(),
  from: '4001',
  fields: { id: uuidv7(), content: { type: 'text', text: 'hi', markup: 'none' } },
})
const statusOfCall = async (secret?: string) => (await provider.deliver(company.callback, [event()], secret)).status
const save = async (config: Record<string, unknown>, keepOldHours?: number) => {
  const { version } = await must('GET', accountPath, admin.credentials)
  return must('PUT', accountPath, admin.credentials, {
    version,
    config: { apiUrl: provider.config.apiUrl, ...config },
    ...(keepOldHours === undefined ? {} : { keepOldHours }),
  })
}
const listed = async () => {
  const { accounts } = await must('GET', '/api/v1/channels/accounts', admin.credentials)
  return accounts
}

test('a change of something else leaves the older secrets their time, and can end it', async () => {
  const rotated = await save({ signingSecret: 'a-second-secret' }, 48)
  expect(rotated.previousUntil).not.toBeNull()
  const other = await save({ apiUrl: `${provider.config.apiUrl}/` })
  expect(other.previousUntil).toBe(rotated.previousUntil)
  expect(await statusOfCall(provider.config.signingSecret)).toBe(200)
  expect(await statusOfCall('a-second-secret')).toBe(200)

  const longer = await save({}, 720)
  expect(longer.previousUntil).toBe(rotated.previousUntil)
  const shorter = await save({}, 1)
  expect(Date.parse(shorter.previousUntil)).toBeLessThan(Date.parse(rotated.previousUntil))
  expect(await statusOfCall(provider.config.signingSecret)).toBe(200)
  expect(await save({}, 0)).toMatchObject({ previousUntil: null })
  expect(await statusOfCall(provider.config.signingSecret)).toBe(401)
  expect(await statusOfCall('a-second-secret')).toBe(200)
  await save({ signingSecret: provider.config.signingSecret })
})

test('a change of the settings forgets the tokens of before, but not those that take the place of what was entered', async () => {
  const token = { inbox_id: inbox.id, value: 'sealed', expires_at: new Date(Date.now() + 3_600_000) }
  const names = ['api', 'lasting:refresh 1']
  for (const name of names)
    await company.db
      .insertInto('channel_tokens')
      .values({ ...token, name })
      .execute()
  await save({})
  const left = await company.db.selectFrom('channel_tokens').select('name').where('name', 'in', names).execute()
  expect(left).toEqual([{ name: 'lasting:refresh 1' }])
})

test('every inbox of a channel is listed with how it does, and agents do not see it', async () => {
  expect(await call('GET', '/api/v1/channels/accounts', agent.credentials)).toMatchObject({ status: 403 })
  const { channels } = await must('GET', '/api/v1/channels', agent.credentials)
  expect(channels).toMatchObject([{ id: 'parrot', name: { en: 'Parrot' } }])
  const bare = await must('POST', '/api/v1/inboxes', admin.credentials, { name: 'Bare', channel: 'parrot' })
  expect(await listed()).toHaveLength(2)
  expect(await listed()).toEqual(
    expect.arrayContaining([
      { inboxId: inbox.id, state: 'working', lastProblem: null, lastProblemAt: null },
      { inboxId: bare.id, state: 'unset', lastProblem: null, lastProblemAt: null },
    ]),
  )
})

test('an account fails from its problem until something goes out again or a check is good', async () => {
  await company.say('4002', 'hello')
  const id = await until(() => company.conversationOf('4002'))
  const stateNow = async () => (await listed()).find((one: { inboxId: string }) => one.inboxId === inbox.id)?.state
  const failed = async () => (await stateNow()) === 'failing'
  provider.faults.push(400)
  await company.reply(id, 'refused')
  await until(failed)
  await company.reply(id, 'taken')
  await until(async () => (await stateNow()) === 'working')

  provider.faults.push(400)
  await company.reply(id, 'refused again')
  await until(failed)
  expect(await must('GET', `${accountPath}/status`, admin.credentials)).toMatchObject({ state: 'failing' })
  await must('POST', `${accountPath}/check`, admin.credentials)
  expect(await stateNow()).toBe('working')
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, { paused: true })
  expect(await stateNow()).toBe('paused')
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, { paused: false })
})

test('dead letters are listed by direction, and tell what became of a replay', async () => {
  await provider.deliver(company.callback, [{ id: uuidv7(), from: '4003', kind: 'riddle' }])
  const lettersOf = async (direction: string) =>
    (await must('GET', `${accountPath}/dead-letters?direction=${direction}`, admin.credentials)).items
  await until(async () => (await lettersOf('in')).length === 1)
  const outgoing = await lettersOf('out')
  expect(outgoing.map((letter: { direction: string }) => letter.direction)).toEqual(['out', 'out'])
  const first = await must('GET', `${accountPath}/dead-letters?direction=out&limit=1`, admin.credentials)
  const rest = `${accountPath}/dead-letters?direction=out&limit=1&cursor=${first.nextCursor}`
  expect([...first.items, ...(await must('GET', rest, admin.credentials)).items]).toEqual(outgoing)

  const fateOf = (letterId: string) => must('GET', `${accountPath}/dead-letters/${letterId}`, admin.credentials)
  const [riddle] = await lettersOf('in')
  await must('POST', `${accountPath}/dead-letters/${riddle.id}/replay`, admin.credentials)
  await until(async () => (await fateOf(riddle.id)).state === 'unknown')
  expect(await fateOf(riddle.id)).toMatchObject({ reason: 'a riddle', problem: null })

  const [refused] = outgoing
  expect(await fateOf(refused.id)).toMatchObject({ state: 'failed', problem: { code: 'provider-failed' } })
  await must('POST', `${accountPath}/dead-letters/${refused.id}/replay`, admin.credentials)
  await until(async () => (await fateOf(refused.id)).state === 'done')
  const elsewhere = await must('POST', '/api/v1/inboxes', admin.credentials, { name: 'Other', channel: 'parrot' })
  const path = `/api/v1/inboxes/${elsewhere.id}/account/dead-letters/${refused.id}`
  expect(await call('GET', path, admin.credentials)).toMatchObject({ status: 404 })
})
