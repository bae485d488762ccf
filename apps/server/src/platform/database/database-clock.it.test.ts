import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../log.ts'
import { followDatabaseClock } from './database-clock.ts'
import { createTestDatabase } from './test-database.ts'

const { pool } = await createTestDatabase()
const hour = 3_600_000

/** A machine whose clock is wrong by so much, and that is kept from hearing the answer for a while. */
async function follow(wrongBy: number, hearsAfter: number): Promise<number> {
  let asked = false
  const machine = {
    now: () => {
      const late = asked ? hearsAfter : 0
      asked = true
      return new Date(Date.now() + wrongBy + late)
    },
  }
  const clock = await followDatabaseClock(pool, machine, createLog({ level: 'silent' }))
  onTestFinished(() => clock.stop())
  return clock.now().getTime() - hearsAfter - Date.now()
}

test('a clock that is wrong by an hour is put right', async () => {
  expect(Math.abs(await follow(hour, 0))).toBeLessThan(hour / 2)
})

test('an answer that was heard late does not move a clock that is right', async () => {
  expect(Math.abs(await follow(0, 20_000))).toBeLessThan(5_000)
})
