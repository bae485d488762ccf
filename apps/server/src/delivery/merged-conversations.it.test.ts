import type { Entry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { addQueue } from '../testing/add-queue.ts'
import { startMergingCompany } from '../testing/merging-company.ts'
import { until } from '../testing/parrot-company.ts'

/** Chats that go on as one, on our own page and on channels; letters have a test of their own. */
vi.setConfig({ testTimeout: 60_000 })
const company = await startMergingCompany()
const { must, call, agent, outsider, other, callback, write, identityAt, provider } = company

const text = (words: string) => ({ type: 'text', text: words })
const act = (id: string, name: string, body: object = {}, by = agent) =>
  call('POST', `/api/v1/conversations/${id}/${name}`, by.credentials, { clientKey: uuidv7(), ...body })
const read = async (id: string) =>
  (await must('GET', `/api/v1/conversations/${id}`, company.admin.credentials)).conversation
const receivedIn = async (id: string) =>
  (await company.entriesOf(id)).flatMap((entry: Entry) =>
    entry.kind === 'message.received' && entry.body.content.type === 'text'
      ? [[entry.body.content.text, entry.body.via?.inboxId ?? null]]
      : [],
  )
type Visitor = Awaited<ReturnType<typeof company.visitor>>
const say = (visitor: Visitor, conversationId: string | null, words: string, clientKey = uuidv7()) =>
  must('POST', '/api/client/v1/messages', visitor.credentials, { clientKey, conversationId, content: text(words) })

test('a visitor who writes on in a merged chat is heard in the other, once however often it is sent', async () => {
  const visitor = await company.visitor()
  const second = (await say(visitor, null, 'something else')).conversation.id
  expect((await act(second, 'merge', { intoId: visitor.conversationId })).status).toBe(200)
  const clientKey = uuidv7()
  const [first, again] = [
    await say(visitor, second, 'still there?', clientKey),
    await say(visitor, second, 'still there?', clientKey),
  ]
  expect(first.conversation.id).toBe(visitor.conversationId)
  expect(again.entries.map(({ id }: Entry) => id)).toEqual(first.entries.map(({ id }: Entry) => id))
  expect((await read(second)).state).toBe('closed')
  // What is said of it among colleagues is not the visitor's to read.
  const timeline = await must('GET', `/api/client/v1/conversations/${second}/entries`, visitor.credentials)
  expect(JSON.stringify(timeline)).not.toContain('merged')
})

test('the work ends with it, and nobody waits in its queue', async () => {
  const visitor = await company.visitor()
  const second = (await say(visitor, null, 'in a queue')).conversation.id
  await act(second, 'queue', { queueId: await addQueue(company.db) })
  expect((await read(second)).queue).not.toBe(null)
  await act(second, 'merge', { intoId: visitor.conversationId })
  expect((await read(second)).queue).toBe(null)
  const open = await company.db
    .selectFrom('work_items')
    .select('state')
    .where('conversation_id', '=', second)
    .where('state', '<>', 'ended')
    .execute()
  expect(open).toEqual([])
  expect(await read(visitor.conversationId)).toMatchObject({ assigneeId: agent.id, state: 'open' })
})

test('chats of one customer on two channels go on as one, each by its way, until that is taken back', async () => {
  const number = '8613977700001'
  await write(callback, number, 'is it here?')
  await write(other.callback, number, 'hello from the other side')
  const into = (await company.conversationOf(number)) ?? ''
  const { id: identityId } = await identityAt(other.id, number)
  const { id: from } = await company.db
    .selectFrom('conversations')
    .select('id')
    .where('identity_id', '=', identityId)
    .executeTakeFirstOrThrow()
  await until(async () => (await read(from)).contactId === (await read(into)).contactId)
  expect((await act(from, 'merge', { intoId: into })).status).toBe(200)
  await write(other.callback, number, 'and here I go on')
  await write(callback, number, 'and here as ever')
  expect(await receivedIn(into)).toEqual([
    ['is it here?', null],
    ['and here I go on', other.id],
    ['and here as ever', null],
  ])
  await act(into, 'messages', { content: text('answered there'), viaIdentityId: identityId })
  await until(() => provider.sent.some((sent) => sent.to === number && sent.text === 'answered there'))
  expect((await act(from, 'unmerge')).status).toBe(200)
  await act(into, 'unmerge')
  await write(other.callback, number, 'by myself again')
  expect((await receivedIn(into)).map(([words]) => words)).not.toContain('by myself again')
})

test('a web chat is not merged into a conversation of another way, and nobody merges what they do not see', async () => {
  const [visitor, strange] = [await company.visitor(), await company.visitor()]
  const merged = await act(visitor.conversationId, 'merge', { intoId: strange.conversationId })
  expect(merged.code).toBe('merge-other-people')
  const second = (await say(visitor, null, 'something else')).conversation.id
  expect((await act(second, 'merge', { intoId: visitor.conversationId }, outsider)).code).toBe('not-found')
  expect((await act(second, 'split', { messageId: uuidv7() }, outsider)).code).toBe('not-found')
  await must('POST', `/api/v1/contacts/${strange.contactId}/merges`, company.admin.credentials, {
    clientKey: uuidv7(),
    otherId: visitor.contactId,
  })
  expect((await act(second, 'merge', { intoId: strange.conversationId })).code).toBe('merge-other-way')
})
