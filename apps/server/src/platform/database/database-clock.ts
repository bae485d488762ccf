import type pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { messageOf } from '../thrown.ts'

const everyMs = 60_000
/** Below this a difference may as well be the way there and back; the time of day must not jump for it. */
const tolerableMs = 250

/**
 * The time of day as the database tells it: servers whose own clocks differ by minutes agree on what came first, how
 * long somebody has waited and what is due.
 */
export async function followDatabaseClock(
  pool: pg.Pool,
  machine: Clock,
  log: Log,
): Promise<Clock & { stop: () => void }> {
  let ahead = 0
  async function compare(): Promise<void> {
    const before = machine.now().getTime()
    const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now')
    const after = machine.now().getTime()
    const middle = (before + after) / 2
    const difference = Math.round((rows[0]?.now.getTime() ?? middle) - middle)
    // An answer that took long, on a busy machine, tells the time no better than that.
    if (Math.abs(difference - ahead) < Math.max(tolerableMs, after - before)) return
    log.warn({ milliseconds: difference }, "this machine's clock differs from the database's, which counts")
    ahead = difference
  }
  await compare()
  const timer = setInterval(() => {
    compare().catch((error: unknown) => log.debug({ reason: messageOf(error) }, 'the clocks were not compared'))
  }, everyMs)
  timer.unref()
  return { now: () => new Date(machine.now().getTime() + ahead), stop: () => clearInterval(timer) }
}
