import { z } from 'zod'
import { contact, contactFields, contactTrail, identity } from '../contact.ts'
import { endpoint } from '../endpoint.ts'
import { id, page } from '../primitives.ts'

const tag = 'Contacts'
const params = z.object({ id })

export const listContacts = endpoint({
  method: 'GET',
  path: '/api/v1/contacts',
  access: 'contacts.read',
  tag,
  summary: 'List or find contacts whose conversations the caller may see',
  query: z.object({
    search: z.string().trim().min(1).max(100).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  response: page(contact),
})

export const readContact = endpoint({
  method: 'GET',
  path: '/api/v1/contacts/:id',
  access: 'contacts.read',
  tag,
  summary: 'Read a contact with its identities and where it has been',
  params,
  response: z.object({ contact, identities: z.array(identity), trail: contactTrail }),
})

export const createContact = endpoint({
  method: 'POST',
  path: '/api/v1/contacts',
  access: 'contacts.write',
  tag,
  summary: 'Create a contact',
  body: contactFields.partial().extend({ externalId: z.string().min(1).max(200).optional() }),
  status: 201,
  response: contact,
})

export const updateContact = endpoint({
  method: 'PATCH',
  path: '/api/v1/contacts/:id',
  access: 'contacts.write',
  tag,
  summary: 'Change a contact; attributes are merged, null removes one',
  params,
  body: contactFields.partial(),
  response: contact,
})

export const markReachable = endpoint({
  method: 'POST',
  path: '/api/v1/contacts/:id/identities/:identityId/reachable',
  access: 'contacts.write',
  tag,
  summary: 'Write to an address again that was found not to work',
  params: params.extend({ identityId: id }),
  response: identity,
})

export const blockContact = endpoint({
  method: 'POST',
  path: '/api/v1/contacts/:id/block',
  access: 'contacts.block',
  tag,
  summary: 'Block or unblock: a blocked contact cannot write',
  params,
  body: z.object({ blocked: z.boolean() }),
  response: contact,
})
