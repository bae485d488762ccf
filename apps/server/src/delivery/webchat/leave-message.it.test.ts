import { type Conversation, inboxSettings, type InboxSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { beforeEach, expect, test } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { leftIn, startLeavingCompany } from '../../testing/leaving-company.ts'

const company = await startLeavingCompany()
const { must, call, admin, agent, set, session, leave, left } = company
const closedAllWeek = {
  name: 'Closed',
  timeZone: 'UTC',
  alwaysOpen: false,
  weekly: [[], [], [], [], [], [], []],
  holidays: [],
}
const closed = (await must('POST', '/api/v1/calendars', admin.credentials, closedAllWeek)).id
const open = (await must('POST', '/api/v1/calendars', admin.credentials, { ...closedAllWeek, alwaysOpen: true })).id

beforeEach(() => set({}, {}, open))

const kinds = (answer: Awaited<ReturnType<typeof leave>>): string[] =>
  answer.body.entries.map((entry: { kind: string }) => entry.kind)
const read = async (id: string): Promise<Conversation> =>
  (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation
const issues = async (body: object) => {
  const answer = await leave(await session(), body)
  return [answer.code, answer.body.issues?.map(({ path }: { path: string }) => path)]
}
const upload = async ({ credentials }: { credentials: Record<string, string> }, words: string): Promise<string> => {
  const id = uuidv7()
  await must('PUT', `/api/client/v1/attachments/${id}?name=a.txt`, credentials, Buffer.from(words))
  return id
}
const fields: InboxSettings['offline']['fields'] = inboxSettings.parse({
  offline: {
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true },
      { name: 'mail', label: 'Mail', type: 'email' },
      { name: 'size', label: 'Size', type: 'select', options: ['S', 'M'] },
      { name: 'count', label: 'Count', type: 'number' },
      { name: 'day', label: 'Day', type: 'date' },
      { name: 'sure', label: 'Sure', type: 'checkbox' },
    ],
  },
}).offline.fields

test('one entry holds all of it, the visitor is told, and the contact learns what they claim', async () => {
  await set({ fields })
  const visitor = await session({ language: 'de' })
  const file = await upload(visitor, 'my order')
  const answer = await leave(visitor, {
    topic: 'refund',
    values: { name: 'Li Na', mail: 'li@example.com', size: 'M', count: 2, sure: true, unknown: 'x' },
    attachmentIds: [file],
  })
  expect(kinds(answer)).toEqual(['conversation.started', 'message.received', 'message.sent'])
  expect(leftIn(answer)).toEqual({
    type: 'left-message',
    text: 'Where is my order?',
    topic: { key: 'refund', label: 'Refund' },
    values: [
      { name: 'name', label: 'Name', value: 'Li Na' },
      { name: 'mail', label: 'Mail', value: 'li@example.com' },
      { name: 'size', label: 'Size', value: 'M' },
      { name: 'count', label: 'Count', value: '2' },
      { name: 'sure', label: 'Sure', value: 'true' },
    ],
    files: [{ id: file, name: 'a.txt', mime: 'text/plain', bytes: 8, kind: 'file' }],
    answerBy: { way: 'chat' },
  })
  const { id, number, subject, lastMessage } = await read(answer.body.conversation.id)
  expect({ subject, last: lastMessage?.type }).toEqual({ subject: 'Refund', last: 'left-message' })
  expect(answer.body.entries[2]).toMatchObject({
    author: { type: 'system' },
    body: { notice: true, content: { text: expect.stringContaining(`Sie hat die Nummer ${number}.`) } },
  })
  expect(answer.body.conversation).toMatchObject({ unreadCount: 0, sentCount: 0 })
  const me = await must('GET', '/api/client/v1/me', visitor.credentials)
  expect(me.visitor).toMatchObject({ name: 'Li Na', email: 'li@example.com' })
  const links = await must('POST', '/api/client/v1/attachments/links', visitor.credentials, { ids: [file] })
  expect(links.attachments).toHaveLength(1)
  const seen = await must('POST', '/api/v1/attachments/links', agent.credentials, { ids: [file] })
  expect([id, seen.attachments.length]).toEqual([answer.body.conversation.id, 1])
})

