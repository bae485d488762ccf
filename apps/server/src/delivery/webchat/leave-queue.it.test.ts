import type { Conversation, Entry, QueueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'

const company = await startCompany()
const { must, call, agent, admin } = company

async function waiting(settings: Partial<QueueSettings> = {}) {
  const queueId = await addQueue(company.db, settings)
  const visitor = await company.visitor()
  const id = visitor.conversationId
  await must('POST', `/api/v1/conversations/${id}/queue`, agent.credentials, { clientKey: uuidv7(), queueId })
  const path = `/api/client/v1/conversations/${id}/leave-queue`
  return {
    id,
    queueId,
    visitor,
    leave: (body: object) => call('POST', path, visitor.credentials, { clientKey: uuidv7(), ...body }),
    read: async (): Promise<Conversation> =>
      (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation,
  }
}
const kinds = (answer: { body: { entries: Entry[] } }): string[] => answer.body.entries.map(({ kind }) => kind)
const alternatives = { afterSeconds: 60, message: true, callback: true }

test('who leaves is gone, once', async () => {
  const { leave, read } = await waiting()
  const body = { clientKey: uuidv7(), instead: 'nothing' }
  const first = await leave(body)
  expect(kinds(first)).toEqual(['conversation.queue-left', 'conversation.closed'])
  expect((await leave(body)).body).toEqual(first.body)
  expect((await leave({ instead: 'nothing' })).code).toBe('not-waiting')
  expect(await read()).toMatchObject({ state: 'closed', closeReason: 'visitor-left', queue: null })
})

test('who leaves words or a number waits on in the same queue', async () => {
  const { leave, read, queueId } = await waiting({ alternatives })
  expect(kinds(await leave({ instead: 'message' }))).toEqual(['conversation.queue-left', 'conversation.queued'])
  expect(await read()).toMatchObject({ state: 'open', queue: { queueId, channel: 'message' } })
  await leave({ instead: 'callback', phone: '+86 10 8888 8888' })
  expect(await read()).toMatchObject({ state: 'open', queue: { queueId, channel: 'callback' } })
})

test('a callback needs a number and a queue that calls back', async () => {
  const { leave } = await waiting({ alternatives })
  expect((await leave({ instead: 'callback' })).body.issues).toMatchObject([{ path: 'body.phone' }])
  expect((await leave({ instead: 'callback', phone: 'call me' })).code).toBe('invalid-input')
  const without = await waiting()
  expect((await without.leave({ instead: 'callback', phone: '+86 10 8888 8888' })).code).toBe('forbidden')
})

test('who is served does not leave the queue, nor does anybody else for them', async () => {
  const { id, leave, visitor } = await waiting()
  const other = await company.visitor()
  const path = `/api/client/v1/conversations/${id}/leave-queue`
  const body = { clientKey: uuidv7(), instead: 'nothing' }
  expect((await call('POST', path, other.credentials, body)).code).toBe('not-found')
  await must('POST', `/api/v1/conversations/${id}/assign`, agent.credentials, {
    clientKey: uuidv7(),
    agentId: agent.id,
  })
  expect((await leave({ instead: 'message' })).code).toBe('not-waiting')
  const me = await must('GET', '/api/client/v1/me', visitor.credentials)
  expect(me.conversations[0]).toMatchObject({ queued: false, assignee: { id: agent.id, number: null } })
})

test('who takes part has a name and a number for the customer, but no cause and no words of the agents', async () => {
  const { id, visitor } = await waiting()
  await company.db.updateTable('agents').set({ number: '1001' }).where('id', '=', company.lead.id).execute()
  const command = (name: string, body: object) =>
    must('POST', `/api/v1/conversations/${id}/${name}`, agent.credentials, { clientKey: uuidv7(), ...body })
  await command('assign', { agentId: agent.id })
  await command('participants', { agentId: company.lead.id })
  const shown = await must('GET', `/api/client/v1/conversations/${id}/entries`, visitor.credentials)
  expect(shown.agents).toContainEqual(expect.objectContaining({ id: company.lead.id, name: 'lead', number: '1001' }))
  expect(shown.entries.at(-1)).toMatchObject({ kind: 'participant.joined', author: { type: 'system' } })
  const me = await must('GET', '/api/client/v1/me', visitor.credentials)
  expect(me.agents.map((face: { id: string }) => face.id).toSorted()).toEqual([agent.id, company.lead.id].toSorted())
})

test('the agent whom a link names is for the agents to know', async () => {
  const opened = await must('POST', `/api/client/v1/inboxes/${company.inboxes.first.key}/sessions`, {}, {})
  const credentials = { authorization: `Bearer ${opened.token}` }
  const sent = await must('POST', '/api/client/v1/messages', credentials, {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text: 'is Li Na there?' },
    wantsAgent: '1001',
  })
  expect(JSON.stringify(sent)).not.toContain('1001')
  const { entries } = await must('GET', `/api/v1/conversations/${sent.conversation.id}/entries`, agent.credentials)
  expect(entries[0]).toMatchObject({ kind: 'conversation.started', body: { via: 'visitor', wantsAgent: '1001' } })
})
