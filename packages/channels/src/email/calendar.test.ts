import { parseMail } from '@qiao/mail'
import type { MessageContent } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { testContext } from '../test-context.ts'
import { compose } from './compose.ts'
import { now, taken, testConfig } from './fixtures.ts'
import { email } from './index.ts'
import { letter } from './letter.ts'
import { plainMail } from './testing/mails.ts'

const organiser = { name: '王芳', address: 'fang@customer.example' }
const guest = {
  mailbox: { name: '山茶集', address: 'help@shop.example' },
  attendance: 'accepted' as const,
  optional: false,
}
const event = {
  uid: 'tea@customer.example',
  sequence: 3,
  stamp: now.toISOString(),
  occurrence: null,
  start: { kind: 'instant' as const, at: '2026-07-02T02:00:00.000Z', zone: null },
  end: null,
  repeats: null,
  organiser,
  guests: [guest],
  guestCount: 1,
  cancelled: false,
  comment: null,
}
const answering = (method: string): MessageContent => ({
  type: 'mail',
  subject: '已接受：品茶',
  from: null,
  to: [organiser],
  cc: [],
  bcc: [],
  text: '林已接受邀请。',
  attachments: [],
  warnings: [],
  invitation: { method, summary: '品茶', start: null, location: null, invited: guest.mailbox.address, event },
})
async function sent(content: MessageContent): Promise<string> {
  const rendered = email.render({ to: organiser.address, content, window: 'open', links: {} }, testConfig)
  if (rendered.kind === 'impossible') throw new Error(rendered.problem.code)
  const context = {
    ...testContext(testConfig, { now: () => now }),
    idempotencyKey: 'one',
    attachment: () => Promise.reject(new Error('There are no files')),
  }
  return (await compose(letter.parse(rendered.parts[0].request), context)).toString()
}

test('a letter that answers an invitation says so to calendars, beside its words', async () => {
  const raw = await sent(answering('REPLY'))
  expect(raw).toMatch(/^Content-Type: multipart\/alternative/mu)
  expect(raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REPLY/mu)
  expect(raw).not.toMatch(/^Content-Disposition: attachment/mu)
  const mail = parseMail(Buffer.from(raw))
  expect(mail).toMatchObject({
    keptText: '林已接受邀请。',
    calendar: { method: 'REPLY', summary: '品茶', event: { uid: event.uid, sequence: 3, organiser, guests: [guest] } },
  })
  expect(parseMail(Buffer.from(await sent(answering('REPLY')))).attachments).toEqual(mail.attachments)
})

test('what a customer wrote to calendars is not sent back to them', async () => {
  expect(await sent(answering('REQUEST'))).not.toContain('text/calendar')
})

test('what a letter invites to is stored with it and told with it', async () => {
  const ics = ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:1', 'DTSTART:20260702', 'SUMMARY:品茶']
  const raw = plainMail({ text: [...ics, 'END:VEVENT', 'END:VCALENDAR', ''].join('\n') })
  const invites = Buffer.from(raw.toString().replace('text/plain', 'text/calendar; method=REQUEST'))
  expect(email.normalise((await taken(invites)).data, testConfig)).toMatchObject([
    {
      kind: 'message',
      content: { invitation: { method: 'REQUEST', event: { uid: '1', start: { kind: 'day', day: '2026-07-02' } } } },
    },
  ])
})
