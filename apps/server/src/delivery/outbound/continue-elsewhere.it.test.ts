import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import type { Entry } from '@qiao/protocol'
import { until } from '../../testing/parrot-company.ts'
import { startMergingCompany } from '../../testing/merging-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startMergingCompany()
const { must, call, agent, lead, outsider, inbox, other, foreign, callback, write, contactAt, identityAt, provider } =
  company

let numbers = 13_900_000_000
/** Somebody who writes to both inboxes, which the number proves to be one person. */
async function customer() {
  const number = `86${(numbers += 1)}`
  await write(callback, number, 'is it here?')
  await write(other.callback, number, 'hello from the other side')
  const id = (await company.conversationOf(number)) ?? ''
  const way = await identityAt(other.id, number)
  return { number, id, viaIdentityId: way.id }
}
const send = (id: string, words: string, more: object = {}, by = agent) =>
  call('POST', `/api/v1/conversations/${id}/messages`, by.credentials, {
    clientKey: uuidv7(),
    content: { type: 'text', text: words },
    ...more,
  })
const entriesOf = async (id: string): Promise<Entry[]> => company.entriesOf(id)
const receivedIn = async (id: string) =>
  (await entriesOf(id)).flatMap((entry) =>
    entry.kind === 'message.received' && entry.body.content.type === 'text'
      ? [[entry.body.content.text, entry.body.via?.inboxId ?? null]]
      : [],
  )
const sentTo = (number: string) => until(() => provider.sent.findLast(({ to }) => to === number)?.text)
const outletsOf = async (id: string) =>
  (await must('GET', `/api/v1/conversations/${id}/outlets`, agent.credentials)).outlets

