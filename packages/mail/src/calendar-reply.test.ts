import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { readCalendar } from './calendar.ts'
import { type CalendarReply, writeCalendarReply } from './calendar-reply.ts'
import { attendances, type CalendarEvent } from './mail.ts'
import { apple, cancelledOne, chinese, google } from './testing/calendars.ts'

const shop = { name: '山茶集', address: 'help@shop.example' }
function answerTo(ics: string, more: Partial<CalendarReply> = {}): string {
  const { event, summary } = readCalendar(ics, null)
  return writeCalendarReply({ ...named(event), summary, guest: shop, ...said, ...more })
}
function named(event: CalendarEvent | null): Pick<CalendarReply, 'event'> {
  if (!event?.uid || !event.organiser) throw new Error('Not to be answered')
  const { uid, organiser } = event
  return { event: { ...event, uid, organiser } }
}
const said = { attendance: 'accepted', comment: null, stamp: '2026-06-21T10:00:00.000Z' } as const
/** Another reader than ours: that of Thunderbird. */
function readBy(ics: string): ICAL.Component {
  const calendar = ICAL.Component.fromString(ics)
  expect(calendar.getFirstPropertyValue('method')).toBe('REPLY')
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event) throw new Error('No event')
  return event
}
const valueOf = (event: ICAL.Component, name: string): string => String(event.getFirstPropertyValue(name))

test('an answer names what it answers, who answers, and what', () => {
  const ics = answerTo(google, { comment: 'We bring cups; two, "blue"\nand tea' })
  const event = readBy(ics)
  const names = ['uid', 'sequence', 'dtstamp', 'dtstart', 'dtend', 'organizer', 'attendee', 'summary', 'comment']
  expect(names.map((name) => valueOf(event, name))).toEqual([
    '7kukuqrfedlm2f9t0vnlr2gg28@google.com',
    '0',
    '2026-06-21T10:00:00Z',
    '2026-07-01T02:00:00Z',
    '2026-07-01T03:00:00Z',
    'mailto:fang@customer.example',
    'mailto:help@shop.example',
    'Tasting; the spring harvest',
    'We bring cups; two, "blue"\nand tea',
  ])
  const guest = event.getFirstProperty('attendee')
  expect([guest?.getFirstParameter('partstat'), guest?.getFirstParameter('cn')]).toEqual(['ACCEPTED', '山茶集'])
  expect(event.getAllProperties('attendee')).toHaveLength(1)
})

test('one of those that repeat is answered by itself, whole days as days, rules not at all', () => {
  expect(valueOf(readBy(answerTo(cancelledOne)), 'recurrence-id')).toBe('2026-07-08T13:00:00Z')
  const yearly = readBy(answerTo(apple))
  expect(yearly.getFirstProperty('dtstart')).toBe(null)
  const days = answerTo(apple.replace('RRULE:FREQ=YEARLY\r\n', ''))
  expect(valueOf(readBy(days), 'dtend')).toBe('2026-07-04')
  expect(days).toContain('DTSTART;VALUE=DATE:20260701\r\n')
})

test('no line is longer than 75 octets, and no letter is cut', () => {
  const ics = answerTo(chinese, { comment: '好'.repeat(500) })
  for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(valueOf(readBy(ics), 'comment')).toBe('好'.repeat(500))
})

test('whatever it holds, it stays one answer and is read as it was written', () => {
  const { event } = named(readCalendar(google, null).event)
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...attendances),
      (comment, name, attendance) => {
        const guest = { name, address: 'help@shop.example' }
        const hostile = { ...event, organiser: { name, address: `fang@customer.example\r\n${name}` } }
        const ics = writeCalendarReply({ event: hostile, summary: name, guest, ...said, attendance, comment })
        const { event: read, ...calendar } = readCalendar(ics, null)
        expect(calendar.method).toBe('REPLY')
        expect(read?.guests.map((one) => [one.mailbox.address, one.attendance])).toEqual([
          ['help@shop.example', attendance],
        ])
        expect(ics.match(/^BEGIN:/gm)).toHaveLength(2)
        expect(valueOf(readBy(ics), 'comment')).toBe(comment.replace(/[\u0000-\u0009\u000B-\u001F\u007F]+/g, ' '))
      },
    ),
  )
})
