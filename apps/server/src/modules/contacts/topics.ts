import type { Contact } from '@qiao/protocol'
import { topic } from '#platform/bus/bus'

export const contactChanged = topic<{ contact: Contact; inboxIds: string[] }>('contact-changed')