test.each<[string, object, string]>([
  ['a topic that is none', { topic: 'unknown' }, 'body.topic'],
  ['a field that is needed', { values: {} }, 'body.values.name'],
  ['no address', { values: { name: 'x', mail: 'nobody' } }, 'body.values.mail'],
  ['no option', { values: { name: 'x', size: 'XL' } }, 'body.values.size'],
  ['no number', { values: { name: 'x', count: 'two' } }, 'body.values.count'],
  ['no date', { values: { name: 'x', day: 'tomorrow' } }, 'body.values.day'],
  ['no yes or no', { values: { name: 'x', sure: 'yes' } }, 'body.values.sure'],
  ['no phone', { values: { name: 'x' }, answerBy: { way: 'sms', address: '+1 555 0100' } }, 'body.answerBy.address'],
])('refused: %s', async (_name, body, path) => {
  await set({ fields })
  expect(await issues({ values: { name: 'x' }, ...body })).toEqual(['invalid-input', [path]])
})

test('no way that the inbox does not offer, no letters to ourselves, no files where none are taken', async () => {
  const byMail = { answerBy: { way: 'mail', address: 'fang@example.com' } }
  await set({ answersFrom: { mailInboxId: null, smsInboxId: null } })
  expect(await issues(byMail)).toEqual(['invalid-input', ['body.answerBy.way']])
  // One of the other kind, and one that is not there any more.
  await set({ answersFrom: { mailInboxId: company.texts.id, smsInboxId: uuidv7() } })
  expect(await issues(byMail)).toEqual(['invalid-input', ['body.answerBy.way']])
  expect(await issues({ answerBy: { way: 'sms', address: '13800138000' } })).toEqual([
    'invalid-input',
    ['body.answerBy.way'],
  ])
  await set({ files: false })
  expect(await issues({ answerBy: { way: 'mail', address: company.address } })).toEqual([
    'invalid-input',
    ['body.answerBy.address'],
  ])
  expect(await issues({ attachmentIds: [uuidv7()] })).toEqual(['invalid-input', ['body.attachmentIds']])
})

test('only files that the visitor has uploaded', async () => {
  const [visitor, other] = [await session(), await session()]
  const file = await upload(other, 'secret')
  expect((await leave(visitor, { attachmentIds: [file] })).code).toBe('attachment-not-found')
})

test('when: outside the hours where there is a form, and always where the inbox says so', async () => {
  const visitor = await session()
  const codes: (string | null)[] = []
  for (const [offline, calendar] of [
    [{ always: false, mode: 'form' }, open],
    [{ always: false, mode: 'form' }, closed],
    [{ always: false, mode: 'chat' }, closed],
    [{ always: false, mode: 'closed' }, closed],
    [{ always: true, mode: 'chat' }, open],
  ] as const) {
    await set(offline, {}, calendar)
    codes.push((await leave(visitor)).code)
  }
  expect(codes).toEqual(['conflict', null, 'conflict', 'conflict', null])
})

test('a repeat is the first one, whatever has changed meanwhile, and nothing is said twice', async () => {
  await set({ always: false }, {}, closed)
  const visitor = await session()
  const body = {
    clientKey: uuidv7(),
    topic: 'refund',
    answerBy: { way: 'mail', address: 'twice@example.com' },
    attachmentIds: [await upload(visitor, 'once')],
  }
  const [first, second] = await Promise.all([leave(visitor, body), leave(visitor, body)])
  expect(first.body.conversation.id).toBe(second.body.conversation.id)
  await set({ always: false, topics: [], files: false, answersFrom: { mailInboxId: null, smsInboxId: null } }, {}, open)
  const third = await leave(visitor, body)
  expect(third.status).toBe(200)
  expect(leftIn(third)).toMatchObject({
    topic: { key: 'refund' },
    answerBy: { way: 'mail' },
    files: [{ name: 'a.txt' }],
  })
  const { id } = third.body.conversation
  const { entries } = await must('GET', `/api/client/v1/conversations/${id}/entries`, visitor.credentials)
  const said = entries.filter(
    ({ kind, body: { apart } }: { kind: string; body: { apart?: true } }) => kind.startsWith('message.') && !apart,
  )
  expect(said.map(({ kind }: { kind: string }) => kind)).toEqual(['message.received', 'message.sent'])
})

