import { expect, test } from 'vitest'
import type { MessageEntry } from './entries.ts'
import { calendarSaying, invitationState, isCalendarSaying, isAnswerable } from './invitation-state.ts'
import type { CalendarEvent, MailInvitation } from './mail-invitation.ts'

const at = (iso: string) => ({ kind: 'instant' as const, at: iso, zone: null })
const organiser = { name: 'Lin', address: 'lin@example.com' }
const event: CalendarEvent = {
  uid: 'tea',
  sequence: 1,
  stamp: '2026-06-01T00:00:00.000Z',
  occurrence: null,
  start: at('2026-07-01T02:00:00.000Z'),
  end: null,
  repeats: null,
  organiser,
  guests: [],
  guestCount: 0,
  cancelled: false,
  comment: null,
}
const invited = 'help@shop.example'
const base: MailInvitation = { method: 'REQUEST', summary: 'Tea', start: null, location: null, event, invited }

let seq = 0
function letter(
  changes: Partial<CalendarEvent> = {},
  more: Partial<MailInvitation> = {},
  mail: object = {},
): MessageEntry {
  seq += 1
  const invitation = { ...base, ...more, event: { ...event, ...changes } }
  const kind = invitation.method === 'REPLY' ? 'message.sent' : 'message.received'
  const content = { type: 'mail', subject: '', from: null, to: [], text: '', invitation, ...mail }
  const author = { type: 'system' }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the function looks at
  return { id: `${seq}`, seq, kind, author, body: { content } } as unknown as MessageEntry
}
const answer = (attendance: 'accepted' | 'declined', changes: Partial<CalendarEvent> = {}) =>
  letter(
    { guests: [{ mailbox: { name: '', address: invited }, attendance, optional: false }], ...changes },
    { method: 'REPLY' },
  )
const replacedBy = (first: MessageEntry, ...others: MessageEntry[]) =>
  invitationState(first, [first, ...others]).replacedBy

test('the number of the change counts, then when it was made, then what came later', () => {
  const first = letter()
  expect(replacedBy(first)).toBe(null)
  expect(replacedBy(first, letter({ sequence: 2 }))).toBe('change')
  expect(replacedBy(first, letter({ sequence: 0, stamp: '2027-01-01T00:00:00.000Z' }))).toBe(null)
  expect(replacedBy(first, letter({ stamp: '2026-05-01T00:00:00.000Z' }))).toBe(null)
  expect(replacedBy(first, letter({ stamp: '2026-06-02T00:00:00.000Z' }))).toBe('change')
  const again = letter()
  expect([replacedBy(first, again), replacedBy(again, first)]).toEqual(['change', null])
  expect(replacedBy(first, letter({ sequence: 3 }), letter({ sequence: 4 }, { method: 'CANCEL' }))).toBe('cancel')
  expect(replacedBy(first, letter({ sequence: 4 }, { method: 'CANCEL' }), letter({ sequence: 3 }))).toBe('cancel')
})

test('others, forgers and answers change nothing; one of those that repeat changes that one', () => {
  const first = letter()
  for (const other of [
    letter({ sequence: 9, organiser: { name: '', address: 'eve@example.com' } }),
    letter({ sequence: 9, organiser: null }),
    letter({ sequence: 9, uid: 'other' }),
    letter({ sequence: 9 }, {}, { trust: 'failed' }),
    letter({ sequence: 9 }, { method: 'COUNTER' }),
    letter({ sequence: 9, occurrence: at('2026-07-08T02:00:00.000Z') }, { method: 'CANCEL' }),
  ])
    expect(replacedBy(first, other)).toBe(null)
  const one = letter({ occurrence: at('2026-07-08T02:00:00.000Z') })
  expect(replacedBy(one, letter({ sequence: 2, occurrence: at('2026-07-08T02:00:00Z') }))).toBe('change')
  expect(replacedBy(one, letter({ sequence: 2, occurrence: at('2026-07-15T02:00:00.000Z') }))).toBe(null)
  expect(replacedBy(one, letter({ sequence: 2 }, { method: 'CANCEL' }))).toBe('cancel')
})

test('the latest answer to this version counts, if it left', () => {
  const first = letter()
  const [yes, no] = [answer('accepted'), answer('declined')]
  expect(invitationState(first, [no, yes, first]).answered).toEqual({ entry: no, answer: 'declined' })
  const lost = { ...no, revision: { outgoing: { state: 'failed' } } } as unknown as MessageEntry
  expect(invitationState(first, [yes, lost]).answered?.answer).toBe('accepted')
  expect(invitationState(letter({ sequence: 2 }), [yes]).answered).toBe(null)
})

test('what is answered: an invitation of ours that can be named, and stands', () => {
  expect(isAnswerable(base)).toBe(true)
  for (const not of [
    { ...base, method: 'CANCEL' },
    { ...base, invited: null },
    { ...base, event: null },
    { ...base, event: { ...event, uid: null } },
    { ...base, event: { ...event, organiser: null } },
    { ...base, event: { ...event, cancelled: true } },
  ])
    expect(isAnswerable(not)).toBe(false)
})

const came = (invitation: Partial<MailInvitation>, changes: Partial<CalendarEvent>, mail: object = {}) => ({
  ...letter(changes, invitation, mail),
  kind: 'message.received' as const,
})
const guest = (address: string, attendance: 'accepted' | 'declined' | 'needs-action' = 'needs-action') => ({
  mailbox: { name: '', address },
  attendance,
  optional: false,
})

test('an answer that comes in says who gives which, and can itself not be answered', () => {
  const entry = came({ method: 'REPLY' }, { guests: [guest('fang@example.com', 'declined')] })
  expect(calendarSaying(entry, [entry])).toEqual({
    kind: 'answer',
    by: { name: '', address: 'fang@example.com' },
    attendance: 'declined',
    planned: null,
  })
  for (const method of ['REPLY', 'COUNTER', 'DECLINECOUNTER'])
    expect([isAnswerable({ ...base, method }), isCalendarSaying({ method })]).toEqual([false, true])
  expect(['REQUEST', 'CANCEL', null].map((method) => isCalendarSaying({ method }))).toEqual([false, false, false])
})

test('a proposal says who would rather have which time instead of the one that is planned', () => {
  const [first, moved] = [letter(), letter({ sequence: 2, start: at('2026-07-03T02:00:00.000Z') })]
  const from = { name: 'Fang', address: 'fang@example.com' }
  const counter = came(
    { method: 'COUNTER' },
    { start: at('2026-07-09T02:00:00.000Z'), guests: [guest(invited), guest('FANG@example.com')] },
    { from },
  )
  const said = calendarSaying(counter, [first, moved, counter])
  expect(said).toMatchObject({ kind: 'proposal', by: { address: 'FANG@example.com' }, attendance: null })
  expect(said?.planned).toEqual({ start: at('2026-07-03T02:00:00.000Z'), end: null })
  // Another appointment, and one that is not known here.
  expect(calendarSaying(counter, [letter({ uid: 'other' }), counter])?.planned).toBe(null)
  // Who wrote it, where no guest is named.
  const bare = came({ method: 'COUNTER', event: null }, {}, { from })
  expect(calendarSaying(bare, [bare])).toMatchObject({ by: from })
})

test('the organiser declines a proposal; invitations, and what we sent, are no sayings', () => {
  const no = came({ method: 'DECLINECOUNTER' }, {})
  expect(calendarSaying(no, [no])).toMatchObject({ kind: 'proposal-declined', by: organiser })
  const ours = answer('accepted')
  expect([calendarSaying(letter(), []), calendarSaying(ours, [ours])]).toEqual([null, null])
})
