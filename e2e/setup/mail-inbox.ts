import { createHmac, randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
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
  const callback = new URL(new URL(callbackUrl).pathname, admin.url()).href
  simulator.pointTo(callback)
  /** A mail as somebody made it by hand, in the shape of Mailgun's routes; a string of bytes. */
  const handOver = async (raw: string): Promise<void> => {
    const [timestamp, token] = [String(Math.floor(Date.now() / 1000)), randomUUID()]
    const signature = createHmac('sha256', String(simulator.config['webhookKey']))
      .update(timestamp + token)
      .digest('hex')
    const body = new FormData()
    const fields = { timestamp, token, signature, sender: 'x@y.example', recipient: 'help@shop.example' }
    for (const [field, value] of Object.entries({ ...fields, 'body-mime': raw })) body.set(field, value)
    const answer = await fetch(`${callback}?format=mime`, { method: 'POST', body })
    expect(answer.status, await answer.text()).toBe(200)
  }
  return { simulator, inboxId: inbox.id, handOver }
}
