import { z } from 'zod'
import { contact } from '../contact.ts'
import { endpoint } from '../endpoint.ts'
import { contactMerge, mergeSuggestion, suggestionReason } from '../merge.ts'
import { clientKey, id, instant, page } from '../primitives.ts'
import { visitor } from './client.ts'

const tag = 'Contacts'
const params = z.object({ id })
const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

export const mergeContacts = endpoint({
  method: 'POST',
  path: '/api/v1/contacts/:id/merges',
  access: 'contacts.merge',
  tag,
  summary: 'Merge another contact into this one',
  description:
    'What is empty is filled; where both say something, this one wins, unless `take` names the field (`email`, `attributes.level`). A customer of the company’s own system stays, whichever was named. A repeat with the same client key answers the same merge.',
  params,
  body: z.object({ clientKey, otherId: id, take: z.array(z.string().max(80)).max(60).default([]) }),
  response: z.object({ contact, merge: contactMerge }),
})

export const listMerges = endpoint({
  method: 'GET',
  path: '/api/v1/contacts/:id/merges',
  access: 'contacts.read',
  tag,
  summary: 'List who was merged into a contact, newest first',
  params,
  query: pageQuery,
  response: page(contactMerge),
})

export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/v1/contact-merges/:id/undo',
  access: 'contacts.unmerge',
  tag,
  summary: 'Take a merge back',
  description:
    'Identities go back to whom they came from, with all that was said through them, then and since. The two are kept apart from then on.',
  params,
  response: z.object({ contact, from: contact }),
})

export const suggestMerges = endpoint({
  method: 'GET',
  path: '/api/v1/contacts/:id/merge-suggestions',
  access: 'contacts.read',
  tag,
  summary: 'Who may be the same person, and why; nobody is merged because of it',
  params,
  response: z.object({ suggestions: z.array(mergeSuggestion) }),
})

export const listMergeSuggestions = endpoint({
  method: 'GET',
  path: '/api/v1/merge-suggestions',
  access: 'contacts.read',
  tag,
  summary: 'List pairs of contacts that may be the same person',
  description: 'Looks through the contacts, the latest first, a part at a time: a page may be empty and others follow.',
  query: z.object({ cursor: z.string().max(200).optional() }),
  response: page(
    z.object({ contact, other: contact, reasons: z.array(suggestionReason).min(1), mergeable: z.boolean() }),
  ),
})

export const keepApart = endpoint({
  method: 'POST',
  path: '/api/v1/contacts/:id/apart',
  access: 'contacts.merge',
  tag,
  summary: 'Say that two contacts are not the same person: they are no longer suggested, nor merged by themselves',
  params,
  body: z.object({ otherId: id }),
})

const bindLink = z.object({
  token: z.string().describe('For any channel: sent there as a message, or as the parameter of a link or code'),
  expiresAt: instant,
  links: z.array(
    z.object({
      inboxId: id,
      name: z.string(),
      channel: z.object({ zh: z.string(), en: z.string() }).describe('What people call the channel'),
      url: z.string(),
      as: z.enum(['link', 'code']).describe('`code`: to be scanned only; it does not open when it is pressed'),
      code: z
        .object({ size: z.number().int(), path: z.string() })
        .describe('The same as a QR code: the path of its dark squares in a box of that size'),
    }),
  ),
})

export const createBindLink = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/bind-link',
  access: 'conversations.work',
  tag,
  summary: 'Make a link by which the customer proves, on another channel, to be the same person',
  description: 'Works once, for fifteen minutes.',
  params,
  response: bindLink,
})

export const createOwnBindLink = endpoint({
  method: 'POST',
  path: '/api/client/v1/bind-links',
  access: 'visitor',
  tag: 'Client',
  summary: 'Make a link by which the visitor proves, on another channel, to be the same person',
  description: 'The links lead to the inboxes that `settings.continueIn` names. Works once, for fifteen minutes.',
  response: bindLink,
})

export const useBindLink = endpoint({
  method: 'POST',
  path: '/api/client/v1/bind',
  access: 'visitor',
  tag: 'Client',
  summary: 'Prove, by a link that was made on another channel, to be the same person',
  body: z.object({ token: z.string().min(1).max(100) }),
  response: z.object({
    visitor,
    bound: z.boolean().describe('False where a person of the company decided that the two are not the same'),
  }),
})
