import { beforeEach, expect, test, vi } from 'vitest'
import { manualClock } from './clock.ts'
import { createTestDatabase } from './database/test-database.ts'
import { startWorker } from './jobs/jobs.ts'
import { createLog } from './log.ts'
import type { Mail } from './mail.ts'
import { createMailQueue } from './mail-queue.ts'

const { db, pool } = await createTestDatabase()
const log = createLog({ level: 'silent' })
const clock = manualClock(new Date('2026-01-05T08:00:00Z'))
const send = vi.fn<(mail: Mail) => Promise<void>>()
const queue = createMailQueue({
  mailer: { sends: true, send, close: () => undefined },
  secret: 'secret '.repeat(8),
  clock,
  log,
})
const mail = { to: 'anna@example.com', subject: '重设密码', text: 'Open it: https://q.example/reset?token=t-0-k-e-n' }
const inAnHour = () => new Date(clock.now().getTime() + 3_600_000)
const jobs = async (): Promise<{ payload: object; attempts: number; last_error: string | null }[]> =>
  (await pool.query('select payload, attempts, last_error from graphile_worker._private_jobs')).rows
/** Until nothing more is to be done; a job that waits for its next try is due at once. */
async function work(): Promise<void> {
  const worker = await startWorker({ pool, jobs: [queue.job], log })
  await vi.waitUntil(
    async () => {
      await pool.query('update graphile_worker._private_jobs set run_at = now() where run_at > now()')
      return (await jobs()).every(({ attempts }) => attempts >= 25)
    },
    { timeout: 20_000 },
  )
  await worker.stop()
}

beforeEach(() => {
  send.mockReset()
  send.mockResolvedValue(undefined)
})

test('a mail of a transaction that fails is never sent, and one that waits cannot be read', async () => {
  const undone = db.transaction().execute(async (tx) => {
    await queue.add(tx, { ...mail, to: 'nobody@example.com' }, inAnHour())
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await queue.add(db, mail, inAnHour())
  const stored = JSON.stringify(await jobs())
  for (const word of ['t-0-k-e-n', 'anna', '重设密码']) expect(stored).not.toContain(word)
  await work()
  expect(send.mock.calls).toEqual([[mail]])
})

test('a mail server that is away is asked again until it takes the mail, and nothing stays behind', async () => {
  send.mockRejectedValueOnce(new Error('connect ECONNREFUSED'))
  send.mockRejectedValueOnce(Object.assign(new Error('try later'), { responseCode: 451 }))
  await queue.add(db, mail, inAnHour())
  await work()
  expect(send).toHaveBeenCalledTimes(3)
  expect(await jobs()).toEqual([])
})

test('a mail that the server refuses for good is not sent again, nor one whose link has ended', async () => {
  send.mockRejectedValue(Object.assign(new Error('no such user'), { responseCode: 550 }))
  await queue.add(db, mail, inAnHour())
  await work()
  expect(send).toHaveBeenCalledTimes(1)
  await queue.add(db, mail, inAnHour())
  clock.advance(3_600_000)
  await work()
  expect(send).toHaveBeenCalledTimes(1)
  expect(await jobs()).toEqual([])
})
