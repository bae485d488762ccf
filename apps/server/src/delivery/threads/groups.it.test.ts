import type { MessageEntry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { connect } from '../../testing/socket-peer.ts'

/** A channel with groups: a topic `G/1` is in the group `G`, which takes one message in a second and a half. */
const company = await startParrotCompany({
  channel: parrotWith(
    {
      groups: true,
      typing: { in: true, out: true },
      rate: { perSecond: 1000, perPeerPerSecond: 1000, perGroupPerSecond: 2 / 3 },
    },
    { groupOf: (thread) => thread.split('/')[0] ?? thread },
  ),
})
const { provider, callback, must, agent, admin, db } = company
const inGroup = (key: string, title?: string) => ({ thread: { key, kind: 'group', ...(title ? { title } : {}) } })
const groupOf = (key: string) => until(() => company.conversationOf(`in ${key}`))
const said = async (conversationId: string): Promise<MessageEntry[]> =>
  (await company.entriesOf(conversationId)).filter((entry): entry is MessageEntry => entry.kind.startsWith('message.r'))
const item = (id: string) => must('GET', `/api/v1/conversations/${id}`, agent.credentials)
const heard = async (id: string, count: number) => until(async () => (await said(id)).length === count)

test('a group is one conversation, whose messages say who wrote them, and answers go to the group', async () => {
  await company.say('901', 'has it left?', { fields: { name: 'Li Na', ...inGroup('g1', 'Spring tea') } })
  await company.say('902', 'I wait too', { fields: { name: 'Wang Wu', ...inGroup('g1', 'Spring tea') } })
  const id = await groupOf('g1')
  await heard(id, 2)
  const messages = await said(id)
  expect(messages.map(({ body }) => ('by' in body ? body.by : null)).toSorted(byName)).toEqual([
    { name: 'Li Na' },
    { name: 'Wang Wu' },
  ])
  const shown = await item(id)
  expect(shown).toMatchObject({
    contact: { name: 'Spring tea' },
    thread: { kind: 'group', title: 'Spring tea' },
    conversation: { lastMessage: { by: expect.stringMatching(/Li Na|Wang Wu/) } },
  })
  // Each of them is somebody, and not the customer of this conversation.
  const authors = new Set(messages.map(({ author }) => (author.type === 'contact' ? author.id : '')))
  expect(authors.size).toBe(2)
  expect(authors).not.toContain(shown.contact.id)
  expect((await company.reply(id, 'It leaves today')).status).toBe(200)
  await until(() => provider.sent.some(({ text }) => text === 'It leaves today'))
  expect(provider.sent.filter(({ thread }) => thread === 'g1')).toMatchObject([{ to: 'g1', text: 'It leaves today' }])
  expect(await company.conversationOf('901 in g1')).toBeNull()
})
const byName = (one: { name: string } | null | undefined, other: { name: string } | null | undefined) =>
  (one?.name ?? '').localeCompare(other?.name ?? '')

test('members who write first at the same moment land in one conversation', async () => {
  const names = ['911', '912', '913', '914', '915']
  await Promise.all(names.map((from) => company.say(from, `from ${from}`, { fields: inGroup('g2', 'Five') })))
  await heard(await groupOf('g2'), 5)
  const { rows } = await company.pool.query(
    `select from conversations join identities on identities.id = identity_id where address = 'in g2'`,
  )
  expect(rows).toHaveLength(1)
})

test('edits, reactions, typing and marks of members are of the group', async () => {
  const first = uuidv7()
  await company.say('921', 'one cup', { id: first, position: 1, fields: inGroup('g3') })
  const id = await groupOf('g3')
  await heard(id, 1)
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  await peer.next((frame) => frame.type === 'ready')
  const event = (from: string, kind: string, fields: object) => ({
    id: uuidv7(),
    from,
    kind,
    position: 2,
    fields: { ...fields, ...inGroup('g3') },
  })
  await provider.deliver(callback, [
    event('921', 'edited', { messageId: first, content: { type: 'text', text: 'two cups', markup: 'none' } }),
    event('922', 'reacted', { messageId: first, emoji: '👍' }),
  ])
  await until(async () => (await company.entriesOf(id)).some(({ kind }) => kind === 'message.reacted'))
  expect((await said(id))[0]?.revision?.content).toMatchObject({ text: 'two cups' })
  await provider.deliver(callback, [event('922', 'typing', { on: true })])
  await peer.next((frame) => frame.type === 'typing' && frame['conversationId'] === id)
  peer.send({ type: 'typing', conversationId: id, typing: true })
  const signals = () => provider.asked.filter(({ path }) => path === '/signal').map(({ body }) => body)
  await until(() => signals().length > 0)
  expect(signals()).toEqual([{ kind: 'typing', to: 'g3', thread: 'g3', messageId: first }])
  await company.reply(id, 'they are on their way')
  const sent = await until(() =>
    db
      .selectFrom('channel_messages')
      .selectAll()
      .where('conversation_id', '=', id)
      .where('ours', '=', true)
      .executeTakeFirst(),
  )
  const receipt = { id: uuidv7(), from: 'g3', kind: 'receipt', fields: { state: 'read', messageId: sent.message_id } }
  await provider.deliver(callback, [receipt])
  await until(async () => (await company.marksOf(id)).contactReadSeq === sent.public_seq)
  peer.close()
})

test('the pace of a group holds for all of its topics', async () => {
  await company.say('931', 'about tea', { fields: inGroup('g4/1', 'Tea') })
  await company.say('931', 'about cups', { fields: inGroup('g4/2', 'Cups') })
  const [tea, cups] = [await groupOf('g4/1'), await groupOf('g4/2')]
  await company.reply(tea, 'tea')
  await company.reply(cups, 'cups')
  await until(() => provider.sent.filter(({ thread }) => thread?.startsWith('g4')).length === 2)
  const row = await db.selectFrom('send_rates').select('key').where('key', 'like', 'group %g4%').execute()
  expect(row).toEqual([{ key: `group ${company.inbox.id} g4` }])
})

test('what the group says in its own name is the group’s, and its new title is shown unless an agent gave it another', async () => {
  await company.say('g5', 'from the admins', { fields: { name: 'Old name', ...inGroup('g5', 'Old name') } })
  const id = await groupOf('g5')
  await heard(id, 1)
  const [message] = await said(id)
  const before = await item(id)
  expect(message).toMatchObject({ author: { type: 'contact', id: before.contact.id } })
  expect(message?.body).not.toHaveProperty('by')
  await company.say('951', 'hello', { fields: inGroup('g5', 'New name') })
  await heard(id, 2)
  expect(await item(id)).toMatchObject({ contact: { name: 'New name' }, thread: { title: 'New name' } })
  await must('PATCH', `/api/v1/contacts/${before.contact.id}`, agent.credentials, { name: 'Our friends' })
  await company.say('951', 'again', { fields: inGroup('g5', 'Newest name') })
  await heard(id, 3)
  expect(await item(id)).toMatchObject({ contact: { name: 'Our friends' }, thread: { title: 'Newest name' } })
})

test('one of a group neither opts out nor blocks the others; who is blocked is not heard', async () => {
  await company.say('961', 'hello', { fields: inGroup('g6') })
  const id = await groupOf('g6')
  await company.say('961', 'STOP', { fields: inGroup('g6') })
  await heard(id, 2)
  expect((await company.reply(id, 'still here')).status).toBe(200)
  const [, stop] = await said(id)
  const memberId = stop?.author.type === 'contact' ? stop.author.id : ''
  await must('POST', `/api/v1/contacts/${memberId}/block`, admin.credentials, { blocked: true })
  const unheard = uuidv7()
  await company.say('961', 'unheard', { id: unheard, fields: inGroup('g6') })
  await company.say('962', 'heard', { fields: inGroup('g6') })
  await until(
    async () =>
      (await db.selectFrom('channel_events').select('state').where('event_id', '=', unheard).executeTakeFirst())
        ?.state === 'done',
  )
  await heard(id, 3)
  expect((await company.messagesOf('in g6')).includes('unheard')).toBe(false)
})

test('a group that the provider renames goes on where it was', async () => {
  await company.say('971', 'before', { fields: inGroup('g7', 'Moving') })
  const id = await groupOf('g7')
  await provider.deliver(callback, [{ id: uuidv7(), from: 'g7', kind: 'moved', fields: { toAddress: 'g77' } }])
  await until(() => company.conversationOf('in g77'))
  await company.say('971', 'after', { fields: inGroup('g77', 'Moving') })
  await heard(id, 2)
  await company.reply(id, 'here too')
  await until(() => provider.sent.some(({ text }) => text === 'here too'))
  expect(provider.sent.find(({ text }) => text === 'here too')).toMatchObject({ to: 'g77', thread: 'g77' })
})

test('conversations of members from before go on to be answered in their group', async () => {
  await company.say('981', 'hello', { fields: { ...inGroup('g8', 'Older'), thread: { key: 'g8', kind: 'public' } } })
  const id = await until(() => company.conversationOf('981 in g8'))
  // As the version before left it: it kept neither kind nor title.
  await db.updateTable('identities').set({ thread_kind: null }).where('address', '=', '981 in g8').execute()
  expect(await item(id)).toMatchObject({ thread: { kind: 'group', title: null } })
  await company.reply(id, 'in the group')
  await until(() => provider.sent.some(({ text }) => text === 'in the group'))
  expect(provider.sent.find(({ text }) => text === 'in the group')).toMatchObject({ to: '981', thread: 'g8' })
})
