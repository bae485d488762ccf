import { touchContact } from '#contacts'
import { type ConversationDeps, contactOnline } from '#conversations'
import type { Log } from '#platform/log'
import { createTurns } from '#platform/turns'
import { type Customer, noteCustomerGone, noteCustomersHere, type ServerNode } from '#routing'

/** Whose chat is open in this process. */
export interface Audience {
  has(customer: Customer): boolean
  all(): Customer[]
}

const perStatement = 1_000

/**
 * Tells agents and queues whether a customer's chat is open, in this process as `here` knows. For each customer one at a
 * time and as it is by then, so that of closing and opening at once the last one counts.
 */
export function announcePresence(
  deps: ConversationDeps & { node: ServerNode },
  log: Log,
  here: Audience,
): (who: Customer) => void {
  const { node } = deps
  const turns = createTurns()
  const owed = new Map<string, Customer>()

  async function tell(key: string, { contactId, inboxId }: Customer): Promise<void> {
    const who = { contactId, inboxId }
    const online = here.has(who)
    try {
      await touchContact(deps.db, contactId, deps.clock.now())
      await (online ? noteCustomersHere(deps, node.id, [who]) : noteCustomerGone(deps, node.id, who))
    } catch (error) {
      log.warn({ err: error }, 'that a visitor came or went was not kept')
      owed.set(key, who)
    }
    deps.bus.publish(contactOnline, { contactId, inboxId, online })
  }
  const announce = (who: Customer): void => {
    const key = `${who.contactId} ${who.inboxId}`
    turns.take(key, () => tell(key, who))
  }
  node.onBeat(async (anew) => {
    for (const [key, who] of owed) {
      owed.delete(key)
      announce(who)
    }
    if (!anew) return
    const all = here.all()
    for (let at = 0; at < all.length; at += perStatement)
      await noteCustomersHere(deps, node.id, all.slice(at, at + perStatement))
  })
  // Gone from another process, while another tab is open here.
  deps.bus.subscribe(contactOnline, ({ online, ...who }) => {
    if (!online && here.has(who)) announce(who)
  })
  return announce
}
