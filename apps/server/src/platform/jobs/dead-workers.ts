import type pg from 'pg'
import type { Log } from '../log.ts'
import { messageOf } from '../thrown.ts'

/**
 * The library keeps the jobs of a worker that died for four hours. So each worker holds a session lock of PostgreSQL
 * named after it, which ends with its process, however that ends; jobs of workers without one are set free.
 */
const lockClass = 0x51_4a_4f_42

export interface Alive {
  /** Resolves when the lock is gone, because the connection is. */
  lost: Promise<void>
  release(): void
}

/** Says that this worker lives, until released or the connection is lost. */
export async function proveAlive(pool: pg.Pool, workerId: string): Promise<Alive> {
  const client = await pool.connect()
  let released = false
  const lost = new Promise<void>((resolve) => {
    client.once('error', () => resolve()).once('end', () => resolve())
  })
  function release(): void {
    if (released) return
    released = true
    // Not given back to the pool: the lock must end with the connection.
    client.release(true)
  }
  try {
    await client.query('select pg_advisory_lock($1, hashtext($2))', [lockClass, workerId])
  } catch (error) {
    release()
    throw error
  }
  return { lost, release }
}

const findDead = `
select holder.id from (
  select locked_by as id from graphile_worker._private_jobs where locked_by is not null
  union select locked_by from graphile_worker._private_job_queues where locked_by is not null
) as holder
where not exists (
  select from pg_locks where locktype = 'advisory' and granted and objsubid = 2 and classid = ${lockClass}
    and objid::bigint = hashtext(holder.id)::bigint & 4294967295
    and database = (select oid from pg_database where datname = current_database()))`

/**
 * Looks for dead workers again and again. One that is seen without its lock twice in a row is dead; once may be a
 * worker that has just started, or one that is connecting anew after a restart of the database.
 */
export function freeDeadWorkers(pool: pg.Pool, log: Log, everyMilliseconds: number): () => void {
  let suspected = new Set<string>()
  let running = false

  async function sweep(): Promise<void> {
    const { rows } = await pool.query<{ id: string }>(findDead)
    const dead = rows.map((row) => row.id).filter((id) => suspected.has(id))
    suspected = new Set(rows.map((row) => row.id))
    if (dead.length === 0) return
    await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
    log.warn({ workers: dead }, 'jobs of workers that died are done again')
  }
  function look(): void {
    if (running) return
    running = true
    sweep()
      .catch((error: unknown) => log.debug({ reason: messageOf(error) }, 'dead workers could not be looked for'))
      .finally(() => (running = false))
  }
  const timer = setInterval(look, everyMilliseconds)
  timer.unref()
  look()
  return () => clearInterval(timer)
}
