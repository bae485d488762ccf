import { describe, expect, test } from 'vitest'
import { readCalendar } from './calendar.ts'
import { apple, cancelledOne, chinese, exchangeCustom, google, outlook, outlookOld } from './testing/calendars.ts'

const read = (ics: string) => readCalendar(ics, null)
const withLines = (...lines: string[]) =>
  read(
    ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\n'),
  )
const started = (...lines: string[]) => withLines(...lines).event?.start
const repeating = (...lines: string[]) => withLines('DTSTART:20260701T020000Z', ...lines).event?.repeats

describe('as programs write them', () => {
  test('Google', () => {
    expect(read(google)).toEqual({
      method: 'REQUEST',
      summary: 'Tasting; the spring harvest',
      start: '20260701T020000Z',
      location: 'Tea house, 2nd floor',
      event: {
        uid: '7kukuqrfedlm2f9t0vnlr2gg28@google.com',
        sequence: 0,
        stamp: '2026-06-20T08:15:00.000Z',
        occurrence: null,
        start: { kind: 'instant', at: '2026-07-01T02:00:00.000Z', zone: 'UTC' },
        end: { kind: 'instant', at: '2026-07-01T03:00:00.000Z', zone: 'UTC' },
        repeats: null,
        organiser: { name: 'Wang Fang', address: 'fang@customer.example' },
        guests: [
          {
            mailbox: { name: 'Wang Fang', address: 'fang@customer.example' },
            attendance: 'accepted',
            optional: false,
          },
          {
            mailbox: { name: 'help@shop.example', address: 'help@shop.example' },
            attendance: 'needs-action',
            optional: false,
          },
          { mailbox: { name: 'Lee', address: 'lee@customer.example' }, attendance: 'tentative', optional: true },
        ],
        guestCount: 3,
        cancelled: false,
        comment: null,
      },
    })
  })

  test('Outlook and Exchange, in zones of Windows', () => {
    const { event, location } = read(outlook)
    expect(location).toBe('Microsoft Teams-Besprechung')
    expect(event).toMatchObject({
      uid: '040000008200E00074C5B7101A82E00800000000B0C4F0A1D2E3D9010000000000000000100000009A8B7C6D5E4F3A2B1C0D9E8F7A6B5C4D',
      sequence: 2,
      start: { kind: 'instant', at: '2026-07-01T07:00:00.000Z', zone: 'Europe/Berlin' },
      end: { kind: 'instant', at: '2026-07-01T07:30:00.000Z' },
      repeats: { every: 'week', interval: 2, days: ['MO', 'WE'], count: null, until: '2026-10-28' },
      organiser: { name: 'Müller, Eva' },
    })
  })

  test('a zone that only the mail describes, and one that only tells its distance', () => {
    expect(read(exchangeCustom).event?.start).toEqual({ kind: 'instant', at: '2026-07-01T07:00:00.000Z', zone: null })
    const winter = exchangeCustom.replaceAll('20260701T09', '20261201T09')
    expect(read(winter).event?.start).toEqual({ kind: 'instant', at: '2026-12-01T08:00:00.000Z', zone: null })
    expect(read(outlookOld).event).toMatchObject({
      start: { kind: 'instant', at: '2026-07-01T02:00:00.000Z', zone: null },
      end: { kind: 'instant', at: '2026-07-01T03:30:00.000Z', zone: null },
      organiser: { address: 'fang@customer.example' },
      guests: [{ mailbox: { address: 'help@shop.example' } }],
    })
  })

  test('Apple, whole days', () => {
    expect(read(apple).event).toMatchObject({
      start: { kind: 'day', day: '2026-07-01' },
      end: { kind: 'day', day: '2026-07-04' },
      repeats: { every: 'year', interval: 1 },
      organiser: { name: 'Wang Fang', address: 'fang@customer.example' },
    })
  })

  test('Chinese services', () => {
    expect(read(chinese)).toMatchObject({
      summary: '春茶品鉴会',
      location: '杭州市西湖区龙井路 1 号',
      event: {
        start: { kind: 'instant', at: '2026-07-01T02:00:00.000Z', zone: 'Asia/Shanghai' },
        organiser: { name: '王芳' },
        guests: [{ mailbox: { name: '山茶集', address: 'help@shop.example' } }],
      },
    })
  })

  test('one that is called off, of those that repeat', () => {
    expect(read(cancelledOne)).toMatchObject({
      method: 'CANCEL',
      event: {
        cancelled: true,
        sequence: 1,
        occurrence: { kind: 'instant', at: '2026-07-08T13:00:00.000Z', zone: 'America/New_York' },
      },
    })
  })
})

