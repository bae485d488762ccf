import { expect, test } from 'vitest'
import { stripWords, type Told } from './strip-words.ts'

const open: Told = {
  free: { closesAt: null, left: null, of: null },
  humanAgent: null,
  template: false,
  promotion: false,
  why: null,
  closedAt: null,
  opens: [],
  startWords: [],
}
const closesAt = '2026-03-02T14:32:00.000Z'
const now = Date.parse('2026-03-02T14:00:00.000Z')
/** Names the words and what is filled in. */
const t = (key: string, values?: object): string =>
  [...(key === 'strip.then' ? [] : [key]), ...Object.values(values ?? {})].join(' ')
const words = (changes: Partial<Told>, others: string[] = []) => stripWords({ ...open, ...changes }, others, t, now)
const shut = { free: null, why: 'window-closed', opens: ['message', 'click'] }

test('says what is left of how many and until when, and nothing when there is nothing to mind', () => {
  expect(words({})).toBeNull()
  expect(words({ free: { closesAt, left: 3, of: 5 } })).toMatch(/^strip.left 3 5 \d\d:\d\d$/)
  expect(words({ free: { closesAt, left: null, of: null } })).toMatch(/^strip.until \d\d:\d\d$/)
  expect(words({ ...shut, humanAgent: { closesAt } })).toMatch(/^strip.people \d\d:\d\d$/)
  // Of another day the day is said too.
  expect(words({ free: { closesAt: '2026-03-04T14:32:00.000Z', left: 3, of: 5 } })).not.toMatch(
    /^strip.left 3 5 \d\d:\d\d$/,
  )
})

test('says since when it is shut, what opens it again and what can be done instead', () => {
  expect(words({ ...shut, closedAt: closesAt })).toMatch(
    /^strip.closed \d\d:\d\d strip.opens act.messagestrip.oract.click$/,
  )
  expect(words({ ...shut, why: 'quota-used' })).toContain('strip.shut problem.quota-used strip.opens')
  expect(words({ ...shut, template: true, promotion: true }, ['Texts', 'Mail'])).toMatch(
    /strip.template strip.others Textsstrip.joinMail$/,
  )
  expect(words({ ...shut, opens: ['message', 'click', 'scan'] })).toMatch(
    /strip.opens act.messagestrip.joinact.clickstrip.oract.scan$/,
  )
  // An act that only a later server knows is left out.
  expect(words({ ...shut, opens: ['message', 'sings'] })).toMatch(/strip.opens act.message$/)
})

test('who wants no messages gets them again by a word, of which one in each script is named', () => {
  const startWords = ['START', 'YES', '订阅', '恢复订阅']
  expect(words({ free: null, why: 'opted-out', startWords })).toBe(
    'strip.shut problem.opted-out strip.start strip.quoted STARTstrip.orstrip.quoted 订阅',
  )
})

test('an account that has only templates says so once', () => {
  expect(words({ free: null, why: 'only-templates', template: true, promotion: true })).toBe(
    'strip.shut problem.only-templates',
  )
})

test('who wants no advertising is not sent any', () => {
  expect(words({ template: true, promotion: true })).toBeNull()
  expect(words({ template: true })).toBe('strip.noPromotion')
})

test('says of an account that only answers when what is written arrives, and why a second has to wait', () => {
  const free = { closesAt, left: 1, of: 1 }
  expect(words({ free, onlyAnswers: true })).toBe('strip.answers')
  const waits = { free: null, onlyAnswers: true as const, why: 'answer-waits', opens: ['message'] }
  expect(words(waits)).toBe('strip.shut problem.answer-waits strip.opens act.message')
})
