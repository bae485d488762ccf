import type { Log } from '#platform/log'
import { messageOf } from '#platform/thrown'
import type { RoutingDeps } from './routing-deps.ts'

const beatEveryMs = 3_000
/** A process that said nothing for so long is gone, and the sockets that it held with it. */
export const deadAfterSeconds = 12

/**
 * Run with every beat, and again with the next one when it fails. `anew`: what this process had said of its sockets was
 * forgotten, because it was believed dead or has just begun.
 */
export type OnBeat = (anew: boolean) => Promise<void>

/** This process among those that hold sockets: a row that says that it lives. */
export interface ServerNode {
  id: string
  onBeat(work: OnBeat): void
  beat(): Promise<void>
  stop(): Promise<void>
}

export function joinNodes({ pool, log }: Pick<RoutingDeps, 'pool'> & { log: Log }, id: string): ServerNode {
  const works = new Map<OnBeat, { owes: boolean }>()
  let stopped = false
  async function beat(): Promise<void> {
    const { rows } = await pool.query<{ anew: boolean }>(
      `insert into server_nodes (id, seen_at) values ($1, now())
       on conflict (id) do update set seen_at = excluded.seen_at returning xmax = 0 as anew`,
      [id],
    )
    if (rows[0]?.anew) for (const state of works.values()) state.owes = true
    for (const [work, state] of works) {
      const { owes } = state
      state.owes = false
      try {
        await work(owes)
      } catch (error) {
        state.owes ||= owes
        throw error
      }
    }
  }
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.debug({ reason: messageOf(error) }, 'no beat'))
  }, beatEveryMs)
  timer.unref()
  beat().catch((error: unknown) => log.debug({ reason: messageOf(error) }, 'no beat'))
  return {
    id,
    onBeat: (work) => void works.set(work, { owes: true }),
    beat: async () => (stopped ? undefined : beat()),
    async stop() {
      stopped = true
      clearInterval(timer)
      // With the database away the others find out by themselves.
      await pool
        .query('delete from server_nodes where id = $1', [id])
        .catch((error: unknown) => log.debug({ reason: messageOf(error) }, 'no leave was taken'))
    },
  }
}
