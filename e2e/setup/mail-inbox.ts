import type { Page } from '@playwright/test'
import { startSimulator } from '../../packages/channels/src/email/simulator.ts'
import { callApi } from './test.ts'

interface Named {
  id: string
}

/** An inbox of letters with the mail service of a business. */
export async function openMail(admin: Page, name: string) {
  const simulator = await startSimulator({ now: () => new Date() })
  const { teams } = await callApi<{ teams: Named[] }>(admin, 'GET', '/teams')
  const inbox = await callApi<Named>(admin, 'POST', '/inboxes', {
    name,
    channel: 'email',
    teamIds: teams.map(({ id }) => id),
  })
  const account = `/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await callApi<{ version: number; callbackUrl: string }>(admin, 'GET', account)
  await callApi(admin, 'PUT', account, { version, config: simulator.config })
  simulator.pointTo(new URL(new URL(callbackUrl).pathname, admin.url()).href)
  return { simulator, inboxId: inbox.id }
}