test('out of a queue that offers it: the message stands in the conversation, which waits on as one', async () => {
  await set({ always: false }, {}, open)
  const waiting = async (offers: boolean) => {
    const wait = { to: 'wait' } as const
    const queueId = await addQueue(company.db, {
      alternatives: { afterSeconds: 60, message: offers, callback: false },
      overflow: { whenFull: wait, whenLong: wait, whenClosed: wait },
    })
    const visitor = await company.visitor()
    const path = `/api/v1/conversations/${visitor.conversationId}/queue`
    await must('POST', path, agent.credentials, { clientKey: uuidv7(), queueId })
    return { ...visitor, queueId }
  }
  const visitor = await waiting(true)
  const body = { clientKey: uuidv7(), conversationId: visitor.conversationId, topic: 'refund' }
  const answer = await leave(visitor, body)
  expect(kinds(answer)).toEqual(['message.received', 'message.sent', 'conversation.queue-left', 'conversation.queued'])
  expect(answer.body.conversation).toMatchObject({ id: visitor.conversationId, queued: false })
  expect(await read(visitor.conversationId)).toMatchObject({ queue: { queueId: visitor.queueId, channel: 'message' } })
  expect(leftIn(await leave(visitor, body))).toEqual(leftIn(answer))
  const stays = await company.db
    .selectFrom('work_items')
    .select(['channel', 'queue_outcome'])
    .where('conversation_id', '=', visitor.conversationId)
    .orderBy('entered_at')
    .orderBy('id')
    .execute()
  expect(stays).toEqual([
    { channel: 'web', queue_outcome: 'message' },
    { channel: 'message', queue_outcome: null },
  ])

  const other = await waiting(false)
  const byMail = { way: 'mail', address: 'refused@example.com' }
  expect((await leave(other, { conversationId: other.conversationId, answerBy: byMail })).code).toBe('forbidden')
  expect(await company.identityAt(company.inbox.id, byMail.address)).toBeUndefined()
  expect((await leave(visitor, { conversationId: other.conversationId })).code).toBe('not-found')
  await must('POST', `/api/v1/conversations/${other.conversationId}/assign`, agent.credentials, {
    clientKey: uuidv7(),
    agentId: agent.id,
  })
  expect((await leave(other, { conversationId: other.conversationId })).code).toBe('not-waiting')
})

test('what waits as a message already keeps its place and is weighed by what was left', async () => {
  await set({ always: false }, {}, open)
  const queueId = await addQueue(company.db, { topicPriorities: [{ topic: 'refund', points: 30 }] })
  const { conversationId, credentials } = await company.visitor()
  const key = () => ({ clientKey: uuidv7() })
  await must('POST', `/api/v1/conversations/${conversationId}/queue`, agent.credentials, { ...key(), queueId })
  const instead = { ...key(), instead: 'message' }
  await must('POST', `/api/client/v1/conversations/${conversationId}/leave-queue`, credentials, instead)
  const answer = await leave({ credentials }, { conversationId, topic: 'refund' })
  expect(kinds(answer)).toEqual(['message.received', 'message.sent', 'conversation.queued'])
  const stays = await company.db
    .selectFrom('work_items')
    .select(['priority', 'state', 'created_at'])
    .where('conversation_id', '=', conversationId)
    .orderBy('id')
    .execute()
  expect(stays.map(({ priority, state }) => [priority, state])).toEqual([
    [0, 'ended'],
    [0, 'ended'],
    [30, 'waiting'],
  ])
  expect(new Set(stays.map((stay) => stay.created_at.getTime())).size).toBe(1)
})

test('its topic and its words decide how soon somebody looks at it', async () => {
  const queueId = await addQueue(company.db, {
    topicPriorities: [{ topic: 'refund', points: 30 }],
    wordPriorities: [{ words: ['紧急'], points: 50 }],
  })
  await set({}, { routing: { queueId, departments: [] } })
  const both = await left({ topic: 'refund', text: '有紧急问题' })
  const neither = await left({ topic: 'other' })
  const priorityOf = async (id: string) =>
    (await must('GET', `/api/v1/conversations/${id}/routing`, agent.credentials)).items.map(
      (item: { priority: number; channel: string }) => [item.channel, item.priority],
    )
  expect(await priorityOf(both.id)).toEqual([['message', 80]])
  expect(await priorityOf(neither.id)).toEqual([['message', 0]])
})

test('the words of the inbox, or none', async () => {
  await set({}, { words: { en: { messageLeft: 'Got it: {number}. {expected}', replyTime: 'Tomorrow.' } } })
  const answer = await leave(await session(), {})
  const { number } = await read(answer.body.conversation.id)
  expect(answer.body.entries.at(-1)?.body.content.text).toBe(`Got it: ${number}. Tomorrow.`)
  await set({ acknowledge: false })
  expect(kinds(await leave(await session()))).toEqual(['conversation.started', 'message.received'])
  expect((await call('GET', '/api/client/v1/me', (await session()).credentials)).status).toBe(200)
})
