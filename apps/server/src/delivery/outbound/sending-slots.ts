import type { SendResult } from '@qiao/channels'

/**
 * How many conversations of one account this process sends at a time, fewer than it can send at all: a provider that
 * answers nobody keeps only its own customers waiting.
 */
export interface SendingSlots {
  /** Ours until it is given back, or why not. */
  take(inboxId: string): Slot | Full | Silent
  /** Calls `wake` once, when there may be one: at once if there is one by now. Nobody hears of it after a restart. */
  whenFree(inboxId: string, wake: () => void): void
  /** What became of a call, and how long it took. */
  note(inboxId: string, result: SendResult, tookMs: number): void
}
interface Slot {
  kind: 'slot'
  giveBack: () => void
}
interface Full {
  kind: 'full'
}
/** Nobody is answered there: how long to wait. */
interface Silent {
  kind: 'silent'
  ms: number
}

/** How many conversations a process sends at once, at most. */
export const sendingPlaces = 16
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
  waiting: (() => void)[]
}

/** `places`: of all accounts together; one has half of them at most. `now`: milliseconds that only grow. */
export function createSendingSlots(places: number, now: () => number = () => performance.now()): SendingSlots {
  const mostOfOne = Math.ceil(places / 2)
  const accounts = new Map<string, Account>()

  function accountOf(inboxId: string): Account {
    const known = accounts.get(inboxId)
    if (known) return known
    const account = { taken: 0, unanswered: 0, probeAt: 0, waiting: [] }
    accounts.set(inboxId, account)
    return account
  }
  return {
    take: (inboxId) => {
      const account = accountOf(inboxId)
      if (account.unanswered >= silentAfter) {
        if (now() < account.probeAt) return { kind: 'silent', ms: Math.ceil(account.probeAt - now()) }
        if (account.taken > 0) return { kind: 'silent', ms: probeEveryMs }
      }
      if (account.taken >= mostOfOne) return { kind: 'full' }
      account.taken += 1
      return {
        kind: 'slot',
        giveBack: () => {
          account.taken -= 1
          account.waiting.shift()?.()
        },
      }
    },
    whenFree: (inboxId, wake) => {
      const account = accountOf(inboxId)
      if (account.taken < mostOfOne) wake()
      else account.waiting.push(wake)
    },
    note: (inboxId, result, tookMs) => {
      const account = accountOf(inboxId)
      const isUnanswered = result.kind !== 'accepted' && result.problem.code === 'no-answer'
      if (!isUnanswered) account.unanswered = 0
      else if (tookMs >= slowMs) {
        account.unanswered += 1
        account.probeAt = now() + probeEveryMs
      }
    },
  }
}
