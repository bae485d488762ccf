import { topic } from '#platform/bus/bus'

/** Whose events wait, and how long for others that may have to go first. */
export interface WaitingCustomer {
  inboxId: string
  orderKey: string
  settleMs: number
}

/** Events were stored and wait to be worked off. Without customers: whose, is to be looked up. */
export const eventsWait = topic<{ customers: readonly WaitingCustomer[] }>('channel-events-wait')

/** An inbox's configuration was saved: processes forget what they remember of it. Screens are not told: they may hold a form. */
export const accountChanged = topic<{ inboxId: string }>('channel-account-changed')

/** Something is ready that can be the answer to an open call of this customer. */
export const answerReady = topic<{ inboxId: string; address: string }>('channel-answer-ready')
