import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Log } from '../log.ts'

/**
 * Locks by name across all processes, held by one connection of this process outside any pooler. Whoever is killed
 * loses them with the connection; what was held is then free for others.
 */
export interface Locks {
  /** Runs `work` while the lock is held; undefined when somebody else holds it. `lost`: it is not ours any more. */
  attempt<Result>(name: string, work: (lost: AbortSignal) => Promise<Result>): Promise<Result | undefined>
  /** Waits for its turn. */
  hold<Result>(name: string, work: (lost: AbortSignal) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

const askAgainMs = 100

export function createLocks({ url, log }: { url: string; log: Log }): Locks {
  /** The database lets a session take its own lock twice; within this process we keep apart who holds what. */
  const held = new Map<string, AbortController>()
  let session: Promise<Client> | null = null
  let closed = false

  function connect(): Promise<Client> {
    session ??= open()
    return session
  }
  function over(): void {
    session = null
    for (const holder of held.values()) holder.abort()
  }
  async function open(): Promise<Client> {
    const client = new Client({
      connectionString: url,
      application_name: `qiao-locks ${process.pid}`,
      // Locks of several conversations are asked for at once.
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    client.on('error', (error) => {
      log.warn({ reason: error.message }, 'the connection that holds locks was lost')
      over()
    })
    client.on('end', over)
    try {
      await client.connect()
      await client.query('set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 2')
      return client
    } catch (error) {
      session = null
      throw error
    }
  }

  async function attempt<Result>(
    name: string,
    work: (lost: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> {
    if (closed || held.has(name)) return undefined
    const holder = new AbortController()
    held.set(name, holder)
    try {
      const client = await connect()
      const { rows } = await client.query<{ won: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as won',
        [name],
      )
      if (!rows[0]?.won) return undefined
      try {
        return await work(holder.signal)
      } finally {
        if (!holder.signal.aborted) {
          await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined)
        }
      }
    } finally {
      held.delete(name)
    }
  }
  return {
    attempt,
    async hold(name, work) {
      for (;;) {
        // Wrapped, so that a result of `undefined` is not taken for a lock that somebody else holds.
        const done = await attempt(name, async (lost) => ({ result: await work(lost) }))
        if (done) return done.result
        if (closed) throw new Error('The server stops')
        await sleep(askAgainMs)
      }
    },
    async close() {
      closed = true
      const client = await session?.catch(() => null)
      await client?.end().catch(() => undefined)
    },
  }
}
