import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import type { Contact, Entry } from '@qiao/protocol'
import { startCompany, type Credentials } from '../../testing/company.ts'
import { connect } from '../../testing/socket-peer.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany()
const { must, call, admin, lead, agent, outsider, inboxes, db } = company

const patch = (id: string, body: object): Promise<Contact> =>
  must('PATCH', `/api/v1/contacts/${id}`, admin.credentials, body)
const read = (id: string, credentials = admin.credentials) => must('GET', `/api/v1/contacts/${id}`, credentials)
const merge = (id: string, otherId: string, more: object = {}, by: Credentials = agent.credentials) =>
  call('POST', `/api/v1/contacts/${id}/merges`, by, { clientKey: uuidv7(), otherId, ...more })
const undo = (id: string, by: Credentials = lead.credentials) => call('POST', `/api/v1/contact-merges/${id}/undo`, by)
const conversationsOf = async (id: string): Promise<string[]> =>
  (await must('GET', `/api/v1/contacts/${id}/conversations`, admin.credentials)).items.map(
    (item: { conversation: { id: string } }) => item.conversation.id,
  )
const say = (
  visitor: { credentials: Credentials },
  conversationId: string | null,
  words: string,
  clientKey = uuidv7(),
) =>
  must('POST', '/api/client/v1/messages', visitor.credentials, {
    clientKey,
    conversationId,
    content: { type: 'text', text: words },
  })
const entriesOf = async (id: string): Promise<Entry[]> =>
  (await must('GET', `/api/v1/conversations/${id}/entries`, admin.credentials)).entries

test('an agent merges two contacts, and a lead takes it back to the letter', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  await patch(ann.contactId, { name: 'Ann', email: 'ann@example.com', attributes: { level: 'gold' } })
  await patch(bob.contactId, { name: 'Annie', phone: '+8613800000001', attributes: { level: 'silver', size: 'M' } })
  await must('POST', '/api/client/v1/track', bob.credentials, { events: [{ name: 'saw the cup' }] })
  await must('POST', `/api/v1/conversations/${bob.conversationId}/tags`, agent.credentials, {
    clientKey: uuidv7(),
    add: ['vip'],
  })
  const [annBefore, bobBefore] = [await read(ann.contactId), await read(bob.contactId)]

  const done = await merge(ann.contactId, bob.contactId, { take: ['attributes.level'] })
  expect(done.status).toBe(200)
  expect(done.body.contact).toMatchObject({
    id: ann.contactId,
    name: 'Ann',
    email: 'ann@example.com',
    phone: '+8613800000001',
    attributes: { level: 'silver', size: 'M' },
  })
  expect(done.body.merge).toMatchObject({ cause: 'agent', byAgentId: agent.id, from: { name: 'Annie' } })
  expect((await conversationsOf(ann.contactId)).toSorted()).toEqual([ann.conversationId, bob.conversationId].toSorted())
  const merged = await read(ann.contactId)
  expect(merged.identities).toHaveLength(2)
  expect(merged.trail.events).toHaveLength(1)
  // A link to the one who went leads to the one who stayed.
  expect((await read(bob.contactId)).contact.id).toBe(ann.contactId)
  expect((await entriesOf(bob.conversationId)).at(-1)).toMatchObject({
    kind: 'contact.identified',
    author: { type: 'agent', id: agent.id },
    body: { contactId: ann.contactId, fromContactId: bob.contactId },
  })

  // What arrives now goes with its identity.
  const later = await say(bob, null, 'another thing')
  await must('POST', '/api/client/v1/track', bob.credentials, { events: [{ name: 'saw the plate' }] })
  expect(later.conversation.id).not.toBe(bob.conversationId)
  expect(await conversationsOf(ann.contactId)).toContain(later.conversation.id)

  const undone = await undo(done.body.merge.id)
  expect(undone.status).toBe(200)
  const without = ({ contact, ...rest }: { contact: Contact; trail: unknown }) => ({
    ...rest,
    contact: { ...contact, version: 0, lastSeenAt: null },
  })
  expect(without(await read(ann.contactId))).toEqual(without(annBefore))
  const bobAfter = await read(bob.contactId)
  expect(without({ ...bobAfter, trail: null })).toEqual(without({ ...bobBefore, trail: null }))
  expect(bobAfter.trail.events).toHaveLength(2)
  expect(await conversationsOf(ann.contactId)).toEqual([ann.conversationId])
  expect((await conversationsOf(bob.contactId)).toSorted()).toEqual(
    [bob.conversationId, String(later.conversation.id)].toSorted(),
  )
  const { conversation } = await must('GET', `/api/v1/conversations/${bob.conversationId}`, agent.credentials)
  expect(conversation).toMatchObject({ contactId: bob.contactId, tags: ['vip'] })
  // The visitor never noticed.
  expect((await say(bob, bob.conversationId, 'still here')).conversation.id).toBe(bob.conversationId)

  // Once more changes nothing.
  expect((await undo(done.body.merge.id)).body).toMatchObject({ from: { id: bob.contactId } })
  const { items } = await must('GET', `/api/v1/contacts/${ann.contactId}/merges`, agent.credentials)
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ undoneBy: lead.id })
  const audit = await db
    .selectFrom('audit_events')
    .select(['action', 'agent_id'])
    .where('target_id', '=', ann.contactId)
    .orderBy('at')
    .execute()
  expect(audit).toEqual([
    { action: 'contact.merged', agent_id: agent.id },
    { action: 'contact.unmerged', agent_id: lead.id },
  ])
})