test('an agent goes on by another channel, and the answer there comes back to the same conversation', async () => {
  const { number, id, viaIdentityId } = await customer()
  await until(async () => (await outletsOf(id)).length === 2)
  expect(await outletsOf(id)).toMatchObject([
    { inboxId: inbox.id, own: true, open: true },
    { inboxId: other.id, identityId: viaIdentityId, own: false, open: true, why: null },
  ])
  const sent = await send(id, 'let us go on here', { viaIdentityId })
  expect(sent.status).toBe(200)
  expect(sent.body.entries.at(-1)).toMatchObject({ kind: 'message.sent', body: { via: { inboxId: other.id } } })
  expect(await sentTo(number)).toBe('let us go on here')
  const row = await company.db
    .selectFrom('deliveries')
    .selectAll()
    .where('conversation_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ inbox_id: other.id, identity_id: viaIdentityId })

  await write(other.callback, number, 'gladly')
  expect((await outletsOf(id)).map(({ latest }: { latest: boolean }) => latest)).toEqual([false, true])
  await write(callback, number, 'and here as ever')
  expect(await receivedIn(id)).toEqual([
    ['is it here?', null],
    ['gladly', other.id],
    ['and here as ever', null],
  ])
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(conversation).toMatchObject({ assigneeId: agent.id, inboxId: inbox.id, receivedCount: 3 })
})

test('an event that is worked off twice is one message; over means over', async () => {
  const { number, id, viaIdentityId } = await customer()
  await send(id, 'over here', { viaIdentityId })
  const message = uuidv7()
  const content = { type: 'text', text: 'once', markup: 'none' }
  await write(other.callback, number, 'once', { id: message, content })
  await must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  // The provider says it again, when the conversation is closed already.
  await write(other.callback, number, 'once', { id: message, content })
  expect((await receivedIn(id)).filter(([words]) => words === 'once')).toHaveLength(1)
  await write(other.callback, number, 'something new')
  expect((await receivedIn(id)).map(([words]) => words)).not.toContain('something new')
  const own = await company.db
    .selectFrom('conversations')
    .select('id')
    .where('identity_id', '=', viaIdentityId)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  expect((await receivedIn(own.id)).at(-1)).toEqual(['something new', null])
})

test('what the other channel does not allow is refused there, and the own one stays open', async () => {
  const { number, id, viaIdentityId } = await customer()
  await write(other.callback, number, 'STOP')
  expect((await send(id, 'please', { viaIdentityId })).code).toBe('customer-opted-out')
  expect((await outletsOf(id)).at(1)).toMatchObject({ open: false, why: 'opted-out' })
  expect((await send(id, 'please')).status).toBe(200)

  const late = await customer()
  const grants = JSON.stringify([{ act: 'message', openedAt: Date.now() - 49 * 3_600_000, used: 0 }])
  await company.pool.query('update reply_ledgers set grants = $2 where identity_id = $1', [late.viaIdentityId, grants])
  expect((await send(late.id, 'too late', { viaIdentityId: late.viaIdentityId })).code).toBe('reply-window-closed')
  expect((await outletsOf(late.id)).at(1)).toMatchObject({ open: false, template: true, why: 'window-closed' })
})

test('only by ways of the same customer, and of inboxes that the agent sees', async () => {
  const [one, two] = [await customer(), await customer()]
  expect((await send(one.id, 'hi', { viaIdentityId: two.viaIdentityId })).code).toBe('not-found')
  await write(foreign.callback, one.number, 'hello there')
  const hidden = await identityAt(foreign.id, one.number)
  expect(await contactAt(foreign.id, one.number)).toBe(await contactAt(inbox.id, one.number))
  expect((await send(one.id, 'hi', { viaIdentityId: hidden.id })).code).toBe('not-found')
  expect((await send(one.id, 'hi', { viaIdentityId: one.viaIdentityId }, outsider)).code).toBe('not-found')
  // A message that went another way cannot be taken back by us.
  const sent = await send(one.id, 'hi', { viaIdentityId: one.viaIdentityId })
  const recall = { clientKey: uuidv7(), targetId: sent.body.entries.at(-1).id }
  expect((await call('POST', `/api/v1/conversations/${one.id}/recall`, agent.credentials, recall)).code).toBe(
    'message-not-editable',
  )
})

test('from web chat to a channel, and apart again: what comes then goes with its identity', async () => {
  const guest = await company.visitor()
  const number = `86${(numbers += 1)}`
  const made = await must('POST', '/api/client/v1/bind-links', guest.credentials)
  await write(callback, number, made.token)
  const way = await identityAt(inbox.id, number)
  expect((await send(guest.conversationId, 'to your phone', { viaIdentityId: way.id })).status).toBe(200)
  expect(await sentTo(number)).toBe('to your phone')
  await write(callback, number, 'from my phone')
  expect((await receivedIn(guest.conversationId)).at(-1)).toEqual(['from my phone', inbox.id])
  const timeline = await must('GET', `/api/client/v1/conversations/${guest.conversationId}/entries`, guest.credentials)
  expect(JSON.stringify(timeline.entries)).not.toContain('identityId')

  const contactId = way.contact_id
  const { items } = await must('GET', `/api/v1/contacts/${contactId}/merges`, lead.credentials)
  await must('POST', `/api/v1/contact-merges/${items[0].id}/undo`, lead.credentials)
  await write(callback, number, 'somebody else')
  expect((await receivedIn(guest.conversationId)).map(([words]) => words)).not.toContain('somebody else')
  expect((await send(guest.conversationId, 'again', { viaIdentityId: way.id })).code).toBe('not-found')
})

test('an answer of which nobody knows is shown as such on the message that went another way', async () => {
  const { id, viaIdentityId } = await customer()
  provider.faults.push('silence-after')
  await send(id, 'did it arrive?', { viaIdentityId })
  const unsure = await until(async () => (await entriesOf(id)).find(({ kind }) => kind === 'message.unsure'))
  await must('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, {
    clientKey: uuidv7(),
    targetId: unsure.kind === 'message.unsure' ? unsure.body.targetId : '',
  })
  const sent = () => provider.sent.filter(({ text }) => text === 'did it arrive?')
  await until(() => sent().length > 1)
  expect(sent()).toHaveLength(2)
  expect(unsure).toMatchObject({ kind: 'message.unsure', body: { problem: { code: 'no-answer' } } })
})
