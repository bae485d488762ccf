import type { Problem } from '@qiao/channels'
import { sql } from 'kysely'
import { recordProblem } from '../accounts/record-problem.ts'
import type { ChannelDeps } from '../channel-deps.ts'

const flushMs = 1_000
const logEveryMs = 60_000

/** Whoever finds a callback address can call it as often as they like: each costs a number in memory, no row. */
export function countRefusals({ db, clock, log }: Pick<ChannelDeps, 'db' | 'clock' | 'log'>) {
  const counted = new Map<string, { count: number; reason: string; problem: Problem | undefined }>()
  const logged = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    timer = undefined
    const all = [...counted]
    counted.clear()
    for (const [inboxId, { count, reason, problem }] of all) {
      await sql`
        update channel_accounts set refused_count = refused_count + ${count}, last_refused_at = ${clock.now()},
          last_refusal = ${reason.slice(0, 500)} where inbox_id = ${inboxId}`.execute(db)
      if (problem) await recordProblem(db, inboxId, problem, clock.now())
    }
  }
  return {
    count(inboxId: string, reason: string, problem?: Problem): void {
      counted.set(inboxId, { count: (counted.get(inboxId)?.count ?? 0) + 1, reason, problem })
      timer ??= setTimeout(() => {
        flush().catch((error: unknown) => log.warn({ err: error }, 'refused calls were not counted'))
      }, flushMs).unref()
      const now = performance.now()
      if (now - (logged.get(inboxId) ?? -logEveryMs) < logEveryMs) return
      logged.set(inboxId, now)
      log.warn({ inboxId, reason }, 'a call of a channel was refused')
    },
  }
}
