import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import type { Bus } from '#platform/bus/bus'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { AgentPrincipal } from '#platform/principal'
import { announceContact } from './announce-contact.ts'
import { createContact } from './create-contact.ts'
import {
  canSeeContact,
  currentContactId,
  findContact,
  listContacts,
  listIdentities,
  readTrail,
} from './read-contact.ts'
import { blockContact, updateContact } from './update-contact.ts'

interface ContactRoutes {
  db: Database
  bus: Bus
  clock: Clock
  /** A blocked visitor is shown out at once. */
  onBlocked: (contactId: string) => Promise<void>
}

export function contactRoutes({ db, bus, clock, onBlocked }: ContactRoutes): Route[] {
  const announce = (contact: api.Contact): Promise<api.Contact> => announceContact({ db, bus }, contact)
  async function mustSee(agent: AgentPrincipal, id: string): Promise<void> {
    if (!(await canSeeContact(db, agent, id))) throw new AppError('not-found')
  }
  return [
    route(api.listContacts, ({ query }, { principal }) => listContacts(db, principal, query)),
    route(api.readContact, async ({ params }, { principal }) => {
      // A link to somebody who was merged leads to whom that is now.
      const id = await currentContactId(db, params.id)
      const contact = id && (await findContact(db, id))
      if (!contact) throw new AppError('not-found')
      await mustSee(principal, contact.id)
      const [identities, trail] = await Promise.all([listIdentities(db, contact.id), readTrail(db, contact.id)])
      return { contact, identities, trail }
    }),
    route(api.createContact, ({ body }) => createContact(db, body, clock.now())),
    route(api.updateContact, async ({ params, body }, { principal }) => {
      await mustSee(principal, params.id)
      return announce(await updateContact(db, params.id, body))
    }),
    route(api.blockContact, async ({ params, body }, context) => {
      await mustSee(context.principal, params.id)
      const contact = await blockContact(db, params.id, body.blocked, actorOf(context), clock.now())
      if (body.blocked) await onBlocked(params.id)
      return announce(contact)
    }),
  ]
}