test('the same command twice merges once, also at the same moment', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const clientKey = uuidv7()
  const answers = await Promise.all([1, 2, 3].map(() => merge(ann.contactId, bob.contactId, { clientKey })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(new Set(answers.map(({ body }) => body.merge.id)).size).toBe(1)
  expect((await merge(ann.contactId, bob.contactId)).code).toBe('not-found')
  expect((await merge(ann.contactId, ann.contactId)).code).toBe('invalid-input')
})

test('two who are merged from both sides at once end as one', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const answers = await Promise.all([merge(ann.contactId, bob.contactId), merge(bob.contactId, ann.contactId)])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const ids = await Promise.all([ann, bob].map(async ({ contactId }) => (await read(contactId)).contact.id))
  expect(new Set(ids).size).toBe(1)
})

test('agents merge only what they see whole, and only leads take merges back', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const elsewhere = await company.visitor(inboxes.second.key, 'second')
  expect((await merge(ann.contactId, elsewhere.contactId)).code).toBe('not-found')
  expect((await merge(ann.contactId, bob.contactId, {}, outsider.credentials)).code).toBe('not-found')
  const both = await merge(ann.contactId, elsewhere.contactId, {}, admin.credentials)
  expect(both.status).toBe(200)
  // From here on a part of it is hidden from the team.
  expect((await merge(ann.contactId, bob.contactId)).code).toBe('not-found')
  expect((await undo(both.body.merge.id)).code).toBe('not-found')
  expect((await undo(both.body.merge.id, agent.credentials)).code).toBe('forbidden')
  expect((await undo(both.body.merge.id, admin.credentials)).status).toBe(200)
})

test('a blocked contact and two known customers stay apart; a chain is undone from its end', async () => {
  const [a, b, c] = [await company.visitor(), await company.visitor(), await company.visitor()]
  await must('POST', `/api/v1/contacts/${a.contactId}/block`, admin.credentials, { blocked: true })
  expect((await merge(a.contactId, b.contactId)).code).toBe('merge-one-blocked')
  await must('POST', `/api/v1/contacts/${a.contactId}/block`, admin.credentials, { blocked: false })
  const first = await merge(a.contactId, b.contactId)
  const second = await merge(c.contactId, a.contactId)
  expect((await undo(first.body.merge.id)).code).toBe('not-found')
  expect((await undo(first.body.merge.id, admin.credentials)).code).toBe('merged-further')
  expect((await undo(second.body.merge.id)).status).toBe(200)
  expect((await undo(first.body.merge.id)).status).toBe(200)
  for (const one of [a, b, c]) expect(await conversationsOf(one.contactId)).toEqual([one.conversationId])

  const known = await Promise.all(
    ['c-1', 'c-2'].map((externalId) => must('POST', '/api/v1/contacts', admin.credentials, { externalId })),
  )
  expect((await merge(known[0].id, known[1].id, {}, admin.credentials)).code).toBe('merge-both-known')
  const swapped = await merge(a.contactId, known[0].id, {}, admin.credentials)
  expect(swapped.body.contact).toMatchObject({ id: known[0].id, externalId: 'c-1' })
})

