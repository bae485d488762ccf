import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type JobHelpers,
  Logger,
  parseCronItems,
  run,
  runMigrations,
  type Runner,
  type TaskList,
  type WorkerEventMap,
  type WorkerEvents,
} from 'graphile-worker'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { messageOf } from '../thrown.ts'
import { type Alive, freeDeadWorkers, proveAlive } from './dead-workers.ts'

/** A piece of work that is done at least once: every `run` must be harmless when it happens twice. */
export interface Job<Payload extends z.core.$ZodType = z.core.$ZodType> {
  name: string
  payload: Payload
  run: (payload: z.output<Payload>, attempt: JobAttempt) => Promise<void>
  /** Cron pattern in UTC for work that comes by itself; its payload is `{}`. */
  every?: string
}

export interface JobAttempt {
  number: number
  last: boolean
  signal: AbortSignal | undefined
}

/** Keeps the payload's type while the list of all jobs forgets it. */
export const defineJob = <Payload extends z.core.$ZodType>(job: Job<Payload>): Job =>
  ({ ...job, run: (payload, attempt) => job.run(z.parse(job.payload, payload), attempt) }) satisfies Job

export interface JobRequest {
  name: string
  payload: object
  runAt?: Date
  /** A job that is still waiting under the same key is replaced instead of doubled. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  maxAttempts?: number
}

const addText = `
select graphile_worker.add_jobs(array(
  select row(identifier, payload, queue_name, run_at, max_attempts, job_key, null, null)::graphile_worker.job_spec
  from json_to_recordset($1) as job (identifier text, payload json, queue_name text, run_at timestamptz,
    max_attempts smallint, job_key text)))`

/**
 * Adds jobs within the caller's transaction, whichever library holds it: they exist exactly when the data that wants
 * them does.
 */
export async function addJobs(
  tx: Database | Pick<pg.ClientBase, 'query'>,
  requests: readonly JobRequest[],
): Promise<void> {
  if (requests.length === 0) return
  const rows = requests.map((request) => ({
    identifier: request.name,
    payload: request.payload,
    queue_name: request.queue ?? null,
    run_at: request.runAt?.toISOString() ?? null,
    max_attempts: request.maxAttempts ?? 25,
    job_key: request.key ?? null,
  }))
  const values = [JSON.stringify(rows)]
  if ('query' in tx) await tx.query(addText, values)
  else await tx.executeQuery(CompiledQuery.raw(addText, values))
}

/** Within the caller's transaction: what waits in a queue is never done. A job that runs already is left to end. */
export async function dropQueue(tx: Database, queue: string): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      `select graphile_worker.complete_jobs(array(
         select id from graphile_worker.jobs where queue_name = $1 and locked_at is null))`,
      [queue],
    ),
  )
}

/** Queues outlive their jobs in the library's table; those of single customers would fill it. */
export async function sweepQueues(db: Database): Promise<void> {
  await db.executeQuery(
    CompiledQuery.raw(
      `delete from graphile_worker._private_job_queues as queue where locked_at is null
         and not exists (select from graphile_worker._private_jobs as job where job.job_queue_id = queue.id)`,
    ),
  )
}

export const migrateJobs = (pool: pg.Pool, log: Log): Promise<void> =>
  runMigrations({ pgPool: pool, logger: workerLog(log) })

interface WorkerOptions {
  pool: pg.Pool
  jobs: readonly Job[]
  log: Log
  metrics?: Metrics
  concurrency?: number
  /** How often jobs of a later time are looked for. */
  pollMilliseconds?: number
  /** How often jobs of dead workers are looked for; they are done again after two looks. */
  lookForDeadEveryMilliseconds?: number
}

/** At the end running jobs get this long, then their signal, then no more waiting: they are tried again elsewhere. */
const finishMilliseconds = { untilSignal: 3_000, atMost: 5_000 }

/** Works until stopped; a job that runs then is finished first, or tried again after a kill. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { pool, log } = options
  const ending = new AbortController()
  const endAsked = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()))
  const stopLooking = freeDeadWorkers(pool, log, options.lookForDeadEveryMilliseconds ?? 5_000)

  /**
   * One worker, until the end is asked for or its connection is lost. After that it may hold jobs that it never heard
   * of, and the library gives up when it cannot report a result: a fresh one takes over, the old one's jobs are freed.
   */
  async function work(started: () => void): Promise<void> {
    const events = new EventEmitter()
    const poolId = new Promise<string>((resolve) => {
      events.once('pool:create', ({ workerPool }: WorkerEventMap['pool:create']) => resolve(workerPool.id))
    })
    const runner = await runLibrary(options, events)
    const ended = runner.promise.catch(() => undefined)
    let alive: Alive | undefined
    try {
      alive = await proveAlive(pool, await poolId)
      started()
      await Promise.race([ended, alive.lost, endAsked])
    } finally {
      const stopped = runner.stop().catch(() => ended)
      await Promise.race([stopped, sleep(finishMilliseconds.atMost, undefined, { ref: false })])
      alive?.release()
    }
  }
  async function keepWorking(started: () => void): Promise<void> {
    while (!ending.signal.aborted) {
      await work(started).catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'the worker stopped'))
      if (ending.signal.aborted) return
      log.info('the worker starts anew')
      await sleep(500, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  let working = Promise.resolve()
  await new Promise<void>((resolve) => {
    working = keepWorking(resolve)
  })
  return {
    async stop() {
      stopLooking()
      ending.abort()
      await working
    },
  }
}

const runLibrary = (
  { pool, jobs, log, metrics, concurrency = 4, pollMilliseconds = 2_000 }: WorkerOptions,
  events: WorkerEvents,
): Promise<Runner> =>
  run({
    pgPool: pool,
    events,
    noHandleSignals: true,
    logger: workerLog(log),
    preset: {
      worker: {
        concurrentJobs: concurrency,
        pollInterval: pollMilliseconds,
        gracefulShutdownAbortTimeout: finishMilliseconds.untilSignal,
      },
    },
    taskList: Object.fromEntries(jobs.map((job) => [job.name, task(job, metrics)])) satisfies TaskList,
    parsedCronItems: parseCronItems(
      jobs.flatMap((job) =>
        job.every ? [{ task: job.name, match: job.every, payload: {}, options: { backfillPeriod: 0 } }] : [],
      ),
    ),
  })

function task(job: Job, metrics: Metrics | undefined) {
  return async (payload: unknown, helpers: JobHelpers): Promise<void> => {
    const end = metrics?.jobSeconds.startTimer({ task: job.name })
    try {
      const { attempts, max_attempts: most } = helpers.job
      await job.run(payload, { number: attempts, last: attempts >= most, signal: helpers.abortSignal })
      end?.({ result: 'done' })
    } catch (error) {
      end?.({ result: 'failed' })
      throw error
    }
  }
}

/** Due jobs by task, for the metrics. */
export async function countWaitingJobs(pool: pg.Pool): Promise<{ task: string; count: number }[]> {
  const { rows } = await pool.query<{ task: string; count: number }>(
    `select task_identifier as task, count(*)::int as count from graphile_worker.jobs
     where run_at <= now() and attempts < max_attempts group by 1`,
  )
  return rows
}

const workerLog = (log: Log): Logger =>
  new Logger((scope) => (level, message, meta) => {
    const write = { error: log.error, warning: log.warn, info: log.debug, debug: log.trace }[level].bind(log)
    write({ job: scope.taskIdentifier, ...(meta?.['error'] ? { err: meta['error'] } : {}) }, message)
  })
