import type { SavedPlace } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'

const { must, call, admin, agent, db } = await startCompany()
const path = '/api/v1/saved-places'
const place = { title: 'Counter on the Bund', address: '1 Zhongshan Road', latitude: 31.23, longitude: 121.47 }
const titles = async (): Promise<string[]> =>
  (await must('GET', path, agent.credentials)).places.map(({ title }: SavedPlace) => title)

test('administrators keep places, agents pick from them, by name', async () => {
  const made = await must('POST', path, admin.credentials, place)
  expect(made).toEqual({ ...place, id: made.id })
  await must('POST', path, admin.credentials, { ...place, title: 'a warehouse', address: undefined })
  expect(await titles()).toEqual(['a warehouse', 'Counter on the Bund'])
  expect((await call('POST', path, agent.credentials, place)).code).toBe('forbidden')
  expect((await call('DELETE', `${path}/${made.id}`, agent.credentials)).code).toBe('forbidden')
  expect((await call('POST', path, admin.credentials, { ...place, latitude: 91 })).code).toBe('invalid-input')
  await must('DELETE', `${path}/${made.id}`, admin.credentials)
  expect(await titles()).toEqual(['a warehouse'])
  expect((await call('DELETE', `${path}/${made.id}`, admin.credentials)).code).toBe('not-found')
  const { items } = await must('GET', '/api/v1/audit', admin.credentials)
  const acts = items.filter(({ targetId }: { targetId: string }) => targetId === made.id)
  expect(acts.map(({ action }: { action: string }) => action)).toEqual(['saved-place.deleted', 'saved-place.created'])
})

test('there are not more than one can pick from', async () => {
  const before = (await titles()).length
  const more = Array.from({ length: 200 - before }, (_, at) => ({ ...place, title: `Shop ${at}` }))
  await db
    .insertInto('saved_places')
    .values(more.map((each) => ({ ...each, id: uuidv7(), created_at: new Date() })))
    .execute()
  const refused = await call('POST', path, admin.credentials, place)
  expect(refused).toMatchObject({ status: 409, code: 'conflict' })
})
