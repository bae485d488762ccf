import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { id, instant, noNul } from '../primitives.ts'

const tag = 'Mail'

/** Stand for what is known only when a mail is written; whoever inserts the text puts it in their place. */
export const mailPlaceholders = ['agent', 'customer', 'number'] as const
export type MailPlaceholder = (typeof mailPlaceholders)[number]

const fields = z.object({
  /** Null: of all inboxes in which people write mails. */
  inboxId: id.nullable(),
  name: z.string().trim().min(1).max(100).refine(noNul),
  /** Of new mails; an answer keeps its own. */
  subject: z.string().trim().max(300).refine(noNul).default(''),
  html: z.string().min(1).max(100_000).refine(noNul),
})
export const mailTemplate = fields.extend({ id, subject: z.string(), updatedAt: instant })
export type MailTemplate = z.infer<typeof mailTemplate>

export const listMailTemplates = endpoint({
  method: 'GET',
  path: '/api/v1/mail-templates',
  access: 'conversations.work',
  tag,
  summary: 'Texts for mails: those of all inboxes, and of the inboxes that the caller sees',
  query: z.object({ inboxId: id.optional().describe('Only those that can be used in this inbox') }),
  response: z.object({ templates: z.array(mailTemplate) }),
})
export const createMailTemplate = endpoint({
  method: 'POST',
  path: '/api/v1/mail-templates',
  access: 'inboxes.manage',
  tag,
  summary: 'Add a text for mails',
  description:
    'The server takes out whatever does not belong in a mail. `{agent}`, `{customer}` and `{number}` are filled in by whoever inserts the text.',
  body: fields,
  status: 201,
  response: mailTemplate,
})
export const updateMailTemplate = endpoint({
  method: 'PUT',
  path: '/api/v1/mail-templates/:id',
  access: 'inboxes.manage',
  tag,
  summary: 'Change a text for mails',
  params: z.object({ id }),
  body: fields,
  response: mailTemplate,
})
export const deleteMailTemplate = endpoint({
  method: 'DELETE',
  path: '/api/v1/mail-templates/:id',
  access: 'inboxes.manage',
  tag,
  summary: 'Delete a text for mails',
  params: z.object({ id }),
})
