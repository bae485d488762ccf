import type { JobRequest } from '#platform/jobs/jobs'

export const sendJobName = 'send-webhook-deliveries'

export const queueOf = (webhookId: string): string => `webhook:${webhookId}`

/** Sends what is due for a webhook. One at a time for each, so that a slow receiver takes one worker and not all. */
export const sendJob = (webhookId: string, runAt?: Date): JobRequest => ({
  name: sendJobName,
  payload: { webhookId },
  queue: queueOf(webhookId),
  ...(runAt ? { runAt } : {}),
})

/** The end of a pause; only the latest counts. */
export const resumeJob = (webhookId: string, runAt: Date): JobRequest => ({
  ...sendJob(webhookId, runAt),
  key: `webhook-pause:${webhookId}`,
})
