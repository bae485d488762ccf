import type { MessageEntry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const company = await startCompany({
  QIAO_ROLES: 'web,worker',
  PORT: String(port),
  QIAO_URL: `http://127.0.0.1:${port}`,
})
const { must, call, agent, pool } = company
const simulator = await startSimulator('instagram')
afterAll(() => simulator.stop())
const inbox = await connectSimulator(company, 'instagram', simulator)

type Item = { conversation: { id: string; contactId: string; identityId: string }; thread: { kind: string } | null }
const items = async (): Promise<Item[]> =>
  (await must('GET', `/api/v1/conversations?view=all&inboxId=${inbox.id}`, agent.credentials)).items
const entriesOf = async (id: string): Promise<MessageEntry[]> =>
  (await must('GET', `/api/v1/conversations/${id}/entries?limit=100`, agent.credentials)).entries

/** Somebody says something under a post, ours or another's; gives where, and as what. */
async function comment(
  name: string,
  text: string,
  act = 'comment',
): Promise<{ id: string; entryId: string; contactId: string }> {
  await inbox.phone(name).act(`${act}:${text}`)
  return until(async () => {
    for (const { conversation } of await items()) {
      const said = (await entriesOf(conversation.id)).find(
        ({ body, kind }) => kind === 'message.received' && 'text' in body.content && body.content.text === text,
      )
      if (said) return { id: conversation.id, entryId: said.id, contactId: conversation.contactId }
    }
    return undefined
  })
}
const path = (id: string) => `/api/v1/conversations/${id}/private-replies`
const answer = (id: string, entryId: string, text: string, clientKey = uuidv7()) =>
  call('POST', path(id), agent.credentials, { clientKey, entryId, content: { type: 'text', text } })
const comments = async (id: string) => (await must('GET', path(id), agent.credentials)).comments
const seenBy = (name: string): string[] =>
  inbox
    .phone(name)
    .screen.filter(({ mine, type }) => !mine && type === 'text')
    .map(({ text }) => text)

test('a comment is answered in private, in a conversation of its own that goes on when the customer answers', async () => {
  const { id, entryId, contactId } = await comment('Lin', 'how much?')
  expect(await comments(id)).toMatchObject([{ entryId, open: true, why: null, conversationId: null }])
  const clientKey = uuidv7()
  const answered = await answer(id, entryId, '¥128, with tea', clientKey)
  expect(answered).toMatchObject({ status: 200 })
  const { conversationId } = answered.body
  expect(conversationId).not.toBe(id)
  await until(() => seenBy('Lin').includes('¥128, with tea'))
  const { conversation } = await must('GET', `/api/v1/conversations/${conversationId}`, agent.credentials)
  expect(conversation).toMatchObject({ contactId, assigneeId: agent.id })
  const [sent] = (await entriesOf(conversationId)).filter(({ kind }) => kind === 'message.sent')
  expect(sent?.body).toMatchObject({ privately: { conversationId: id, entryId } })
  // A repeat of the same is the same; a second one is refused before the provider would.
  expect((await answer(id, entryId, '¥128, with tea', clientKey)).body).toEqual(answered.body)
  expect(await answer(id, entryId, 'and a cup')).toMatchObject({ status: 409, code: 'private-reply-used' })
  expect(await comments(id)).toMatchObject([{ open: false, why: 'private-reply-used', conversationId }])
  // Nothing more goes out in private until the customer has answered there.
  const more = { clientKey: uuidv7(), content: { type: 'text', text: 'still there?' } }
  const messages = `/api/v1/conversations/${conversationId}/messages`
  expect(await call('POST', messages, agent.credentials, more)).toMatchObject({ code: 'reply-window-closed' })
  await inbox.phone('Lin').say({ type: 'text', text: 'thanks' })
  await until(async () => (await entriesOf(conversationId)).some(({ kind }) => kind === 'message.received'))
  expect(await call('POST', messages, agent.credentials, { ...more, clientKey: uuidv7() })).toMatchObject({
    status: 200,
  })
  await until(() => seenBy('Lin').includes('still there?'))
  expect(simulator.refusals).toEqual([])
})

test('where the two talk already, it is said there; of two who answer at once one is refused', async () => {
  await inbox.phone('Bo').say({ type: 'text', text: 'hi in private' })
  const contactId = await until(() => inbox.contactOf('Bo'))
  const known = await until(async () =>
    (await items()).find(({ conversation }) => conversation.contactId === contactId),
  )
  const { id, entryId } = await comment('Bo', 'and this one?')
  const both = await Promise.all([answer(id, entryId, 'first'), answer(id, entryId, 'second')])
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
  const won = both.find(({ status }) => status === 200)
  expect(won?.body.conversationId).toBe(known.conversation.id)
  await until(() => seenBy('Bo').length === 1)
})

test('a week later it is refused with words, as are what is no comment and what is too much for one message', async () => {
  const { id, entryId } = await comment('Chen', 'is it still there?')
  expect(await answer(id, entryId, '茶'.repeat(334))).toMatchObject({ status: 422, code: 'text-too-long' })
  expect(await answer(id, uuidv7(), 'Yes')).toMatchObject({ status: 404 })
  await pool.query(`update entries set at = at - interval '7 days' where id = $1`, [entryId])
  expect(await answer(id, entryId, 'Yes')).toMatchObject({ status: 409, code: 'private-reply-late' })
  expect(await comments(id)).toMatchObject([{ open: false, why: 'private-reply-late' }])
  // Who only mentions us cannot be written to.
  const mention = await comment('Chen', '@shop hello', 'mention')
  expect(await comments(mention.id)).toEqual([])
  expect(await answer(mention.id, mention.entryId, 'Hi')).toMatchObject({ status: 422, code: 'content-not-sendable' })
})
