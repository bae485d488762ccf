import { type OutputOf, listWebhooks, type listWebhookDeliveries, webhookEvent } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async ({ signal }) => (await call(listWebhooks, {}, { signal })).webhooks,
})

export type Webhook = OutputOf<typeof listWebhooks>['webhooks'][number]
export type WebhookEvent = Webhook['events'][number]
export type Delivery = OutputOf<typeof listWebhookDeliveries>['items'][number]

export const webhookEvents = webhookEvent.options
