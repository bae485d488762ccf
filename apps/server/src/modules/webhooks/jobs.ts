import { z } from 'zod'
import { type FollowedFeed, followFeed } from '#conversations'
import { defineJob, type Job } from '#platform/jobs/jobs'
import { webhookFeed } from './hand-over.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { sendJobName } from './send-job.ts'
import { sweepDeliveries } from './sweep-deliveries.ts'
import type { WebhookDeps } from './webhook-deps.ts'

/** Turns entries into deliveries within a fraction of a second; runs where jobs run. */
export const followEntries = (deps: WebhookDeps): Promise<FollowedFeed> => followFeed(deps, webhookFeed(deps.clock))

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
]
