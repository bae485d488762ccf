import { z } from 'zod'
import { attachment } from '../attachment.ts'
import { endpoint } from '../endpoint.ts'
import { id } from '../primitives.ts'

const tag = 'Attachments'
const params = z.object({ id })
const named = z.object({
  /** Display name, percent-encoded. */
  name: z.string().min(1).max(1000),
  type: z.string().max(200).optional(),
})
const linkRequest = z.object({ ids: z.array(id).min(1).max(50) })
const linked = z.object({ attachments: z.array(attachment) })

/** The body is the raw file. The id is chosen by the client: the same upload again gives the same attachment. */
export const uploadAttachment = endpoint({
  method: 'PUT',
  path: '/api/v1/attachments/:id',
  access: 'conversations.work',
  tag,
  summary: 'Upload a file for a conversation; send it with a message of its kind',
  description: 'For what begins a conversation the inbox is named instead.',
  params,
  query: named.extend({ conversationId: id.optional(), inboxId: id.optional() }),
  status: 201,
  response: attachment,
})
export const linkAttachments = endpoint({
  method: 'POST',
  path: '/api/v1/attachments/links',
  access: 'conversations.read',
  tag,
  summary: 'Short-lived links and states of attachments that the caller may see',
  body: linkRequest,
  response: linked,
})
export const uploadVisitorAttachment = endpoint({
  method: 'PUT',
  path: '/api/client/v1/attachments/:id',
  access: 'visitor',
  tag: 'Client',
  summary: 'Upload a file as a visitor',
  params,
  query: named,
  status: 201,
  response: attachment,
})
export const linkVisitorAttachments = endpoint({
  method: 'POST',
  path: '/api/client/v1/attachments/links',
  access: 'visitor',
  tag: 'Client',
  summary: 'Short-lived links and states of attachments of own conversations',
  body: linkRequest,
  response: linked,
})
