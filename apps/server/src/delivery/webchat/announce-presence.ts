import { touchContact } from '#contacts'
import { type ConversationDeps, contactOnline } from '#conversations'
import type { Log } from '#platform/log'
import { createTurns } from '#platform/turns'
import { noteCustomerPresence } from '#routing'

interface Who {
  contactId: string
  inboxId: string
}

/**
 * Tells agents and queues whether a customer's chat is open, in this process as `isHere` knows. For each customer one at a
 * time and as it is by then, so that of closing and opening at once the last one counts.
 */
export function announcePresence(deps: ConversationDeps, log: Log, isHere: (who: Who) => boolean): (who: Who) => void {
  const turns = createTurns()

  async function tell({ contactId, inboxId }: Who): Promise<void> {
    const online = isHere({ contactId, inboxId })
    try {
      await touchContact(deps.db, contactId, deps.clock.now())
      await noteCustomerPresence(deps, contactId, inboxId, online)
    } catch (error) {
      log.warn({ err: error }, 'that a visitor came or went was not kept')
    }
    deps.bus.publish(contactOnline, { contactId, inboxId, online })
  }
  const announce = (who: Who): void => turns.take(`${who.contactId} ${who.inboxId}`, () => tell(who))
  // Gone from another process, while another tab is open here.
  deps.bus.subscribe(contactOnline, ({ online, ...who }) => {
    if (!online && isHere(who)) announce(who)
  })
  return announce
}
