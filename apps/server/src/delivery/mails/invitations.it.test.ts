import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { mailInvitation } from '@qiao/protocol'
import { type Options, startCourierCompany } from '../../testing/courier-company.ts'

const company = await startCourierCompany({ mail: { acknowledgement: { on: false, zh: '', en: '' } } })
const { must, call, write, agent, outsider, posted, entriesOf, office } = company
const from = 'Wang Fang <fang@example.com>'

interface Made {
  uid: string
  method?: string
  sequence?: number
  to?: string
  start?: string
  organiser?: string
}
/** As calendars send it: the words, and what other calendars read, as two forms of one. */
const invites = ({ uid, method = 'REQUEST', sequence = 0, ...made }: Made, more: Options = {}) => {
  const { to = 'help@shop.example', start = '20300701T020000Z', organiser = 'fang@example.com' } = made
  const ics = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:20300620T08150${sequence}Z`,
    `DTSTART:${start}`,
    'SUMMARY:Tasting',
    'LOCATION:Tea house',
    `ORGANIZER;CN=Wang Fang:mailto:${organiser}`,
    `ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Shop:mailto:${to}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  return write({
    from,
    subject: `Tasting ${uid} ${sequence}`,
    text: 'Come',
    alternatives: [{ contentType: `text/calendar; charset=utf-8; method=${method}`, content: ics }],
    ...more,
  })
}
type Invited = Awaited<ReturnType<typeof invites>>
const invitationOf = ({ body: { content } }: Pick<Invited, 'body'>) =>
  content.type === 'mail' ? content.invitation : undefined
const answerTo = (entry: Invited, answer: string, more: object = {}, who = agent) =>
  call('POST', `/api/v1/conversations/${entry.conversationId}/invitation-answers`, who.credentials, {
    clientKey: uuidv7(),
    entryId: entry.id,
    answer,
    ...more,
  })

test('an invitation is read, and answered by a letter to its organiser that calendars read', async () => {
  const entry = await invites({ uid: 'first' })
  expect(entry.body.content).toMatchObject({
    attachments: [{ name: 'invite.ics', mime: 'text/calendar' }],
    warnings: [],
  })
  expect(invitationOf(entry)).toMatchObject({
    method: 'REQUEST',
    summary: 'Tasting',
    invited: 'help@shop.example',
    event: { uid: 'first', start: { kind: 'instant', at: '2030-07-01T02:00:00.000Z' } },
  })
  const { status, body } = await answerTo(entry, 'accepted', { comment: 'We bring cups' })
  expect(status).toBe(200)
  const sent = body.entries.at(-1)
  expect(sent).toMatchObject({ kind: 'message.sent', author: { type: 'agent', id: agent.id } })
  expect(sent.body).toMatchObject({ replyToId: entry.id, content: { subject: 'Accepted: Tasting' } })

  const letter = await posted(({ subject }) => subject.includes('Accepted: Tasting'))
  expect([letter.to, letter.references, letter.automatic]).toEqual([['fang@example.com'], [expect.any(String)], false])
  expect(letter.text).toContain('We bring cups')
  expect(mailInvitation.parse(JSON.parse(letter.invitation ?? ''))).toMatchObject({
    method: 'REPLY',
    invited: 'help@shop.example',
    event: {
      uid: 'first',
      sequence: 0,
      comment: 'We bring cups',
      organiser: { address: 'fang@example.com' },
      guests: [{ mailbox: { name: 'Shop', address: 'help@shop.example' }, attendance: 'accepted' }],
    },
  })
})

