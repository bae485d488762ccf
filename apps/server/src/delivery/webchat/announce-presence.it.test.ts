import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import { contactOnline, createAppender } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { joinNodes } from '#routing'
import { announcePresence } from './announce-presence.ts'

const { db, pool } = await createTestDatabase()
const log = createLog({ level: 'error' })
const who = { contactId: uuidv7(), inboxId: uuidv7() }

/** Two processes: what they share is the bus and the database. */
function twoProcesses() {
  const bus = createLocalBus(log)
  const deps = { db, pool, bus, clock: systemClock, appender: createAppender({ pool, bus, clock: systemClock }) }
  const heard: boolean[] = []
  bus.subscribe(contactOnline, ({ online }) => heard.push(online))
  const start = () => {
    const process = { here: false, announce: () => announce(who) }
    const node = joinNodes({ pool, log }, uuidv7())
    onTestFinished(() => node.stop())
    const here = { has: () => process.here, all: () => (process.here ? [who] : []) }
    const announce = announcePresence({ ...deps, node }, log, here)
    return process
  }
  return { heard, one: start(), other: start() }
}

test('a tab that closes in one process does not make a customer gone who has another open elsewhere', async () => {
  const { heard, one, other } = twoProcesses()
  other.here = true
  one.announce()
  await expect.poll(() => heard).toEqual([false, true])
  other.here = false
  other.announce()
  await expect.poll(() => heard).toEqual([false, true, false])
})

test('of closing and opening at once the last one counts', async () => {
  const { heard, one } = twoProcesses()
  one.announce()
  one.here = true
  one.announce()
  await expect.poll(() => heard.length).toBe(2)
  expect(heard.at(-1)).toBe(true)
})
