import { z } from 'zod'
import { conversation } from '../conversation.ts'
import { endpoint } from '../endpoint.ts'
import { entry, entryBodies } from '../entries.ts'
import { id, instant, page, webUrl } from '../primitives.ts'
import { routingEvent, routingEventBodies } from '../routing-events.ts'

const tag = 'Webhooks'
const params = z.object({ id })
export const webhookEvent = z.object({ ...entryBodies, ...routingEventBodies }).keyof()

const fields = z.object({
  url: webUrl,
  description: z.string().max(200).default(''),
  /** Kinds of entries and of routing events to send; empty sends all. */
  events: z.array(webhookEvent).default([]),
  enabled: z.boolean().default(true),
})
export const webhook = fields.extend({ id, createdAt: instant, failingSince: instant.nullable() })

const entryPayload = z.object({
  type: z.object(entryBodies).keyof(),
  timestamp: instant.describe('When it happened'),
  data: z.object({
    entry,
    conversation: conversation.pick({
      id: true,
      number: true,
      inboxId: true,
      contactId: true,
      state: true,
      assigneeId: true,
      teamId: true,
      tags: true,
      language: true,
      createdAt: true,
      lastSeq: true,
    }),
  }),
})
const routingPayload = z.object({
  type: z.object(routingEventBodies).keyof(),
  timestamp: instant.describe('When it happened'),
  data: z.object({ event: routingEvent }),
})
/**
 * The body of each request to a webhook. Of a conversation it is as it stood when the event was handed over (`lastSeq`);
 * of agents, offers and queues it is the event alone.
 */
export const webhookPayload = z.union([entryPayload, routingPayload])

export const webhookDelivery = z.object({
  id,
  event: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number().int(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  lastResponse: z.string().nullable().describe('The first 2 KB of the last answer'),
  nextAttemptAt: instant.nullable(),
  createdAt: instant,
  payload: z.unknown(),
})

export const listWebhooks = endpoint({
  method: 'GET',
  path: '/api/v1/webhooks',
  access: 'webhooks.manage',
  tag,
  summary: 'List webhooks',
  response: z.object({ webhooks: z.array(webhook) }),
})
export const createWebhook = endpoint({
  method: 'POST',
  path: '/api/v1/webhooks',
  access: 'webhooks.manage',
  tag,
  summary: 'Create a webhook (Standard Webhooks signatures)',
  body: fields,
  status: 201,
  response: z.object({ webhook, secret: z.string().describe('whsec_…, shown this once') }),
})
export const updateWebhook = endpoint({
  method: 'PUT',
  path: '/api/v1/webhooks/:id',
  access: 'webhooks.manage',
  tag,
  summary: 'Replace a webhook',
  params,
  body: fields,
  response: webhook,
})
export const deleteWebhook = endpoint({
  method: 'DELETE',
  path: '/api/v1/webhooks/:id',
  access: 'webhooks.manage',
  tag,
  summary: 'Delete a webhook',
  params,
})
export const rotateWebhookSecret = endpoint({
  method: 'POST',
  path: '/api/v1/webhooks/:id/secret',
  access: 'webhooks.manage',
  tag,
  summary: 'Make a new signing secret; both sign for 24 hours',
  params,
  response: z.object({ secret: z.string() }),
})
export const listWebhookDeliveries = endpoint({
  method: 'GET',
  path: '/api/v1/webhooks/:id/deliveries',
  access: 'webhooks.manage',
  tag,
  summary: 'Log of deliveries, newest first',
  params,
  query: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  response: page(webhookDelivery),
})
export const resendWebhookDelivery = endpoint({
  method: 'POST',
  path: '/api/v1/webhooks/:id/deliveries/:deliveryId/resend',
  access: 'webhooks.manage',
  tag,
  summary: 'Send a delivery again',
  params: z.object({ id, deliveryId: id }),
  status: 202,
  response: webhookDelivery,
})
