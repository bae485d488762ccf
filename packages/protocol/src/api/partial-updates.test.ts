import { expect, test } from 'vitest'
import * as api from '../index.ts'
import { type Endpoint, toZod } from '../endpoint.ts'

const updates = Object.entries<unknown>(api).filter(
  (pair): pair is [string, Endpoint] =>
    typeof pair[1] === 'object' && pair[1] !== null && 'method' in pair[1] && pair[1].method === 'PATCH',
)

test('an update that names nothing changes nothing: no schema of one fills in a default', () => {
  expect(updates.length).toBeGreaterThan(4)
  for (const [name, { body }] of updates) expect([name, body && toZod(body).parse({})]).toEqual([name, {}])
  expect(api.updateMe.body.parse({ preferences: { density: 'compact' } })).toEqual({
    preferences: { density: 'compact' },
  })
})
