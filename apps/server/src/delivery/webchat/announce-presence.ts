import { touchContact } from '#contacts'
import { contactOnline } from '#conversations'
import type { Log } from '#platform/log'
import { noteCustomerPresence } from '#routing'
import type { WebchatDeps } from './webchat-deps.ts'

interface Who {
  contactId: string
  inboxId: string
}

/**
 * Tells agents and queues whether a customer's chat is open, in this process as `isHere` knows. For each customer one at a
 * time and as it is by then, so that of closing and opening at once the last one counts.
 */
export function announcePresence(deps: WebchatDeps, log: Log, isHere: (who: Who) => boolean): (who: Who) => void {
  const telling = new Map<string, Promise<void>>()

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
  function announce(who: Who): void {
    const key = `${who.contactId} ${who.inboxId}`
    const told = (telling.get(key) ?? Promise.resolve())
      .then(() => tell(who))
      .finally(() => telling.get(key) === told && telling.delete(key))
    telling.set(key, told)
  }
  // Gone from another process, while another tab is open here.
  deps.bus.subscribe(contactOnline, ({ online, ...who }) => {
    if (!online && isHere(who)) announce(who)
  })
  return announce
}
