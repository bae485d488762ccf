import type { Entry, QueueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { startCompany } from '../../testing/company.ts'

/** Queues that take nobody in, or send away who waits: what the customer is told, and what is not claimed. */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { must, admin, inboxes } = company
const patience = { timeout: 20_000, interval: 100 }
const { id: calendarId } = await must('POST', '/api/v1/calendars', admin.credentials, {
  name: 'Never',
  timeZone: 'UTC',
  weekly: Array.from({ length: 7 }, () => []),
  holidays: [],
})

/** Whoever writes from now on comes into this queue. */
async function open(settings: object, hours: string | null) {
  const fields = { name: uuidv7(), calendarId: hours, settings }
  const queue = await must('POST', '/api/v1/queues', admin.credentials, fields)
  const all = (await must('GET', '/api/v1/inboxes', admin.credentials)).inboxes
  const inbox = all.find(({ id }: { id: string }) => id === inboxes.first.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: inbox.version,
    settings: { ...inbox.settings, routing: { queueId: queue.id, departments: [] } },
  })
  return queue
}
const closing = { whenClosed: { to: 'closed' } }
const words: QueueSettings['words'] = { en: { closed: 'We open at nine', long: 'It takes too long today' } }
/** Somebody who reads English. */
async function arrive() {
  const { token } = await must('POST', `/api/client/v1/inboxes/${inboxes.first.key}/sessions`, {}, {})
  const credentials = { authorization: `Bearer ${token}` }
  const content = { type: 'text', text: 'Hello?' }
  const message = { clientKey: uuidv7(), conversationId: null, content, device: { language: 'en' } }
  const { conversation } = await must('POST', '/api/client/v1/messages', credentials, message)
  return { credentials, conversationId: String(conversation.id) }
}
async function toldTo(visitor: { conversationId: string; credentials: Record<string, string> }): Promise<string[]> {
  const path = `/api/client/v1/conversations/${visitor.conversationId}/entries`
  const { entries }: { entries: Entry[] } = await must('GET', path, visitor.credentials)
  return entries.flatMap((entry) => {
    if (entry.kind === 'conversation.queue-left') return [entry.body.outcome]
    if (entry.kind === 'conversation.queued') return [`queued ${entry.body.channel}`]
    return entry.kind === 'message.sent' && entry.body.content.type === 'text' ? [entry.body.content.text] : []
  })
}

test('a queue that is closed takes no message, and says so in its own words if it has some', async () => {
  await open({ overflow: closing }, calendarId)
  expect(await toldTo(await arrive())).toEqual(['queued message', 'closed'])
  await open({ overflow: closing, words }, calendarId)
  expect(await toldTo(await arrive())).toEqual(['queued message', 'closed', 'We open at nine'])
})

test('who waited when the hours ended, or for too long, hears it in the words of the queue', async () => {
  const queue = await open({ overflow: closing, words }, null)
  const visitor = await arrive()
  await must('PUT', `/api/v1/queues/${queue.id}`, admin.credentials, { ...queue, calendarId })
  await expect.poll(() => toldTo(visitor), patience).toEqual(['queued web', 'closed', 'We open at nine'])
  const limits = { waitSeconds: 1 }
  await open({ limits, overflow: { whenLong: { to: 'closed' } }, words }, null)
  const other = await arrive()
  await expect.poll(() => toldTo(other), patience).toEqual(['queued web', 'closed', 'It takes too long today'])
})
