import type { Revision, SendResult } from '@qiao/channels'
import { applyEntry, applyRevision, type Conversation, type Entry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { connect } from '../../testing/socket-peer.ts'

/** What the provider was asked to change, and how it answers next. */
const asked: Revision[] = []
const answers: (SendResult | Error)[] = []
const abilities = {
  edits: { in: true, out: true },
  recalls: { in: true, out: true },
  reactions: { in: true, out: true, only: ['👍', '❤️'] },
}
const channel = parrotWith(abilities, {
  revise: async (change) => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    if (!answer || answer.kind === 'accepted') asked.push(change)
    return answer ?? { kind: 'accepted', messageId: null }
  },
})
const company = await startParrotCompany({ channel })
const { provider, db, must, call, agent } = company

async function customer(address: string): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7() })
  return until(() => company.conversationOf(address))
}
const wordsTo = (address: string) => provider.sent.filter(({ to }) => to === address).map(({ text }) => text)
const askedOf = (address: string) => asked.filter(({ to }) => to === address)
const messagesOf = async (id: string) =>
  (await company.entriesOf(id)).flatMap((entry) => (entry.kind === 'message.sent' ? entry : []))
const settled = (id: string) =>
  until(async () => {
    const open = await db
      .selectFrom('delivery_changes')
      .select('entry_id')
      .where('conversation_id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    return open === undefined
  })
async function sent(id: string, address: string, words: string): Promise<string> {
  await company.reply(id, words)
  await until(() => wordsTo(address).includes(words))
  await until(async () => {
    const waiting = await db
      .selectFrom('deliveries')
      .select('entry_id')
      .where('conversation_id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    return waiting === undefined
  })
  return (await messagesOf(id)).at(-1)?.id ?? ''
}
const edit = (id: string, targetId: string, text: string) =>
  must('POST', `/api/v1/conversations/${id}/edit`, agent.credentials, {
    clientKey: uuidv7(),
    targetId,
    content: { type: 'text', text },
  })
const recall = (id: string, targetId: string) =>
  call('POST', `/api/v1/conversations/${id}/recall`, agent.credentials, { clientKey: uuidv7(), targetId })

test('an edit and then a recall reach the message where it is, in that order, and again after a refusal to answer', async () => {
  const id = await customer('9101')
  const target = await sent(id, '9101', 'Tuesday')
  const [known] = await db.selectFrom('channel_messages').select('message_id').where('entry_id', '=', target).execute()
  answers.push(
    { kind: 'unknown', problem: { code: 'no-answer' } },
    { kind: 'retry', afterMs: 50, problem: { code: 'provider-failed' } },
  )
  await edit(id, target, 'Wednesday')
  await until(() => askedOf('9101').length === 1)
  expect((await recall(id, target)).status).toBe(200)
  await until(() => askedOf('9101').length === 2)
  expect(askedOf('9101')).toEqual([
    { kind: 'edit', to: '9101', messageId: known?.message_id, part: { request: { to: '9101', text: 'Wednesday' } } },
    { kind: 'recall', to: '9101', messageId: known?.message_id },
  ])
  await settled(id)
  expect((await messagesOf(id))[0]?.revision?.unreached).toBeUndefined()
  expect(wordsTo('9101')).toEqual(['Tuesday'])
})

test('what does not reach the customer is said in the thread, and a newer change is another try', async () => {
  const id = await customer('9102')
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  await peer.next((frame) => frame.type === 'ready')
  const target = await sent(id, '9102', 'Tuesday')
  const read = async (): Promise<Conversation> =>
    (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).conversation
  const [stale, staleEntries] = [await read(), await company.entriesOf(id)]
  answers.push({ kind: 'rejected', problem: { code: 'unsupported', detail: 'too old' } })
  await edit(id, target, 'Wednesday')
  await settled(id)
  const unreached = { change: 'edit', problem: { code: 'unsupported', detail: 'too old' } }
  expect((await messagesOf(id))[0]?.revision).toMatchObject({ content: { text: 'Wednesday' }, unreached })
  const fresh = await read()
  const entriesIn = (frame: { type: string; [field: string]: unknown }): Entry[] =>
    frame.type === 'entries' && frame['conversationId'] === id ? (frame['entries'] as Entry[]) : []
  await peer.next((frame) => entriesIn(frame).some(({ seq }) => seq === fresh.lastSeq))
  const told = peer.frames.flatMap(entriesIn).filter(({ seq }) => seq > stale.lastSeq)
  expect(told.reduce(applyEntry, stale)).toEqual(fresh)
  const shown = told.reduce<readonly Entry[]>((held, entry) => [...applyRevision(held, entry), entry], staleEntries)
  expect(shown).toEqual(await company.entriesOf(id))
  // A channel that throws has a bug, and the thread says that it did not work.
  answers.push(new Error('a bug'))
  await recall(id, target)
  await settled(id)
  expect((await messagesOf(id))[0]?.revision).toMatchObject({ unreached: { change: 'recall' } })
  peer.close()
})

test('a message that went out in several cannot be edited as one, but is taken back whole', async () => {
  const id = await customer('9103')
  await company.reply(id, 'First there is a sentence that fits. And then another one that does not.')
  await until(() => wordsTo('9103').length === 2)
  await until(async () => (await company.marksOf(id)).sentSeq > 0)
  const target = (await messagesOf(id))[0]?.id ?? ''
  await edit(id, target, 'shorter')
  await settled(id)
  expect((await messagesOf(id))[0]?.revision?.unreached).toMatchObject({ change: 'edit' })
  await recall(id, target)
  await settled(id)
  expect(askedOf('9103').map(({ kind }) => kind)).toEqual(['recall', 'recall'])
})

test('taken back before it went out, it never does; what follows it goes on', async () => {
  const id = await customer('9104')
  provider.faults.push('hold')
  await company.reply(id, 'first')
  await until(() => provider.isHolding())
  await company.reply(id, 'regretted')
  await company.reply(id, 'third')
  const regretted = (await messagesOf(id))[1]?.id ?? ''
  expect((await recall(id, regretted)).status).toBe(200)
  provider.release()
  await until(() => wordsTo('9104').length === 2)
  expect(wordsTo('9104')).toEqual(['first', 'third'])
  await settled(id)
  expect(askedOf('9104')).toEqual([])
})

test('a reaction to what the customer said goes out once, is known with the message, and is taken back', async () => {
  const said = uuidv7()
  await company.say('9105', 'It came, thanks', { id: said })
  const id = await until(() => company.conversationOf('9105'))
  const theirs = async () =>
    (await company.entriesOf(id)).flatMap((entry) => (entry.kind === 'message.received' ? entry : []))
  const targetId = (await theirs())[0]?.id ?? ''
  const react = (emoji: string | null, clientKey = uuidv7(), who = agent) =>
    call('POST', `/api/v1/conversations/${id}/reactions`, who.credentials, { clientKey, targetId, emoji })
  const clientKey = uuidv7()
  for (const _ of [1, 2]) expect((await react('👍', clientKey)).status).toBe(200)
  // The same once more says nothing new.
  expect((await react('👍')).body.entries).toEqual([])
  await settled(id)
  expect((await theirs())[0]?.revision).toMatchObject({ reaction: '👍' })
  expect((await react(null)).status).toBe(200)
  await settled(id)
  expect(askedOf('9105')).toEqual([
    { kind: 'react', to: '9105', messageId: said, emoji: '👍' },
    { kind: 'react', to: '9105', messageId: said, emoji: null },
  ])
  const entries = await company.entriesOf(id)
  expect(entries.flatMap((entry) => (entry.kind === 'message.reacted' ? entry.body.emoji : []))).toEqual(['👍', null])
  expect((await theirs())[0]?.revision?.reaction).toBeUndefined()
  expect(await react('🍵')).toMatchObject({ status: 422, code: 'content-not-sendable' })
  expect((await react('👍', uuidv7(), company.outsider)).code).toBe('not-found')
  for (const bad of ['yes', '👍👍', '']) expect((await react(bad)).code).toBe('invalid-input')
})

test('a reaction that the provider does not take is told with the message; after the window none is tried', async () => {
  const id = await customer('9107')
  const targetId = (await company.entriesOf(id)).find(({ kind }) => kind === 'message.received')?.id ?? ''
  const react = () =>
    call('POST', `/api/v1/conversations/${id}/reactions`, agent.credentials, {
      clientKey: uuidv7(),
      targetId,
      emoji: '👍',
    })
  answers.push({ kind: 'rejected', problem: { code: 'unsupported', detail: 'too old' } })
  expect((await react()).status).toBe(200)
  await settled(id)
  const [target] = (await company.entriesOf(id)).flatMap((entry) => (entry.kind === 'message.received' ? entry : []))
  expect(target?.revision).toMatchObject({ unreached: { change: 'react', problem: { code: 'unsupported' } } })
  await db.updateTable('reply_ledgers').set({ grants: '[]' }).execute()
  expect(await react()).toMatchObject({ status: 409, code: 'reply-window-closed' })
})
