import type { EntryOf } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startCourierCompany } from '../../testing/courier-company.ts'
import { until } from '../../testing/parrot-company.ts'

const company = await startCourierCompany()
const { must, call, write, agent, admin, reply, posted, db, entriesOf, deliver } = company

const at = (name: string) => `${name}.${uuidv7().slice(-6)}@example.com`
const text = (words: string) => ({ type: 'text', text: words })
const act = (id: string, name: string, body: object = {}) =>
  must('POST', `/api/v1/conversations/${id}/${name}`, agent.credentials, { clientKey: uuidv7(), ...body })
const read = async (id: string) => (await must('GET', `/api/v1/conversations/${id}`, admin.credentials)).conversation
const kindsOf = async (id: string) => (await entriesOf(id)).map(({ kind }) => kind)
const nameOf = async (entryId: string) =>
  (await db.selectFrom('channel_messages').select('message_id').where('entry_id', '=', entryId).executeTakeFirst())
    ?.message_id ?? ''

async function begun(from: string, subject = 'Tea') {
  const first = await write({ from, subject, text: 'Has it arrived?' })
  await reply(first.conversationId, text(`soon ${first.id}`))
  const letter = await posted((each) => each.text.endsWith(first.id))
  return { first, letter, id: first.conversationId }
}
const placeOf = (entry: EntryOf<'message.received'>): string => entry.conversationId

test('what is merged is closed, both say it, and what comes later for it goes to the other', async () => {
  const from = at('fang')
  const [tea, cups] = [await begun(from, 'Tea'), await begun(from, 'Cups')]
  await act(cups.id, 'merge', { intoId: tea.id })
  expect(await read(cups.id)).toMatchObject({ state: 'closed', closeReason: 'duplicate', mergedIntoId: tea.id })
  expect((await kindsOf(cups.id)).slice(-2)).toEqual(['conversation.merged', 'conversation.closed'])
  expect((await kindsOf(tea.id)).at(-1)).toBe('conversation.absorbed')

  const byAddress = await write({ from, to: cups.letter.replyTo, subject: 'Re: Cups', text: 'to the address' })
  const byName = await write({ from, subject: 'Re: Cups', inReplyTo: cups.letter.messageId, text: 'to the name' })
  const byNumber = await write({ from, subject: `Cups [#${(await read(cups.id)).number}]`, text: 'to the number' })
  expect([byAddress, byName, byNumber].map(placeOf)).toEqual([tea.id, tea.id, tea.id])

  await act(cups.id, 'unmerge')
  expect(await read(cups.id)).toMatchObject({ state: 'open', mergedIntoId: null })
  const after = await write({ from, subject: 'Re: Cups', inReplyTo: cups.letter.messageId, text: 'and now?' })
  expect(placeOf(after)).toBe(cups.id)
})

