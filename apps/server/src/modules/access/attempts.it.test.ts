import { expect, test } from 'vitest'
import { createTestDatabase } from '#platform/database/test-database'
import { countAttempt, forgiveAttempts, signInLimits } from './attempts.ts'

const { db } = await createTestDatabase()
const now = new Date('2026-03-01T08:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const limits = (name: string) => [
  { key: `${name} wide`, max: 6, windowSeconds: 60 },
  { key: `${name} narrow`, max: 3, windowSeconds: 60, cleared: true as const },
]
const countOf = async (key: string) =>
  (await db.selectFrom('attempts').select('count').where('key', '=', key).executeTakeFirst())?.count

test('of many at once no more than allowed pass', async () => {
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => countAttempt(db, limits('burst'), now)))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3)
})

test('the refusal says how long, and the window ends', async () => {
  for (let attempt = 0; attempt < 3; attempt += 1) await countAttempt(db, limits('wait'), now)
  await expect(countAttempt(db, limits('wait'), later(45))).rejects.toMatchObject({
    code: 'rate-limited',
    details: { retryAfterSeconds: 15 },
  })
  await countAttempt(db, limits('wait'), later(60))
  expect(await countOf('wait narrow')).toBe(1)
})

test('successes do not add up', async () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await countAttempt(db, limits('success'), now)
    await forgiveAttempts(db, limits('success'))
  }
  expect([await countOf('success narrow'), await countOf('success wide')]).toEqual([undefined, 0])
})

test('a stranger who keeps guessing from one place does not lock the account elsewhere', async () => {
  const guess = () => countAttempt(db, signInLimits('anna@example.com', '203.0.113.1'), now)
  const results = await Promise.allSettled(Array.from({ length: 150 }, guess))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10)
  await countAttempt(db, signInLimits('anna@example.com', '198.51.100.1'), now)
  expect(await countOf('sign-in anna@example.com')).toBe(11)
})

test('who is refused by the wide limit leaves no rows behind', async () => {
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const [wide] = limits('flood')
    const narrow = { key: `flood ${attempt}`, max: 3, windowSeconds: 60 }
    await countAttempt(db, wide ? [wide, narrow] : [], now).catch(() => undefined)
  }
  expect([await countOf('flood 5'), await countOf('flood 6')]).toEqual([1, undefined])
})
