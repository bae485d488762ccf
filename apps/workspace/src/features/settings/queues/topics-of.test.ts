import { type Inbox, inboxSettings } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { topicsOf } from './topics-of.ts'

const queueId = '01890000-0000-7000-8000-0000000000aa'
const inbox = (routed: boolean, topics: { key: string; label: string }[]): Inbox => ({
  id: queueId,
  channel: 'web',
  key: 'k',
  name: 'Shop',
  calendarId: null,
  teamIds: [],
  settings: inboxSettings.parse({ offline: { topics }, routing: { queueId: routed ? queueId : null } }),
  pausedAt: null,
  createdAt: '2026-01-05T08:00:00.000Z',
  version: 1,
  changedAt: null,
  changedBy: null,
})
const invoice = { key: 'invoice', label: '发票' }

test('topics come from the inboxes that lead to the queue, each once', () => {
  const inboxes = [
    inbox(true, [invoice]),
    inbox(true, [{ key: 'invoice', label: 'Invoice' }]),
    inbox(false, [{ key: 'other', label: '其他' }]),
  ]
  expect(topicsOf(queueId, inboxes)).toEqual([{ value: 'invoice', label: '发票 / Invoice · invoice' }])
})

test('a queue to which nothing leads yet may choose among all', () => {
  expect(topicsOf(queueId, [inbox(false, [invoice])])).toEqual([{ value: 'invoice', label: '发票 · invoice' }])
})
