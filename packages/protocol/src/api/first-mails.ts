import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { mailContent, mailDraft, mailWriting } from '../mail-content.ts'
import { clientKey, id, instant } from '../primitives.ts'
import { scheduledReply } from './mails.ts'

/** Mails that begin a conversation: until they have left there is none. */

const tag = 'Mail'
const params = z.object({ id })

export const readFirstMailStart = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/mail-start',
  access: 'conversations.work',
  tag,
  summary: 'What a mail that begins a conversation begins with',
  params,
  response: z.object({ signatureHtml: z.string().nullable(), agentName: z.string() }),
})
export const scheduleFirstMail = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/scheduled-mails',
  access: 'conversations.work',
  tag,
  summary: 'Send a mail that begins a conversation later; within seconds for one that can be undone',
  description:
    'Until it leaves there is no conversation. It is moved and taken back like any reply that waits (`/api/v1/scheduled-replies/{id}`).',
  params,
  body: z.object({ clientKey, content: mailContent, sendAt: instant, writing: mailWriting.optional() }),
  status: 201,
  response: scheduledReply,
})
export const listScheduledMails = endpoint({
  method: 'GET',
  path: '/api/v1/scheduled-mails',
  access: 'conversations.work',
  tag,
  summary: 'The caller’s mails that begin a conversation and have not left yet, or have within the last minute',
  description: 'Those that have left are `sent` and name the conversation that they began.',
  response: z.object({ items: z.array(scheduledReply) }),
})

export const firstMailDraft = z.object({ inboxId: id, mail: mailDraft, updatedAt: instant })
export type FirstMailDraft = z.infer<typeof firstMailDraft>

export const readFirstMailDraft = endpoint({
  method: 'GET',
  path: '/api/v1/mail-draft',
  access: 'conversations.work',
  tag,
  summary: 'The mail that the caller is writing to begin a conversation',
  response: z.object({ draft: firstMailDraft.nullable() }),
})
export const saveFirstMailDraft = endpoint({
  method: 'PUT',
  path: '/api/v1/mail-draft',
  access: 'conversations.work',
  tag,
  summary: 'Keep that mail on every device; null deletes it',
  body: z.object({ draft: firstMailDraft.omit({ updatedAt: true }).nullable() }),
})
