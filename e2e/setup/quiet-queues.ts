import type { Page } from '@playwright/test'
import type { Queue } from '@qiao/protocol'
import { callApi } from './test.ts'

/** Whoever waits already, of the demo or an earlier journey, must not ring in this one. */
export async function quietQueues(admin: Page): Promise<void> {
  const { queues } = await callApi<{ queues: Queue[] }>(admin, 'GET', '/routing/settings')
  for (const { id, pausedAt } of queues)
    if (pausedAt === null) await callApi(admin, 'PUT', `/queues/${id}/pause`, { paused: true })
}
