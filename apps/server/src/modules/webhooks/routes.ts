import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import { type Route, route } from '#platform/http/route'
import { createWebhook, deleteWebhook, listWebhooks, rotateWebhookSecret, updateWebhook } from './configure-webhooks.ts'
import { listDeliveries, resendDelivery } from './delivery-log.ts'
import type { WebhookDeps } from './webhook-deps.ts'

export const webhookRoutes = (deps: WebhookDeps): Route[] => [
  route(api.listWebhooks, async () => ({ webhooks: await listWebhooks(deps) })),
  route(api.createWebhook, ({ body }, context) => createWebhook(deps, body, actorOf(context))),
  route(api.updateWebhook, ({ params, body }, context) => updateWebhook(deps, params.id, body, actorOf(context))),
  route(api.deleteWebhook, ({ params }, context) => deleteWebhook(deps, params.id, actorOf(context))),
  route(api.rotateWebhookSecret, async ({ params }, context) => ({
    secret: await rotateWebhookSecret(deps, params.id, actorOf(context)),
  })),
  route(api.listWebhookDeliveries, ({ params, query }) => listDeliveries(deps, params.id, query)),
  route(api.resendWebhookDelivery, ({ params }) => resendDelivery(deps, params.id, params.deliveryId)),
]