test('a visitor who is merged sees nothing of the other person’s chats, and loses none of the own', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const peer = await connect(company.url, '/ws/visitor')
  peer.send({ type: 'hello', token: bob.token })
  await peer.next((frame) => frame.type === 'ready')
  await merge(ann.contactId, bob.contactId)
  // The open chat comes back as whom it is now.
  await peer.closed
  const again = await connect(company.url, '/ws/visitor')
  again.send({ type: 'hello', token: bob.token })
  expect(await again.next((frame) => frame.type === 'ready')).toMatchObject({ contactId: ann.contactId })
  const me = await must('GET', '/api/client/v1/me', bob.credentials)
  expect(me.conversations.map((conversation: { id: string }) => conversation.id)).toEqual([bob.conversationId])
  const path = `/api/client/v1/conversations/${ann.conversationId}/entries`
  expect((await call('GET', path, bob.credentials)).code).toBe('not-found')
  const clientKey = uuidv7()
  const foreign = { clientKey, conversationId: ann.conversationId, content: { type: 'text', text: 'hi' } }
  expect((await call('POST', '/api/client/v1/messages', bob.credentials, foreign)).code).toBe('not-found')

  const reply = (id: string, words: string) =>
    must('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
      clientKey: uuidv7(),
      content: { type: 'text', text: words },
    })
  await reply(ann.conversationId, 'for Ann alone')
  await reply(bob.conversationId, 'for Bob')
  await again.next((frame) => JSON.stringify(frame).includes('for Bob'))
  expect(JSON.stringify(again.frames)).not.toContain('for Ann alone')
  again.close()
})

test('a message that was sent before the merge and is repeated after it is one message', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const clientKey = uuidv7()
  const first = await say(bob, bob.conversationId, 'once', clientKey)
  await merge(ann.contactId, bob.contactId)
  const second = await say(bob, bob.conversationId, 'once', clientKey)
  expect(second.entries).toEqual(first.entries)
})

test('messages and new chats that arrive while contacts are merged and unmerged all land with their identity', async () => {
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const talking = (async () => {
    const ids: string[] = []
    for (let count = 0; count < 30; count += 1) {
      const sent = await say(bob, count % 3 === 0 ? null : bob.conversationId, `word ${count}`)
      ids.push(sent.conversation.id)
    }
    return ids
  })()
  for (let turn = 0; turn < 4; turn += 1) {
    const done = await merge(ann.contactId, bob.contactId)
    expect([done.status, done.text]).toEqual([200, expect.anything()])
    expect((await undo(done.body.merge.id)).status).toBe(200)
  }
  const ids = new Set(await talking)
  expect(new Set(await conversationsOf(bob.contactId))).toEqual(ids)
  expect(await conversationsOf(ann.contactId)).toEqual([ann.conversationId])
})

test('screens hear of it: the contact that stays, and that the other is no more', async () => {
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  const stranger = await connect(company.url, '/ws/agent', outsider.credentials)
  await Promise.all([peer, stranger].map((each) => each.next((frame) => frame.type === 'ready')))
  const [ann, bob] = [await company.visitor(), await company.visitor()]
  const done = await merge(ann.contactId, bob.contactId)
  const about = { fromId: bob.contactId, intoId: ann.contactId }
  expect(await peer.next((frame) => frame.type === 'contacts-merged')).toMatchObject({ ...about, undone: false })
  await undo(done.body.merge.id)
  const undoneFrame = await peer.next((frame) => frame.type === 'contacts-merged' && frame['undone'] === true)
  expect(undoneFrame).toMatchObject(about)
  expect(stranger.frames.filter(({ type }) => type === 'contacts-merged')).toEqual([])
  peer.close()
  stranger.close()
})
