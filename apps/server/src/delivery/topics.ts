import { topic } from '#platform/bus/bus'

/** Whose events wait, and how long for others that may have to go first. */
export interface WaitingCustomer {
  inboxId: string
  orderKey: string
  settleMs: number
}

/** Events were stored and wait to be worked off. Without customers: whose, is to be looked up. */
export const eventsWait = topic<{ customers: readonly WaitingCustomer[] }>('channel-events-wait')
