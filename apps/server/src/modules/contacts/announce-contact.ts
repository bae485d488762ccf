import type { Contact } from '@qiao/protocol'
import type { Bus } from '#platform/bus/bus'
import type { Database } from '#platform/database/connect'
import { listIdentities } from './read-contact.ts'
import { contactChanged } from './topics.ts'

/** Screens that show the contact hear of the change, whoever made it: an agent, a form, a signed token. */
export async function announceContact({ db, bus }: { db: Database; bus: Bus }, contact: Contact): Promise<Contact> {
  const identities = await listIdentities(db, contact.id)
  bus.publish(contactChanged, { contact, inboxIds: identities.map((identity) => identity.inboxId) })
  return contact
}
