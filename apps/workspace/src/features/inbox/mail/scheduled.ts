import type { ScheduledReply } from '@qiao/protocol'

/** What leaves within this time is counted down; what leaves later has a time. */
export const soonMs = 60_000

export type Leaving = { is: 'failed' } | { is: 'soon'; seconds: number } | { is: 'leaving' } | { is: 'later' }

export function leavingOf({ state, sendAt }: Pick<ScheduledReply, 'state' | 'sendAt'>, now: number): Leaving {
  if (state === 'failed') return { is: 'failed' }
  const left = Date.parse(sendAt) - now
  if (state !== 'waiting' || left <= 0) return { is: 'leaving' }
  return left < soonMs ? { is: 'soon', seconds: Math.ceil(left / 1000) } : { is: 'later' }
}
