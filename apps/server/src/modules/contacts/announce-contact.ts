import type { Contact } from '@qiao/protocol'
import type { Bus } from '#platform/bus/bus'
import type { Database } from '#platform/database/connect'
import { inboxesOf } from './read-contact.ts'
import { contactChanged, contactsMerged } from './topics.ts'

/** Screens that show the contact hear of the change, whoever made it: an agent, a form, a signed token. */
export async function announceContact({ db, bus }: { db: Database; bus: Bus }, contact: Contact): Promise<Contact> {
  bus.publish(contactChanged, { contact, inboxIds: await inboxesOf(db, contact.id) })
  return contact
}

interface MergeTold {
  contact: Contact
  fromId: string
  inboxIds: string[]
  identityIds: string[]
  undone: boolean
  /** Who is back, when it was undone. */
  restored?: Contact
}

export function announceMerge(bus: Bus, { contact, restored, ...told }: MergeTold): void {
  const { inboxIds } = told
  bus.publish(contactChanged, { contact, inboxIds })
  if (restored) bus.publish(contactChanged, { contact: restored, inboxIds })
  bus.publish(contactsMerged, { ...told, intoId: contact.id })
}
