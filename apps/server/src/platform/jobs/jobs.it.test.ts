import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '../database/test-database.ts'
import { createLog } from '../log.ts'
import { addJobs, defineJob, startWorker } from './jobs.ts'

const { pool, db, url } = await createTestDatabase()
const log = createLog({ level: 'silent' })
const folder = await mkdtemp(join(tmpdir(), 'qiao-jobs-'))
afterAll(() => rm(folder, { recursive: true }))

const job = (name: string, run: (signal: AbortSignal | undefined) => Promise<void>) =>
  defineJob({ name, payload: z.object({}).loose(), run: (_payload, { signal }) => run(signal) })
/** Stops after the test whatever became of it: a worker that still runs would keep the database from being dropped. */
async function workFor(options: Partial<Parameters<typeof startWorker>[0]>) {
  const worker = await startWorker({ pool, log, jobs: [], ...options })
  onTestFinished(() => worker.stop())
  return worker
}
const lockedJobs = async () =>
  (await pool.query('select from graphile_worker._private_jobs where locked_by is not null')).rowCount

test('a job whose worker was killed is finished by another within seconds', async () => {
  const marker = join(folder, 'started')
  const doomed = spawn(process.execPath, [join(import.meta.dirname, 'worker-process.ts'), url, marker], {
    stdio: 'inherit',
  })
  await addJobs(db, [{ name: 'slow', payload: {}, queue: 'one-at-a-time' }])
  await vi.waitUntil(() => existsSync(marker), { timeout: 15_000 })
  const gone = new Promise((resolve) => doomed.once('exit', resolve))
  doomed.kill('SIGKILL')
  await gone

  const done = vi.fn<() => void>()
  const worker = await workFor({
    jobs: [job('slow', async () => done())],
    lookForDeadEveryMilliseconds: 300,
  })
  await vi.waitUntil(() => done.mock.calls.length === 1, { timeout: 10_000 })
  await worker.stop()
  expect(await lockedJobs()).toBe(0)
}, 30_000)

test('a job that runs long keeps its worker, whoever looks for dead ones', async () => {
  const runs = vi.fn<() => Promise<void>>(() => sleep(1_500))
  const options = { jobs: [job('long', runs)], lookForDeadEveryMilliseconds: 100 }
  await workFor(options)
  await workFor(options)
  await addJobs(db, [{ name: 'long', payload: {} }])
  await vi.waitUntil(async () => runs.mock.calls.length > 0 && (await lockedJobs()) === 0, { timeout: 8_000 })
  expect(runs).toHaveBeenCalledTimes(1)
})

test('a worker that lost its connections works again by itself', async () => {
  const done = vi.fn<() => void>()
  await workFor({
    jobs: [job('after-the-storm', async () => done())],
    lookForDeadEveryMilliseconds: 200,
  })
  await pool
    .query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()')
    .catch(() => undefined)
  // Whatever connections the pool still believes in are gone; the key keeps a repeat from becoming a second job.
  await vi.waitUntil(() =>
    addJobs(db, [{ name: 'after-the-storm', payload: {}, key: 'once' }]).then(
      () => true,
      () => false,
    ),
  )
  await vi.waitUntil(() => done.mock.calls.length === 1, { timeout: 10_000 })
  expect(done).toHaveBeenCalledTimes(1)
})

test('stopping finishes the job that runs, and hands back one that does not end', async () => {
  const finished = vi.fn<() => void>()
  const worker = await workFor({
    jobs: [
      job('short', () => sleep(800).then(finished)),
      job('endless', (signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', reject))),
    ],
  })
  await addJobs(db, [
    { name: 'short', payload: {} },
    { name: 'endless', payload: {} },
  ])
  await vi.waitUntil(async () => (await lockedJobs()) === 2, { timeout: 5_000 })
  await worker.stop()
  expect(finished).toHaveBeenCalledTimes(1)
  // The library reports the aborted job on a connection of its own.
  await vi.waitUntil(async () => (await lockedJobs()) === 0, { timeout: 10_000 })
})
