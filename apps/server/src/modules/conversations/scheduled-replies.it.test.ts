import type { ScheduledReply } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'
import { connect } from '../../testing/socket-peer.ts'

const company = await startCompany({ QIAO_ROLES: 'web,worker' })
const { must, call, agent, lead, admin, outsider, db } = company
const text = (words: string) => ({ type: 'text', text: words })
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

const pathOf = (id: string): string => `/api/v1/conversations/${id}/scheduled-replies`
const schedule = (id: string, sendAt: string, words = 'later', who = agent): Promise<ScheduledReply> =>
  must('POST', pathOf(id), who.credentials, { clientKey: uuidv7(), content: text(words), sendAt })
const waiting = async (id: string): Promise<ScheduledReply[]> =>
  (await must('GET', pathOf(id), agent.credentials)).items
const sentIn = async (id: string): Promise<unknown[]> => {
  const { entries } = await must('GET', `/api/v1/conversations/${id}/entries`, admin.credentials)
  return entries.flatMap((entry: { kind: string; author: object; body: { content?: { text: string } } }) =>
    entry.kind === 'message.sent' ? [[entry.body.content?.text, entry.author]] : [],
  )
}
const asAgent = { type: 'agent', id: agent.id }

test('a reply leaves at its time, as its writer’s', async () => {
  const { conversationId: id } = await company.visitor()
  const later = await schedule(id, inHours(1), 'much later')
  const soon = await schedule(id, new Date(Date.now() + 700).toISOString(), 'soon')
  expect((await waiting(id)).map((each) => each.id)).toEqual([soon.id, later.id])
  await until(async () => (await sentIn(id)).length > 0)
  expect(await sentIn(id)).toEqual([['soon', asAgent]])
  await until(async () => (await waiting(id)).length === 1)
  // A time that has passed sends it now.
  await must('PUT', `/api/v1/scheduled-replies/${later.id}`, agent.credentials, { sendAt: inHours(-1) })
  await until(async () => (await sentIn(id)).length === 2)
})

test('one that is taken back never leaves, and one that has left is not taken back', async () => {
  const { conversationId: id } = await company.visitor()
  const writing = { kind: 'forward', entryId: uuidv7(), signed: false, quoted: true }
  const body = { clientKey: uuidv7(), content: text('words to go on with'), sendAt: inHours(1), writing }
  const one: ScheduledReply = await must('POST', pathOf(id), agent.credentials, body)
  const back = await must('DELETE', `/api/v1/scheduled-replies/${one.id}`, agent.credentials)
  expect(back).toMatchObject({ state: 'cancelled', content: { text: 'words to go on with' }, writing })
  expect(await must('DELETE', `/api/v1/scheduled-replies/${one.id}`, agent.credentials)).toEqual(back)
  expect(await waiting(id)).toEqual([])
  const moved = await call('PUT', `/api/v1/scheduled-replies/${one.id}`, agent.credentials, { sendAt: inHours(-1) })
  expect([moved.status, moved.code]).toEqual([409, 'conflict'])
  // Many races: each ends in a message or in words that are back, never in both or neither.
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, async (_, turn) => {
      const { conversationId } = await company.visitor()
      const { id: racing } = await schedule(conversationId, new Date(Date.now() + 100 * turn).toISOString())
      await new Promise((resolve) => setTimeout(resolve, 600))
      const answer = await call('DELETE', `/api/v1/scheduled-replies/${racing}`, agent.credentials)
      if (answer.status === 409) await until(async () => (await sentIn(conversationId)).length > 0)
      return [answer.status, (await sentIn(conversationId)).length]
    }),
  )
  for (const outcome of outcomes)
    expect([
      [200, 0],
      [409, 1],
    ]).toContainEqual(outcome)
})

test('a process that dies between the reply and the note of it sends no second one', async () => {
  const { conversationId: id } = await company.visitor()
  const one = await schedule(id, inHours(-1), 'once')
  const stateOf = async () =>
    (await db.selectFrom('scheduled_replies').select('state').where('id', '=', one.id).executeTakeFirstOrThrow()).state
  await until(async () => (await stateOf()) === 'sent')
  await db.updateTable('scheduled_replies').set({ state: 'sending' }).where('id', '=', one.id).execute()
  // What has been said meanwhile must not make the second try believe that it failed.
  await must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  await sendAgain(one.id)
  await until(async () => (await stateOf()) === 'sent')
  expect(await sentIn(id)).toEqual([['once', asAgent]])
})

async function sendAgain(id: string): Promise<void> {
  const { addJobs } = await import('#platform/jobs/jobs')
  await addJobs(db, [{ name: 'send-scheduled-reply', payload: { id } }])
}

test('it goes with the rights that its writer has by then; what became of it is seen', async () => {
  const { conversationId: id } = await company.visitor(company.inboxes.second.key, 'for the second team')
  const mine = await schedule(id, inHours(1), 'hello', outsider)
  await must('PATCH', `/api/v1/agents/${outsider.id}`, admin.credentials, { teamIds: [] })
  await must('PUT', `/api/v1/scheduled-replies/${mine.id}`, admin.credentials, { sendAt: inHours(-1) })
  const failed = await until(async () => {
    const { items } = await must('GET', pathOf(id), admin.credentials)
    return items[0]?.state === 'failed' ? items[0] : null
  })
  expect(failed).toMatchObject({ id: mine.id, problem: { code: 'not-found' } })
  expect(await sentIn(id)).toEqual([])
  await must('PATCH', `/api/v1/agents/${outsider.id}`, admin.credentials, { teamIds: [company.teams.second] })
  await must('PUT', `/api/v1/scheduled-replies/${mine.id}`, outsider.credentials, { sendAt: inHours(-1) })
  await until(async () => (await sentIn(id)).length === 1)
})

test('others see what waits where they see the conversation, and only its writer and leads change it', async () => {
  const { conversationId: id } = await company.visitor()
  const peers = {
    agent: await connect(company.url, '/ws/agent', agent.credentials),
    outsider: await connect(company.url, '/ws/agent', outsider.credentials),
  }
  afterAll(() => Object.values(peers).forEach((peer) => peer.close()))
  await peers.agent.next((frame) => frame.type === 'ready')
  await peers.outsider.next((frame) => frame.type === 'ready')
  const one = await schedule(id, inHours(1), 'mine', lead)
  await peers.agent.next((frame) => frame.type === 'scheduled-replies' && frame['conversationId'] === id)
  expect(peers.outsider.frames.some((frame) => frame.type === 'scheduled-replies')).toBe(false)
  const own = `/api/v1/scheduled-replies/${one.id}`
  expect((await call('DELETE', own, agent.credentials)).code).toBe('forbidden')
  expect((await call('DELETE', own, outsider.credentials)).code).toBe('not-found')
  expect((await call('GET', pathOf(id), outsider.credentials)).code).toBe('not-found')
  expect((await call('DELETE', own, admin.credentials)).status).toBe(200)
})

test('what could not be sent now is refused at once', async () => {
  const { conversationId: id } = await company.visitor()
  const content = { type: 'template', name: 'x', language: 'en', text: 'x' }
  const answer = await call('POST', pathOf(id), agent.credentials, { clientKey: uuidv7(), content, sendAt: inHours(1) })
  expect(answer.code).toBe('content-not-sendable')
  const far = { clientKey: uuidv7(), content: text('x'), sendAt: inHours(24 * 500) }
  expect((await call('POST', pathOf(id), agent.credentials, far)).code).toBe('invalid-input')
})
