import { z } from 'zod'
import { entriesAppended } from '#conversations'
import { agentsMoved, routingMoved, sweepRoutingEvents } from '#routing'
import { type FollowedFeed, followFeed } from '#platform/feed/follow-feed'
import { defineJob, type Job } from '#platform/jobs/jobs'
import { routingWebhookFeed, webhookFeed } from './hand-over.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { sendJobName } from './send-job.ts'
import { sweepDeliveries } from './sweep-deliveries.ts'
import type { WebhookDeps } from './webhook-deps.ts'

/** Turns what happens into deliveries within a fraction of a second; runs where jobs run. */
export async function followFeeds(deps: WebhookDeps): Promise<FollowedFeed> {
  const feeds = await Promise.all([
    followFeed({ ...deps, wakeOn: [entriesAppended] }, webhookFeed(deps.clock)),
    followFeed({ ...deps, wakeOn: [agentsMoved, routingMoved] }, routingWebhookFeed(deps.clock)),
  ])
  return {
    catchUp: async () => void (await Promise.all(feeds.map((feed) => feed.catchUp()))),
    stop: async () => void (await Promise.all(feeds.map((feed) => feed.stop()))),
  }
}

const nothing = z.object({}).loose()

export const webhookJobs = (deps: WebhookDeps, feed: Pick<FollowedFeed, 'catchUp'>): Job[] => [
  defineJob({
    name: sendJobName,
    payload: z.object({ webhookId: z.uuid() }),
    run: ({ webhookId }) => sendDeliveries(deps, webhookId),
  }),
  // A hint of the bus may be lost; the feed itself loses nothing.
  defineJob({ name: 'read-webhook-feed', payload: nothing, every: '* * * * *', run: () => feed.catchUp() }),
  defineJob({
    name: 'sweep-webhook-deliveries',
    payload: nothing,
    every: '17 * * * *',
    run: () => sweepDeliveries(deps),
  }),
  defineJob({
    name: 'sweep-routing-events',
    payload: nothing,
    every: '27 * * * *',
    run: () => sweepRoutingEvents(deps.db, routingWebhookFeed(deps.clock).name, deps.clock.now()),
  }),
]
