import { type EntryOf, inboxSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { type Options, startCourierCompany } from '../../testing/courier-company.ts'
import { until } from '../../testing/parrot-company.ts'

const company = await startCourierCompany()
const { must, call, write, agent, admin, lead, reply, posted, db, inbox, entriesOf, deliver } = company

const at = (name: string) => `${name}.${uuidv7().slice(-6)}@example.com`
const text = (words: string) => ({ type: 'text', text: words })
const numberOf = async (id: string): Promise<number> =>
  (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation.number
/** A conversation with one answer of ours, and that answer. */
async function begun(from: string, subject = 'Tea') {
  const first = await write({ from, subject, text: 'Has it arrived?' })
  await reply(first.conversationId, text(`soon ${first.id}`))
  const letter = await posted((each) => each.text.endsWith(first.id))
  return { first, letter, id: first.conversationId }
}
const inSame = (entry: EntryOf<'message.received'>, id: string): boolean => entry.conversationId === id

test('letters to different subjects run side by side; an answer to each comes back to it', async () => {
  const from = at('fang')
  const tea = await begun(from, 'Tea')
  const cups = await begun(from, 'Cups')
  expect(tea.id).not.toBe(cups.id)
  const { items } = await must('GET', `/api/v1/contacts/${await contactOf(tea.id)}/conversations`, agent.credentials)
  expect(items.map(({ conversation }: { conversation: { subject: string } }) => conversation.subject)).toEqual([
    'Cups',
    'Tea',
  ])
  const byName = await write({ from, subject: 'Re: Tea', inReplyTo: tea.letter.messageId, text: 'it has' })
  expect(inSame(byName, tea.id)).toBe(true)
  expect(byName.body.replyToId).toBe((await entriesOf(tea.id)).find(({ kind }) => kind === 'message.sent')?.id)
  const byAddress = await write({ from, to: cups.letter.replyTo, subject: 'something', text: 'two' })
  expect(inSame(byAddress, cups.id)).toBe(true)
  const byNumber = await write({ from, subject: `about [#${await numberOf(tea.id)}]`, text: 'three' })
  expect(inSame(byNumber, tea.id)).toBe(true)
  const ownName = (await nameOf(tea.first.id)) ?? ''
  expect(inSame(await write({ from, subject: 'Tea again', references: ownName, text: 'four' }), tea.id)).toBe(true)
})

async function contactOf(id: string): Promise<string> {
  return (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).conversation.contactId
}
const nameOf = async (entryId: string) =>
  (await db.selectFrom('channel_messages').select('message_id').where('entry_id', '=', entryId).executeTakeFirst())
    ?.message_id

test('our answer names all that came before, the one that it answers last', async () => {
  const from = at('fang')
  const { first, letter, id } = await begun(from)
  const again = await write({ from, subject: 'Re: Tea', inReplyTo: letter.messageId, text: 'when?' })
  await reply(id, text('tomorrow then'), { replyToId: first.id })
  const last = await posted((each) => each.text === 'tomorrow then')
  expect(last.references).toEqual([letter.messageId, await nameOf(again.id), await nameOf(first.id)])
  expect(last.subject).toBe(`Re: Tea [#${await numberOf(id)}]`)
})

test('an address that anybody could have written is a claim, until a letter proves it; a forged one takes nothing back', async () => {
  const from = at('lu')
  const identity = async (entry: EntryOf<'message.received'>) => {
    const { identities } = await must(
      'GET',
      `/api/v1/contacts/${await contactOf(entry.conversationId)}`,
      admin.credentials,
    )
    return identities.map(({ verified }: { verified: boolean }) => verified)
  }
  expect(await identity(await write({ from, subject: 'forged', text: 'one' }))).toEqual([false])
  expect(await identity(await write({ from, subject: 'true', text: 'two' }))).toEqual([true])
  expect(await identity(await write({ from, subject: 'forged again', text: 'three' }))).toEqual([true])
})

test('a stranger who guesses a number, a name or an address gets a conversation of their own', async () => {
  const { first, letter, id } = await begun(at('fang'))
  const stranger = at('mallory')
  const guesses: Options[] = [
    { subject: `Re: Tea [#${await numberOf(id)}]` },
    { subject: 'Re: Tea', inReplyTo: (await nameOf(first.id)) ?? '' },
    { subject: 'Re: Tea', inReplyTo: letter.messageId.replace(/[0-9a-f]{24}@/, `${'0'.repeat(24)}@`) },
    { subject: 'Re: Tea', to: letter.replyTo.replace(/[0-9a-f]{24}@/, `${'0'.repeat(24)}@`) },
  ]
  for (const guess of guesses) expect(inSame(await write({ from: stranger, text: 'me too', ...guess }), id)).toBe(false)
})

test('a forged address proves nothing either', async () => {
  const from = at('fang')
  const { id } = await begun(from)
  const forged = await write({ from, subject: `forged [#${await numberOf(id)}]`, text: 'send it to me' })
  expect(inSame(forged, id)).toBe(false)
})

test('of a domain that proves nothing, a number leads nowhere; what answers a letter does', async () => {
  const from = at('fang')
  const { first, letter, id } = await begun(from, 'unsigned')
  const byNumber = await write({ from, subject: `unsigned [#${await numberOf(id)}]`, text: 'send it to me' })
  expect(inSame(byNumber, id)).toBe(false)
  const ownName = (await nameOf(first.id)) ?? ''
  expect(inSame(await write({ from, subject: 'unsigned more', references: ownName, text: 'and' }), id)).toBe(true)
  expect(inSame(await write({ from, subject: 'Re: unsigned', inReplyTo: letter.messageId, text: 'yes' }), id)).toBe(
    true,
  )
  expect(inSame(await write({ from, to: letter.replyTo, subject: 'unsigned', text: 'three' }), id)).toBe(true)
})

test('whoever was written to takes part from then on, as who they are', async () => {
  const [from, friend, copied] = [at('fang'), at('li'), at('chen')]
  const { letter, id } = await begun(from)
  // Passed on by the customer, answered by somebody else.
  const joined = await write({
    from: `Li <${friend}>`,
    cc: copied,
    subject: 'Re: Tea',
    inReplyTo: letter.messageId,
    text: 'for me too',
  })
  expect(inSame(joined, id)).toBe(true)
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(joined.author).not.toEqual({ type: 'contact', id: conversation.contactId })
  const who = joined.author.type === 'contact' ? joined.author.id : ''
  expect((await must('GET', `/api/v1/contacts/${who}`, agent.credentials)).contact).toMatchObject({
    name: 'Li',
    email: friend,
  })
  const number = await numberOf(id)
  for (const person of [friend, copied])
    expect(inSame(await write({ from: person, subject: `more [#${number}]`, text: 'and' }), id)).toBe(true)
  const own = await db
    .selectFrom('conversations')
    .innerJoin('identities', 'identities.id', 'identity_id')
    .select('conversations.id')
    .where('address', '=', copied)
    .execute()
  expect(own).toEqual([])
  const people = await db
    .selectFrom('conversation_people')
    .select(['address', 'how'])
    .where('conversation_id', '=', id)
    .orderBy('since')
    .execute()
  expect(people).toEqual([
    { address: friend, how: 'wrote' },
    { address: copied, how: 'wrote' },
  ])
})

test('a letter of which nobody knew has arrived when somebody answers it, whoever they are, and it belongs where that was said', async () => {
  const from = at('fang')
  const first = await write({ from, subject: 'Tea', text: 'Has it arrived?' })
  const id = first.conversationId
  company.office.wordless.add(from)
  await reply(id, text(`soon ${first.id}`))
  const letter = await posted((each) => each.text.endsWith(first.id))
  const outgoing = async () => (await entriesOf(id)).find((entry) => entry.kind === 'message.sent')?.revision?.outgoing
  await until(async () => (await outgoing())?.state === 'unknown')
  const colleague = await write({ from: at('li'), subject: 'Re: Tea', inReplyTo: letter.messageId, text: 'it has' })
  expect(inSame(colleague, id)).toBe(true)
  await until(async () => (await outgoing()) === undefined)
  expect((await entriesOf(id)).filter(({ kind }) => kind === 'message.accepted')).toHaveLength(1)
  expect(company.office.posted.filter(({ messageId }) => messageId === letter.messageId)).toHaveLength(1)
})

test('a copy of ours makes somebody take part', async () => {
  const { id } = await begun(at('fang'))
  const friend = at('li')
  await reply(id, { type: 'mail', subject: 'Tea', from: null, to: [{ name: '', address: friend }], text: 'look' })
  expect(inSame(await write({ from: friend, subject: `[#${await numberOf(id)}]`, text: 'I see' }), id)).toBe(true)
})

test('what is over goes on in a successor, also when another one of those who take part writes', async () => {
  const from = at('fang')
  const { letter, id } = await begun(from)
  await must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  const reopened = await write({ from, subject: 'Re: Tea', inReplyTo: letter.messageId, text: 'one more' })
  expect(inSame(reopened, id)).toBe(true)
  await must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  await setReopen(0)
  const friend = at('li')
  const [one, two] = [
    await write({ from: friend, subject: 'Re: Tea', inReplyTo: letter.messageId, text: 'and me' }),
    await write({ from, subject: 'Re: Tea', inReplyTo: letter.messageId, text: 'and I' }),
  ]
  await setReopen(1440)
  expect(inSame(one, id)).toBe(false)
  expect(inSame(two, one.conversationId)).toBe(true)
  const { conversation } = await must('GET', `/api/v1/conversations/${one.conversationId}`, agent.credentials)
  expect(conversation.contactId).toBe(await contactOf(id))
})

async function setReopen(reopenWithinMinutes: number): Promise<void> {
  const { inboxes } = await must('GET', '/api/v1/inboxes', admin.credentials)
  const { version } = inboxes.find(({ id }: { id: string }) => id === inbox.id)
  const settings = inboxSettings.parse({ reopenWithinMinutes })
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, { version, settings })
}

test('what a program writes wakes nobody and makes nobody wait', async () => {
  const from = at('fang')
  const { letter, id } = await begun(from)
  const before = await must('GET', `/api/v1/conversations/${id}`, lead.credentials)
  await must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  const away = {
    from,
    subject: 'Out of office',
    inReplyTo: letter.messageId,
    text: 'on holiday',
    headers: { 'Auto-Submitted': 'auto-replied' },
  }
  const holiday = await write(away)
  expect([inSame(holiday, id), holiday.body.content]).toMatchObject([true, { automatic: 'auto-reply' }])
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(conversation).toMatchObject({
    state: 'closed',
    waitingSince: null,
    receivedCount: before.conversation.receivedCount + 1,
  })
  // By its subject alone it might be one; whoever wrote it waits.
  const back = await write({ ...away, subject: '自动回复：怎么关闭', text: 'how?', headers: {} })
  expect(inSame(back, id)).toBe(true)
  const again = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(again.conversation).toMatchObject({ state: 'open', waitingSince: back.at })
  const report = await write({
    from: at('robot'),
    subject: 'Report',
    text: 'all is well',
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  const alone = await must('GET', `/api/v1/conversations/${report.conversationId}`, agent.credentials)
  expect(alone.conversation).toMatchObject({ state: 'open', waitingSince: null, subject: 'Report' })
})

test('the same letter twice is one entry, whichever way it comes, also after a crash in between', async () => {
  const from = at('fang')
  const { id } = await begun(from)
  const friend = at('li')
  const messageId = `<${uuidv7()}@example.com>`
  const letter = (await posted((each) => each.to.includes(from))).messageId
  await write({ from: friend, messageId, subject: 'Re: Tea', inReplyTo: letter, text: 'once' })
  const known = await entriesOf(id)
  // As if the process had died after the entry: neither the event nor the names are settled.
  await db.deleteFrom('channel_messages').where('message_id', '=', messageId).execute()
  await db.deleteFrom('channel_events').where('event_id', '=', messageId).execute()
  await write({ from: friend, messageId, subject: 'Re: Tea', text: 'once' })
  expect(await entriesOf(id)).toEqual(known)
  await db.deleteFrom('channel_messages').where('message_id', '=', messageId).execute()
})

test('too large a letter is refused before it is read to its end', async () => {
  expect(await deliver(Buffer.alloc(68_000_000, 'x'))).toBe(413)
  expect((await call('POST', '/channels/no-such-account', {}, Buffer.alloc(9_000_000, 'x'))).status).toBe(413)
})
