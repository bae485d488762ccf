import { Client } from 'pg'
import type { Log } from '#platform/log'
import { messageOf } from '#platform/thrown'

/** Whoever holds this lock of the database is the router. A process that dies loses it with its connection. */
const routerLock = 4_711_001
const tryEveryMs = 1_000

/**
 * Runs `lead` while this process is elected, and tells it when that is over. The lock is held by a connection of its own,
 * outside any pooler; keep-alive probes let the database notice within seconds that the machine behind it is gone.
 */
export function standForElection(
  options: { url: string; log: Log },
  lead: (signal: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  const stopping = new AbortController()

  async function term(): Promise<void> {
    const client = new Client({
      connectionString: options.url,
      // By this an operator sees in `pg_stat_activity` which process it is.
      application_name: `qiao-router ${process.pid}`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    const over = new AbortController()
    client.on('error', () => over.abort())
    client.on('end', () => over.abort())
    const stop = (): void => over.abort()
    stopping.signal.addEventListener('abort', stop)
    try {
      await client.connect()
      await client.query(`set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 2;
        set idle_in_transaction_session_timeout = 0`)
      while (!over.signal.aborted) {
        const { rows } = await client.query<{ won: boolean }>('select pg_try_advisory_lock($1) as won', [routerLock])
        if (!rows[0]?.won) {
          await pause(tryEveryMs, over.signal)
          continue
        }
        options.log.info('this process distributes the work')
        const probe = setInterval(() => void client.query('select 1').catch(() => over.abort()), 2_000)
        try {
          await lead(over.signal)
        } finally {
          clearInterval(probe)
        }
        return
      }
    } finally {
      stopping.signal.removeEventListener('abort', stop)
      await client.end().catch(() => undefined)
    }
  }
  async function stand(): Promise<void> {
    while (!stopping.signal.aborted) {
      await term().catch((error: unknown) => options.log.warn({ reason: messageOf(error) }, 'the router stopped'))
      await pause(tryEveryMs / 4, stopping.signal)
    }
  }
  const standing = stand()
  return {
    async stop() {
      stopping.abort()
      await standing
    },
  }
}

/** Ends early when the signal says so. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