describe('when', () => {
  test.each([
    ['DTSTART;TZID=Europe/Berlin:20261025T023000', '2026-10-25T00:30:00.000Z'],
    ['DTSTART;TZID=Europe/Berlin:20260329T023000', '2026-03-29T01:30:00.000Z'],
    ['DTSTART;TZID=America/Argentina/Buenos_Aires:20260701T090000', '2026-07-01T12:00:00.000Z'],
    ['DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260701T090000', '2026-07-01T07:00:00.000Z'],
    ['DTSTART;TZID=tzone://Microsoft/Utc:20260701T090000', '2026-07-01T09:00:00.000Z'],
    ['DTSTART;TZID=GMT-0500:20260701T090000', '2026-07-01T14:00:00.000Z'],
  ])('%s', (line, at) => expect(started(line)).toMatchObject({ kind: 'instant', at }))

  test('a zone of nobody has a time that is nowhere', () => {
    expect(started('DTSTART;TZID=Middle Earth:20260701T090000')).toEqual({
      kind: 'floating',
      local: '2026-07-01T09:00:00',
    })
    expect(started('DTSTART:20260701T090000')).toEqual({ kind: 'floating', local: '2026-07-01T09:00:00' })
  })

  test.each(['DTSTART:20260231T090000', 'DTSTART:soon', 'DTSTART:20260701T990000', 'DTSTART:', 'X-NOTHING:1'])(
    '%s is no time, and the rest is told',
    (line) => {
      expect(withLines(line, 'SUMMARY:Tea')).toMatchObject({ method: 'REQUEST', summary: 'Tea', event: null })
    },
  )

  test('an end before the start is none', () => {
    expect(withLines('DTSTART:20260701T020000Z', 'DTEND:20260701T010000Z').event?.end).toBe(null)
    expect(withLines('DTSTART:20260701', 'DURATION:P2D').event?.end).toEqual({ kind: 'day', day: '2026-07-03' })
  })
})

test('what cannot be said in a few words repeats in some other way', () => {
  expect(repeating('RRULE:FREQ=DAILY;COUNT=5')).toMatchObject({ every: 'day', count: 5 })
  expect(repeating('RRULE:FREQ=MONTHLY;INTERVAL=3')).toMatchObject({ every: 'month', interval: 3 })
  for (const rule of ['FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=SECONDLY', 'FREQ=NEVER', '', 'FREQ=WEEKLY;BYDAY=XX'])
    expect(repeating(`RRULE:${rule}`)).toMatchObject({ every: 'other' })
  expect(repeating('RRULE:FREQ=DAILY', 'RDATE:20260705T020000Z')).toMatchObject({ every: 'other' })
  expect(repeating()).toBe(null)
})

describe('what is made to choke others', () => {
  const rows = (count: number, row: (at: number) => string) => Array.from({ length: count }, (_, at) => row(at))

  test('a hundred thousand lines, guests and folds', () => {
    const { event } = withLines(
      'DTSTART:20260701T020000Z',
      ...rows(100_000, (at) => `ATTENDEE:mailto:g${at}@x.example`),
    )
    expect(event?.guests).toHaveLength(200)
    expect(event?.guestCount).toBeGreaterThan(5_000)
    expect(withLines('DTSTART:20260701T020000Z', `SUMMARY:${'x\n '.repeat(100_000)}`).summary).toBe(null)
    expect(withLines('DTSTART:20260701T020000Z', `SUMMARY:${'x'.repeat(5_000)}`).summary).toHaveLength(500)
  })

  test('rules without an end, of the event and of its zone', () => {
    expect(repeating('RRULE:FREQ=SECONDLY;BYSECOND=0,1,2;COUNT=999999999')).toMatchObject({ every: 'other' })
    const zone = (rule: string) => [
      'BEGIN:VCALENDAR',
      'BEGIN:VTIMEZONE',
      'TZID:Mine',
      'BEGIN:STANDARD',
      'DTSTART:00010101T000000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0300',
      `RRULE:${rule}`,
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'DTSTART;TZID=Mine:20260701T020000',
      'END:VEVENT',
    ]
    const kinds = [
      'FREQ=SECONDLY',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYDAY=1SU;BYSECOND=1,2,3',
      'FREQ=YEARLY;BYMONTH=2;BYDAY=5SU',
      'FREQ=YEARLY;BYMONTH=99;BYDAY=1SU',
    ].map((rule) => read(zone(rule).join('\r\n')).event?.start.kind)
    expect(kinds).toEqual(['instant', 'instant', 'instant', 'instant', 'floating'])
  })

  test('words that draw what follows backwards, and names too long to come back', () => {
    const { summary, event } = withLines('DTSTART:20260701T020000Z', 'SUMMARY:a\u202Eb\u0007c')
    expect(summary).toBe('abc')
    expect(event?.uid).toBe('1')
    const long = read(`BEGIN:VEVENT\nUID:${'u'.repeat(601)}\nDTSTART:20260701\nEND:VEVENT`)
    expect(long.event).toMatchObject({ uid: null })
  })

  test('nothing, and what is no calendar', () => {
    for (const ics of ['', 'BEGIN:VCALENDAR', 'END:VEVENT\nEND:VEVENT', '\0\0', '<html>', 'BEGIN:VEVENT\nATTENDEE'])
      expect(read(ics)).toMatchObject({ summary: null, event: null })
  })
})
