import type { SendResult } from '@qiao/channels'

/**
 * How many conversations of one account this process sends at a time, fewer than it can send at all: a provider that
 * answers nobody keeps only its own customers waiting.
 */
export interface SendingSlots {
  /** Ours until it is given back; or how long to wait, `silent` when nobody is answered there. */
  take(inboxId: string): Slot | Wait
  /** What became of a call, and how long it took. */
  note(inboxId: string, result: SendResult, tookMs: number): void
}
interface Slot {
  kind: 'slot'
  giveBack: () => void
}
interface Wait {
  kind: 'wait'
  ms: number
  silent: boolean
}

/** Of all conversations that are sent at once, and of one account. */
export const sendingPlaces = 16
const mostOfOne = 8
const busyMs = 300
/** A call that got no answer in this time has held its place for nothing. */
const slowMs = 5_000
/** After so many of these in a row one conversation at a time is tried, so often. */
const silentAfter = 4
const probeEveryMs = 10_000

interface Account {
  taken: number
  unanswered: number
  /** The next conversation is tried then. */
  probeAt: number
}

/** `now`: milliseconds that only grow. */
export function createSendingSlots(now: () => number = () => performance.now()): SendingSlots {
  const accounts = new Map<string, Account>()

  function take(inboxId: string): Slot | Wait {
    const account = accounts.get(inboxId) ?? { taken: 0, unanswered: 0, probeAt: 0 }
    const silent = account.unanswered >= silentAfter
    if (silent && now() < account.probeAt) return { kind: 'wait', ms: Math.ceil(account.probeAt - now()), silent }
    if (silent && account.taken > 0) return { kind: 'wait', ms: probeEveryMs, silent }
    if (account.taken >= mostOfOne) return { kind: 'wait', ms: busyMs, silent }
    account.taken += 1
    accounts.set(inboxId, account)
    return {
      kind: 'slot',
      giveBack: () => {
        account.taken -= 1
        if (account.taken === 0 && account.unanswered === 0) accounts.delete(inboxId)
      },
    }
  }
  return {
    take,
    note: (inboxId, result, tookMs) => {
      const account = accounts.get(inboxId)
      if (!account) return
      const unanswered = result.kind !== 'accepted' && result.problem.code === 'no-answer'
      if (!unanswered) account.unanswered = 0
      else if (tookMs >= slowMs) {
        account.unanswered += 1
        account.probeAt = now() + probeEveryMs
      }
    },
  }
}
