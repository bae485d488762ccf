import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Agent, Calendar, Inbox, Offer, Queue } from '@qiao/protocol'
import type { Handle } from '../../apps/server/src/demo/story.ts'
import { quietQueues } from './quiet-queues.ts'
import { agentIdOf, emptyHands, giveProfile } from './routing.ts'
import { callApi, emailOf, expect } from './test.ts'

type Settings = Partial<Queue['settings']>

/** A queue of a journey's own, served by some, and an inbox whose visitors wait in it. Gives the inbox's key. */
export async function openQueue(
  admin: Page,
  servedBy: readonly Handle[],
  settings: Settings = {},
  open = true,
): Promise<string> {
  await quietQueues(admin)
  const { agents } = await callApi<{ agents: Agent[] }>(admin, 'GET', '/agents')
  const emails = servedBy.map(emailOf)
  const agentIds = agents.filter(({ email }) => emails.includes(email)).map(({ id }) => id)
  await emptyHands(admin, agentIds)
  const name = `Journey ${randomUUID()}`
  const closed = { name, timeZone: 'Asia/Shanghai', weekly: [[], [], [], [], [], [], []] }
  const calendarId = open ? null : (await callApi<Calendar>(admin, 'POST', '/calendars', closed)).id
  const { id: queueId } = await callApi<Queue>(admin, 'POST', '/queues', {
    name,
    calendarId,
    settings: { groups: [{ teamIds: [], agentIds, afterSeconds: 0 }], ...settings },
  })
  const inbox = await callApi<Inbox>(admin, 'POST', '/inboxes', { name, settings: { routing: { queueId } } })
  return inbox.key
}

/** The agent's number (工号), which customers see. */
export async function giveNumber(admin: Page, handle: Handle, number: string): Promise<void> {
  await giveProfile(admin, await agentIdOf(admin, handle), { number })
}

/** Takes the first thing that rings at this agent, as the card's button does. */
export async function acceptFirst(workspace: Page): Promise<void> {
  const ringing = async (): Promise<string | undefined> =>
    (await callApi<{ offers: Offer[] }>(workspace, 'GET', '/routing/me')).offers[0]?.id
  await expect.poll(ringing).toBeDefined()
  await callApi(workspace, 'POST', `/offers/${await ringing()}/accept`, { clientKey: randomUUID() })
}
