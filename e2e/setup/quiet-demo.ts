import type { Page } from '@playwright/test'
import type { Queue } from '@qiao/protocol'
import { callApi } from './test.ts'

const demoQueues = ['售前咨询', '售后服务', 'English desk']

/** Customers of the demo wait from the start; what they said must not ring in a journey about others. */
export async function quietDemo(admin: Page): Promise<void> {
  const { queues } = await callApi<{ queues: Queue[] }>(admin, 'GET', '/routing/settings')
  for (const { id, name } of queues)
    if (demoQueues.includes(name)) await callApi(admin, 'PUT', `/queues/${id}/pause`, { paused: true })
}
