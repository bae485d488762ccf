import type { Page } from '@playwright/test'
import type { Queue } from '@qiao/protocol'
import { callApi } from './test.ts'

/** Whoever waits already, of the demo or an earlier journey, must not ring in this one, but for its own queues. */
export async function quietQueues(admin: Page, own: ReadonlySet<string> = new Set()): Promise<void> {
  const { queues } = await callApi<{ queues: Queue[] }>(admin, 'GET', '/routing/settings')
  for (const { id, pausedAt } of queues)
    if (pausedAt === null && !own.has(id)) await callApi(admin, 'PUT', `/queues/${id}/pause`, { paused: true })
}
