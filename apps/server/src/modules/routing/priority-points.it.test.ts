import type { QueueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'

const company = await startCompany()
const { must, call, agent, db } = company

const rules: Partial<QueueSettings> = { wordPriorities: [{ words: ['refund', '退款'], points: 40 }] }

async function pointsIn(conversationId: string, queueId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('work_items')
    .select('priority')
    .where('conversation_id', '=', conversationId)
    .where('queue_id', '=', queueId)
    .orderBy('entered_at')
    .execute()
  return rows.map(({ priority }) => priority)
}
const queue = (id: string, queueId: string) =>
  must('POST', `/api/v1/conversations/${id}/queue`, agent.credentials, { clientKey: uuidv7(), queueId })

test('what the customer wrote first decides, not what came after it', async () => {
  const queueId = await addQueue(db, rules)
  const urgent = await company.visitor(company.inboxes.first.key, '我要退款！')
  await queue(urgent.conversationId, queueId)
  expect(await pointsIn(urgent.conversationId, queueId)).toEqual([40])
  const other = await company.visitor(company.inboxes.first.key, 'hello')
  await must('POST', '/api/client/v1/messages', other.credentials, {
    clientKey: uuidv7(),
    conversationId: other.conversationId,
    content: { type: 'text', text: 'and a refund' },
  })
  await queue(other.conversationId, queueId)
  expect(await pointsIn(other.conversationId, queueId)).toEqual([0])
})

test('who comes back has a new matter, and its words count', async () => {
  const queueId = await addQueue(db, rules)
  const { conversationId, credentials } = await company.visitor(company.inboxes.first.key, 'refund please')
  await must('POST', `/api/v1/conversations/${conversationId}/close`, agent.credentials, { clientKey: uuidv7() })
  const back = await call('POST', '/api/client/v1/messages', credentials, {
    clientKey: uuidv7(),
    conversationId,
    content: { type: 'text', text: 'thank you, one more thing' },
  })
  expect(back.body.conversation.id).toBe(conversationId)
  await queue(conversationId, queueId)
  expect(await pointsIn(conversationId, queueId)).toEqual([0])
})
