import { afterAll, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { createLocks } from './locks.ts'
import { createTestDatabase } from './test-database.ts'

const { url, pool } = await createTestDatabase()
const log = createLog({ level: 'silent' })
const [one, other] = [createLocks({ url, log }), createLocks({ url, log })]
afterAll(async () => void (await Promise.all([one.close(), other.close()])))

/** Holds a lock until told to let go. */
function holding(locks: typeof one, name: string) {
  let letGo: () => void = () => undefined
  const signals: AbortSignal[] = []
  const done = locks.attempt(name, (lost) => {
    signals.push(lost)
    return new Promise<string>((resolve) => (letGo = () => resolve('done')))
  })
  return { done, signals, letGo: () => letGo() }
}
const begun = async (held: ReturnType<typeof holding>): Promise<AbortSignal> => {
  for (;;) {
    const [signal] = held.signals
    if (signal) return signal
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('one at a time holds a lock, in one process and between several; others are free', async () => {
  const first = holding(one, 'a')
  await begun(first)
  expect(await one.attempt('a', async () => 'me too')).toBeUndefined()
  expect(await other.attempt('a', async () => 'me too')).toBeUndefined()
  expect(await other.attempt('b', async () => 'free')).toBe('free')
  const waited = other.hold('a', async () => 'my turn')
  first.letGo()
  expect(await first.done).toBe('done')
  expect(await waited).toBe('my turn')
})

test('work that throws lets go', async () => {
  await expect(one.attempt('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await other.attempt('c', async () => 'free')).toBe('free')
})

test('who loses the connection is told, others can take the lock, and the next one works again', async () => {
  const first = holding(one, 'd')
  const lost = await begun(first)
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid in
       (select pid from pg_locks where locktype = 'advisory' and granted)`,
    [`qiao-locks ${process.pid}`],
  )
  if (!lost.aborted) await new Promise((resolve) => lost.addEventListener('abort', resolve))
  // PostgreSQL tells the client that it is cut off before it lets go of what the client held.
  await expect.poll(() => other.attempt('d', async () => 'mine now')).toBe('mine now')
  first.letGo()
  await first.done
  expect(await one.attempt('e', async () => 'again')).toBe('again')
})