test('the same key answers once, another key once more', async () => {
  const entry = await invites({ uid: 'repeat' })
  const clientKey = uuidv7()
  const answers = await Promise.all([1, 2, 3].map(() => answerTo(entry, 'tentative', { clientKey })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(new Set(answers.map(({ body }) => body.entries.at(-1).id)).size).toBe(1)
  await answerTo(entry, 'declined')
  await posted(({ subject, references }) => subject.startsWith('Re: Declined') && references.length > 1)
  const sent = (await entriesOf(entry.conversationId)).filter(({ kind }) => kind === 'message.sent')
  expect(sent).toHaveLength(2)
  expect(office.posted.filter(({ subject }) => subject.includes('Tentative: Tasting'))).toHaveLength(1)
})

test('a change finds the conversation although it answers nothing; what it changes is answered no more', async () => {
  const first = await invites({ uid: 'moved' })
  const key = uuidv7()
  expect((await answerTo(first, 'accepted', { clientKey: key })).status).toBe(200)
  const changed = await invites({ uid: 'moved', sequence: 1, start: '20300702T020000Z' })
  expect(changed.conversationId).toBe(first.conversationId)
  expect(await answerTo(first, 'declined')).toMatchObject({ status: 409, code: 'changed-meanwhile' })
  // What was answered before stays answered for whoever asks again.
  expect((await answerTo(first, 'accepted', { clientKey: key })).status).toBe(200)
  expect((await answerTo(changed, 'accepted')).status).toBe(200)
  const over = await invites({ uid: 'moved', sequence: 2, method: 'CANCEL' })
  expect(over.conversationId).toBe(first.conversationId)
  expect((await answerTo(changed, 'accepted')).code).toBe('changed-meanwhile')
  expect((await answerTo(over, 'accepted')).code).toBe('content-not-sendable')
})

test('a stranger who names it changes nothing', async () => {
  const first = await invites({ uid: 'guessed' })
  const forged = await invites({ uid: 'guessed', sequence: 5, method: 'CANCEL' }, { subject: 'forged' })
  const stranger = await invites({ uid: 'guessed', sequence: 6, method: 'CANCEL' }, { from: 'eve@example.com' })
  expect([forged.conversationId, stranger.conversationId]).not.toContain(first.conversationId)
  const other = await invites({ uid: 'guessed', sequence: 7, organiser: 'eve@example.com' })
  expect(other.conversationId).toBe(first.conversationId)
  expect((await answerTo(first, 'accepted')).status).toBe(200)
})

test('an invitation of somebody else is not answered, nor by somebody who does not see it', async () => {
  const entry = await invites({ uid: 'others', to: 'li@example.com' })
  expect(invitationOf(entry)).toMatchObject({ invited: null })
  expect((await answerTo(entry, 'accepted')).code).toBe('content-not-sendable')
  const ours = await invites({ uid: 'ours', to: 'HELP+tea@shop.example' })
  expect(invitationOf(ours)).toMatchObject({ invited: 'HELP+tea@shop.example' })
  expect((await answerTo(ours, 'accepted', {}, outsider)).code).toBe('not-found')
  expect((await answerTo(ours, 'perhaps')).code).toBe('invalid-input')
  const plain = await write({ from, subject: 'Plain', text: 'hello' })
  expect((await answerTo(plain, 'accepted')).code).toBe('not-found')
  expect((await answerTo({ ...ours, id: uuidv7() }, 'accepted')).code).toBe('not-found')
})

test('nobody says to calendars what the server did not', async () => {
  const entry = await invites({ uid: 'own' })
  const content = {
    type: 'mail',
    subject: 'Mine',
    from: null,
    to: [{ name: '', address: 'fang@example.com' }],
    text: 'mine',
    invitation: { ...invitationOf(entry), method: 'REPLY' },
  }
  expect((await company.reply(entry.conversationId, content)).status).toBe(200)
  expect((await posted(({ text }) => text === 'mine')).invitation).toBe(null)
})

test('a strange calendar costs nobody their letter', async () => {
  const ics = `BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:${'\u0007'.repeat(700)}\r\nSUMMARY:Odd\r\nDTSTART:soon\r\n${'ATTENDEE:mailto:x@y.example\r\n'.repeat(100_000)}`
  const entry = await write({
    from,
    subject: 'Odd',
    text: 'words',
    alternatives: [{ contentType: 'text/calendar', content: ics }],
  })
  expect(entry.body.content).toMatchObject({ text: 'words', invitation: { summary: 'Odd', event: null } })
  expect((await answerTo(entry, 'accepted')).code).toBe('content-not-sendable')
  expect(
    (await must('GET', `/api/v1/conversations/${entry.conversationId}`, agent.credentials)).conversation.receivedCount,
  ).toBe(1)
})
