import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startCourierCompany } from '../../testing/courier-company.ts'
import { until } from '../../testing/parrot-company.ts'

const company = await startCourierCompany()
const { must, call, write, agent, reply, posted, entriesOf, deliver, office, outsider } = company

const text = (words: string) => ({ type: 'text', text: words })
const mail = (to: string[], more: object = {}) => ({
  type: 'mail',
  subject: 'Tea',
  from: null,
  to: to.map((address) => ({ name: '', address })),
  text: 'it is here',
  ...more,
})
/** As a mail server says that it could not hand a letter over (RFC 3464). */
const bounce = (messageId: string, recipient: string, status: string, action = 'failed') =>
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
        'Content-Type: text/plain',
        '',
        'It could not be delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        `Action: ${action}`,
        `Status: ${status}`,
        'Diagnostic-Code: smtp; 550 no such user',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${messageId}`,
        '--b--',
        '',
      ].join('\r\n'),
    ),
  )
const lastSent = async (id: string) => (await entriesOf(id)).findLast((entry) => entry.kind === 'message.sent')
const failedIn = (id: string) => until(async () => (await lastSent(id))?.revision?.outgoing)

test('a letter that came back says so and to whom; nothing more goes there until a person says otherwise', async () => {
  const from = 'gone@example.com'
  const { conversationId: id } = await write({ from, subject: 'Tea', text: 'hello' })
  await reply(id, text('hello yourself'))
  const { messageId } = await posted((letter) => letter.text === 'hello yourself')
  await until(async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).marks.sentSeq > 0)
  await bounce(messageId, from, '5.1.1')
  expect(await failedIn(id)).toMatchObject({ state: 'failed', problem: { code: 'unreachable' } })
  const policy = `/api/v1/conversations/${id}/reply-policy`
  await until(async () => (await must('GET', policy, agent.credentials)).why === 'unreachable')
  expect(await reply(id, text('are you there?'))).toMatchObject({ status: 422, code: 'recipient-unreachable' })
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  const contact = `/api/v1/contacts/${conversation.contactId}`
  const { identities } = await must('GET', contact, agent.credentials)
  expect(identities).toMatchObject([{ address: from, unreachable: { code: 'unreachable' } }])
  // Other people in it are still written to.
  expect((await reply(id, mail(['li@example.com']))).status).toBe(200)

  const lift = `${contact}/identities/${identities[0].id}/reachable`
  expect((await call('POST', lift, outsider.credentials)).code).toBe('not-found')
  expect((await must('POST', lift, agent.credentials)).unreachable).toBeUndefined()
  expect((await reply(id, text('once more'))).status).toBe(200)
  await posted((letter) => letter.text === 'once more')
  expect((await must('GET', policy, agent.credentials)).why).toBeNull()
})

test('who writes again from the address that was dead is answered again; in their name nobody opens it', async () => {
  const from = 'back@example.com'
  const { conversationId: id } = await write({ from, subject: 'Tea', text: 'hello' })
  await reply(id, text('for a while nobody'))
  const { messageId } = await posted((letter) => letter.text === 'for a while nobody')
  await until(async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).marks.sentSeq > 0)
  await bounce(messageId, from, '5.1.1')
  const policy = `/api/v1/conversations/${id}/reply-policy`
  await until(async () => (await must('GET', policy, agent.credentials)).why === 'unreachable')
  await write({ from, subject: 'forged', text: 'it is me', inReplyTo: messageId })
  expect((await must('GET', policy, agent.credentials)).why).toBe('unreachable')
  await write({ from, subject: 'Re: Tea', text: 'I am back', inReplyTo: messageId })
  expect((await must('GET', policy, agent.credentials)).why).toBeNull()
  expect((await reply(id, text('welcome back'))).status).toBe(200)
})

test('an answer that comes back opens the closed conversation for who wrote it; an acknowledgement wakes nobody', async () => {
  const from = 'moved-away@example.com'
  const { conversationId: id } = await write({ from, subject: 'Tea', text: 'hello' })
  await reply(id, text('here is the answer'))
  const { messageId } = await posted((letter) => letter.text === 'here is the answer')
  const read = async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).conversation
  await until(async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).marks.sentSeq > 0)
  const close = () => must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  await close()
  await bounce(messageId, from, '5.1.1')
  await until(async () => (await read()).state === 'open')
  const answer = await lastSent(id)
  expect(await read()).toMatchObject({ assigneeId: agent.id, undelivered: [answer?.id], waitingSince: null })
  expect(answer?.revision?.outgoing).toMatchObject({
    state: 'failed',
    problem: { detail: '550 no such user' },
  })
  // It has been seen: whoever closes it now knows, and its server saying so again changes nothing.
  await close()
  await bounce(messageId, from, '5.1.1')
  await write({ from: 'after@example.com', subject: 'After', text: 'whoever comes after' })
  expect(await read()).toMatchObject({ state: 'closed', undelivered: [] })
})

test('a letter that is delayed says so', async () => {
  const from = 'slow@example.com'
  const { conversationId: id } = await write({ from, subject: 'Tea', text: 'hello' })
  await reply(id, text('slowly'))
  const { messageId } = await posted((letter) => letter.text === 'slowly')
  await until(async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).marks.sentSeq > 0)
  await bounce(messageId, from, '4.4.1', 'delayed')
  expect(await failedIn(id)).toMatchObject({ state: 'delayed', problem: { code: 'no-answer' } })
  await bounce(messageId, from, '5.1.1')
  await until(async () => (await lastSent(id))?.revision?.outgoing?.state === 'failed')
})

test('a bounce makes no conversation, and one of a letter to several concerns one of them', async () => {
  const { conversationId: id } = await write({ from: 'fang@example.com', subject: 'Tea', text: 'hello' })
  await reply(id, mail(['fang@example.com', 'full@example.com'], { text: 'to both' }))
  const { messageId } = await posted((letter) => letter.text === 'to both')
  await bounce(messageId, 'full@example.com', '5.2.2')
  expect(await failedIn(id)).toMatchObject({
    state: 'failed',
    recipients: [{ address: 'full@example.com', problem: { code: 'unreachable' } }],
  })
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  const path = `/api/v1/contacts/${conversation.contactId}/conversations`
  expect((await must('GET', path, agent.credentials)).items).toHaveLength(1)
  expect(conversation.receivedCount).toBe(1)
})

test('whom the provider refuses is named; all others have it, and nothing goes out twice', async () => {
  office.nobody.add('nobody@example.com')
  const { conversationId: id } = await write({ from: 'fang@example.com', subject: 'Cups', text: 'hello' })
  await reply(
    id,
    mail(['fang@example.com'], { text: 'two of three', cc: [{ name: '', address: 'nobody@example.com' }] }),
  )
  const outgoing = await failedIn(id)
  expect(outgoing?.recipients).toMatchObject([{ address: 'nobody@example.com', problem: { detail: '550 5.1.1' } }])
  const targetId = (await lastSent(id))?.id
  const again = await call('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, {
    clientKey: uuidv7(),
    targetId,
  })
  // Still nobody: the one who missed it is named once more, and nobody else got it again.
  expect(again.status).toBe(200)
  await until(async () => sendings('two of three').length === 2 && (await failedIn(id))?.state === 'failed')
  expect((await lastSent(id))?.revision?.outgoing?.recipients).toMatchObject([{ address: 'nobody@example.com' }])
  await must('POST', `/api/v1/conversations/${id}/dismiss`, agent.credentials, { clientKey: uuidv7(), targetId })
  expect((await lastSent(id))?.revision?.outgoing).toMatchObject({ dismissed: true })
  expect(sendings('two of three').map(({ only }) => only)).toEqual([null, ['nobody@example.com']])
})

const sendings = (words: string) => office.posted.filter((letter) => letter.text === words)
const resend = async (id: string, targetId: string | undefined, clientKey = uuidv7()) =>
  call('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, { clientKey, targetId })

test('those who missed it get it once for each press, as the same letter; who has it gets nothing', async () => {
  const missed = ['late@example.com', 'later@example.com']
  for (const address of missed) office.nobody.add(address)
  const { conversationId: id } = await write({ from: 'fang@example.com', subject: 'Pots', text: 'hello' })
  await reply(id, mail(['fang@example.com', ...missed], { text: 'one of three' }))
  expect((await failedIn(id))?.recipients).toHaveLength(2)
  const targetId = (await lastSent(id))?.id
  office.nobody.clear()
  // The same press twice, and two agents at once.
  const key = uuidv7()
  const answers = await Promise.all([resend(id, targetId, key), resend(id, targetId, key), resend(id, targetId)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  await until(async () => (await lastSent(id))?.revision?.outgoing === undefined)
  const [first, second, ...more] = sendings('one of three')
  expect(second).toMatchObject({ only: missed, to: first?.to, messageId: first?.messageId })
  expect(more).toEqual([])
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(conversation.undelivered).toEqual([])
  expect((await resend(id, targetId)).status).toBe(200)
  expect(sendings('one of three')).toHaveLength(2)

  // It comes back later from one of them, twice: once for each sending.
  await bounce(second?.messageId ?? '', 'later@example.com', '4.2.2')
  await until(async () => (await lastSent(id))?.revision?.outgoing?.recipients?.length === 1)
  await resend(id, targetId)
  await until(async () => (await lastSent(id))?.revision?.outgoing === undefined)
  await bounce(second?.messageId ?? '', 'later@example.com', '4.2.2')
  await until(async () => (await lastSent(id))?.revision?.outgoing?.recipients?.length === 1)
  expect(sendings('one of three').at(-1)?.only).toEqual(['later@example.com'])
})

test('a dead address is left out, and named still; with nobody else nothing is sent', async () => {
  const { conversationId: id } = await write({ from: 'fang@example.com', subject: 'Lids', text: 'hello' })
  await reply(id, mail(['fang@example.com', 'dead@example.com', 'full-now@example.com'], { text: 'some have it' }))
  const { messageId } = await posted((letter) => letter.text === 'some have it')
  await until(async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).marks.sentSeq > 0)
  await bounce(messageId, 'dead@example.com', '5.1.1')
  await bounce(messageId, 'full-now@example.com', '4.2.2')
  await until(async () => (await lastSent(id))?.revision?.outgoing?.recipients?.length === 2)
  const targetId = (await lastSent(id))?.id
  const people = async () => (await must('GET', `/api/v1/conversations/${id}/people`, agent.credentials)).people
  await until(async () => (await people()).some(({ unreachable }: { unreachable: unknown }) => unreachable !== null))
  expect((await resend(id, targetId)).status).toBe(200)
  await until(async () => sendings('some have it').length === 2)
  await until(async () => (await lastSent(id))?.revision?.outgoing?.state === 'failed')
  expect(sendings('some have it').at(-1)?.only).toEqual(['full-now@example.com'])
  expect((await lastSent(id))?.revision?.outgoing?.recipients).toMatchObject([{ address: 'dead@example.com' }])
  expect(await resend(id, targetId)).toMatchObject({ status: 422, code: 'recipient-unreachable' })
  expect(sendings('some have it')).toHaveLength(2)
})

test('who takes part is told, with whoever is known and cannot be reached; an address of nobody is lifted as well', async () => {
  const [from, copied] = ['host@example.com', 'nobody-known@example.com']
  const { conversationId: id } = await write({ from: `Host <${from}>`, cc: copied, subject: 'Party', text: 'come' })
  await reply(id, mail([from], { cc: [{ name: '', address: copied }], text: 'we all come' }))
  const { messageId } = await posted((letter) => letter.text === 'we all come')
  await until(async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).marks.sentSeq > 0)
  const path = `/api/v1/conversations/${id}/people`
  const before = await must('GET', path, agent.credentials)
  expect(before.people).toMatchObject([
    { address: from, contact: { name: 'Host' }, how: 'wrote', unreachable: null },
    { address: copied, contact: null, how: 'copied', unreachable: null },
  ])
  await bounce(messageId, copied, '5.1.1')
  await until(async () => (await must('GET', path, agent.credentials)).people[1].unreachable)
  const again = mail([from], { cc: [{ name: '', address: copied }], text: 'once more' })
  expect((await reply(id, again)).code).toBe('recipient-unreachable')

  const lift = (address: string, who = agent) => call('POST', `${path}/reachable`, who.credentials, { address })
  expect((await lift('somebody-else@example.com')).code).toBe('not-found')
  expect((await lift(copied, outsider)).code).toBe('not-found')
  expect((await lift(copied)).body.people[1].unreachable).toBe(null)
  expect((await reply(id, again)).status).toBe(200)
  expect((await call('GET', path, outsider.credentials)).code).toBe('not-found')
})