/** As a mail server says that it could not hand a letter over (RFC 3464). */
const bounce = (messageId: string, recipient: string) =>
  deliver(
    Buffer.from(
      [
        'From: MAILER-DAEMON@mx.example',
        'To: help@shop.example',
        'Subject: Undelivered Mail Returned to Sender',
        `Message-ID: <${uuidv7()}@mx.example>`,
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        'Action: failed',
        'Status: 4.2.2',
        'Diagnostic-Code: smtp; 452 mailbox full',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${messageId}`,
        '--b--',
        '',
      ].join('\r\n'),
    ),
  )
const undeliveredOf = async (id: string) => {
  const { state, undelivered } = await read(id)
  return [state, undelivered.length]
}

test('what comes back later of a merged one brings back the one in which it goes on, to the end of the chain', async () => {
  const from = at('gone')
  const [old, middle, last] = [await begun(from, 'Old'), await begun(from, 'Middle'), await begun(from, 'Last')]
  await until(async () => (await must('GET', `/api/v1/conversations/${old.id}`, agent.credentials)).marks.sentSeq > 0)
  await act(old.id, 'merge', { intoId: middle.id })
  await act(middle.id, 'merge', { intoId: last.id })
  await act(last.id, 'close', { reason: 'resolved' })
  await bounce(old.letter.messageId, from)
  await until(async () => (await read(last.id)).state === 'open')
  expect(await undeliveredOf(last.id)).toEqual(['open', 1])
  expect(await read(last.id)).toMatchObject({ assigneeId: agent.id })
  expect((await read(old.id)).state).toBe('closed')
  expect((await read(middle.id)).state).toBe('closed')
  const told = (await entriesOf(last.id)).find(({ kind }) => kind === 'conversation.undelivered')
  expect(told?.body).toMatchObject({ fromId: old.id, fromNumber: (await read(old.id)).number })

  // Whoever closes it knows; its server saying so again changes nothing.
  await act(last.id, 'close', { reason: 'resolved' })
  await bounce(old.letter.messageId, from)
  await write({ from: at('after'), subject: 'After', text: 'whoever comes after' })
  expect(await undeliveredOf(last.id)).toEqual(['closed', 0])
  const targetId = (await entriesOf(old.id)).find(({ kind }) => kind === 'message.sent')?.id
  await act(old.id, 'resend', { targetId })
  await until(async () => (await kindsOf(old.id)).includes('message.accepted'))

  // Sent once more and come back once more, it is news; sending it again takes the mark away.
  await bounce(old.letter.messageId, from)
  await until(async () => (await read(last.id)).state === 'open')
  expect(await undeliveredOf(last.id)).toEqual(['open', 1])
  await act(old.id, 'resend', { targetId })
  expect(await undeliveredOf(last.id)).toEqual(['open', 0])
})

test('a merged one that is put away is woken', async () => {
  const from = at('asleep')
  const [a, b] = [await begun(from, 'A'), await begun(from, 'B')]
  await until(async () => (await must('GET', `/api/v1/conversations/${a.id}`, agent.credentials)).marks.sentSeq > 0)
  await act(a.id, 'merge', { intoId: b.id })
  await act(b.id, 'snooze', { until: new Date(Date.now() + 86_400_000).toISOString() })
  await bounce(a.letter.messageId, from)
  await until(async () => (await read(b.id)).state === 'open')
  expect((await kindsOf(b.id)).slice(-2)).toEqual(['conversation.undelivered', 'conversation.woken'])
})

test('a customer who waits waits on where it goes on; a chain is followed to its end', async () => {
  const from = at('fang')
  const [a, b] = [await begun(from, 'A'), await begun(from, 'B')]
  const waiting = await write({ from, subject: 'C', text: 'still waiting' })
  await act(a.id, 'close', { reason: 'resolved' })
  await act(waiting.conversationId, 'merge', { intoId: b.id })
  expect((await read(b.id)).waitingSince).toBe(waiting.at)
  await act(b.id, 'merge', { intoId: a.id })
  expect(await read(a.id)).toMatchObject({ state: 'open', waitingSince: waiting.at })
  const later = await write({ from, subject: 'C', references: await nameOf(waiting.id), text: 'hello?' })
  expect(placeOf(later)).toBe(a.id)
  const refused = (id: string, name: string, body: object) =>
    call('POST', `/api/v1/conversations/${id}/${name}`, agent.credentials, { clientKey: uuidv7(), ...body })
  expect((await refused(a.id, 'merge', { intoId: b.id })).code).toBe('conversation-merged')
  expect((await refused(b.id, 'messages', { content: text('hi') })).code).toBe('conversation-merged')
  expect((await refused(b.id, 'reopen', {})).code).toBe('conversation-merged')
})

test('only what belongs together is merged and offered: of the customer, or of who takes part', async () => {
  const [from, friend] = [at('fang'), at('li')]
  const tea = await begun(from)
  const strange = await write({ from: at('mallory'), subject: 'Tea', text: 'me too' })
  const refused = await call('POST', `/api/v1/conversations/${strange.conversationId}/merge`, agent.credentials, {
    clientKey: uuidv7(),
    intoId: tea.id,
  })
  expect(refused.code).toBe('merge-other-people')
  await write({ from: friend, subject: 'Re: Tea', inReplyTo: tea.letter.messageId, text: 'for me as well' })
  const own = await write({ from: friend, subject: 'My tea', text: 'where is mine?' })
  const offered = async (search: string) => {
    const path = `/api/v1/conversations/${own.conversationId}/merge-targets?search=${search}`
    const { items } = await must('GET', path, agent.credentials)
    return items.map(({ conversation }: { conversation: { id: string } }) => conversation.id)
  }
  expect(await offered('')).toEqual([tea.id])
  expect(await offered(`%23${(await read(tea.id)).number}`)).toEqual([tea.id])
  expect(await offered('nothing')).toEqual([])
  await act(own.conversationId, 'merge', { intoId: tea.id })
  const later = await write({ from: friend, subject: 'My tea', references: await nameOf(own.id), text: 'well?' })
  expect(placeOf(later)).toBe(tea.id)
  // The customer's conversation stays the customer's.
  expect((await read(tea.id)).contactId).not.toBe((await read(own.conversationId)).contactId)
})

test('a message becomes a conversation of its own: it and its answers go on there, the rest stays', async () => {
  const from = at('fang')
  const { id, letter } = await begun(from)
  const other = await write({ from, subject: 'An invoice', inReplyTo: letter.messageId, text: 'and the invoice?' })
  const split = await act(id, 'split', { messageId: other.id })
  const own = split.item.conversation
  expect(own).toMatchObject({ subject: 'An invoice', assigneeId: agent.id, waitingSince: other.at, state: 'open' })
  expect(split.entries[0].body).toEqual({ entryId: other.id, toId: own.id, toNumber: own.number })
  const origin = await must('GET', `/api/v1/conversations/${own.id}/origin`, agent.credentials)
  expect(origin.message).toMatchObject({ id: other.id, conversationId: id })

  await reply(own.id, text(`the invoice ${own.id}`))
  const invoice = await posted((each) => each.text.endsWith(own.id))
  // A mail program puts it under what it answers.
  expect(invoice.references).toEqual([await nameOf(other.id)])
  const toLetter = await write({ from, subject: 'Re: An invoice', references: await nameOf(other.id), text: 'also' })
  const toAnswer = await write({ from, subject: 'Re: An invoice', inReplyTo: invoice.messageId, text: 'thanks' })
  const toOld = await write({ from, subject: 'Re: Tea', inReplyTo: letter.messageId, text: 'and the tea?' })
  expect([toLetter, toAnswer, toOld].map(placeOf)).toEqual([own.id, own.id, id])
})

test('answers to what we had answered before the split go to it as well, by whichever hint', async () => {
  const from = at('fang')
  const { id, letter } = await begun(from)
  const other = await write({ from, subject: 'Invoice', inReplyTo: letter.messageId, text: 'and the invoice?' })
  await reply(id, text(`in a minute ${other.id}`), { replyToId: other.id })
  const ours = await posted((each) => each.text.endsWith(other.id))
  const own = (await act(id, 'split', { messageId: other.id })).item.conversation
  const answer = { from, to: ours.replyTo, subject: 'Re: Invoice', inReplyTo: ours.messageId, text: 'good' }
  expect(placeOf(await write(answer))).toBe(own.id)
  const again = await call('POST', `/api/v1/conversations/${id}/split`, agent.credentials, {
    clientKey: uuidv7(),
    messageId: other.id,
  })
  expect(again.code).toBe('conversation-split')
  // Merging it back is how a split is undone.
  await act(own.id, 'merge', { intoId: id })
  expect(placeOf(await write({ ...answer, text: 'good indeed' }))).toBe(id)
  expect((await act(id, 'split', { messageId: other.id })).item.conversation.id).not.toBe(own.id)
})

test('a message of somebody who takes part begins a conversation of theirs', async () => {
  const [from, friend] = [at('fang'), at('li')]
  const { id, letter } = await begun(from)
  const joined = await write({ from: friend, subject: 'Mine', inReplyTo: letter.messageId, text: 'and mine?' })
  const own = (await act(id, 'split', { messageId: joined.id })).item.conversation
  expect(own.contactId).toBe('id' in joined.author ? joined.author.id : '')
  await reply(own.id, text(`yours ${own.id}`))
  expect((await posted((each) => each.text.endsWith(own.id))).to).toEqual([friend])
})

test('two who merge each other at once end as one', async () => {
  const from = at('fang')
  const [a, b] = [await begun(from, 'A'), await begun(from, 'B')]
  const merge = (id: string, intoId: string) =>
    call('POST', `/api/v1/conversations/${id}/merge`, agent.credentials, { clientKey: uuidv7(), intoId })
  const answers = await Promise.all([merge(a.id, b.id), merge(b.id, a.id)])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.find(({ status }) => status !== 200)?.code).toBe('conversation-merged')
})

test('of a long conversation a letter names the beginning, the latest and what it answers', async () => {
  const from = at('fang')
  const { id, first } = await begun(from)
  const { identityId } = await read(id)
  await sql`
    insert into channel_messages (identity_id, message_id, conversation_id, entry_id, public_seq, ours)
      select ${identityId}, '<' || n || '@long.example.com>', ${id}, gen_random_uuid(), -n, true
      from generate_series(1, 5000) as n`.execute(db)
  await reply(id, text('at last'), { replyToId: first.id })
  const { references } = await posted((each) => each.text === 'at last')
  expect(references).toHaveLength(23)
  expect(references.slice(0, 2)).toEqual(['<5000@long.example.com>', '<4999@long.example.com>'])
  expect(references.at(-1)).toBe(await nameOf(first.id))
})
