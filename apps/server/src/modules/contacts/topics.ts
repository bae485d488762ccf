import type { Contact } from '@qiao/protocol'
import { topic } from '#platform/bus/bus'

export const contactChanged = topic<{ contact: Contact; inboxIds: string[] }>('contact-changed')
/** Two contacts are one from here on, or two again; `identityIds` changed hands. */
export const contactsMerged = topic<{
  fromId: string
  intoId: string
  undone: boolean
  inboxIds: string[]
  identityIds: string[]
}>('contacts-merged')
