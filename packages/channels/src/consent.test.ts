import { expect, test } from 'vitest'
import {
  afterAllowing,
  afterConsent,
  afterRefusal,
  afterWord,
  afterWriting,
  consentOf,
  isPromotion,
  mayAllow,
} from './consent.ts'
import { afterAct, emptyLedger, type Ledger, permissionNow } from './policy.ts'

const hour = 3_600_000
const chat = {
  optOut: null,
  templates: true,
  window: { message: { ms: 48 * hour, messages: 5 }, afterwards: ['template' as const] },
}
const sms = {
  optOut: { stop: ['STOP'], stopPromotion: ['TD', '退订'], start: ['START'] },
  templates: true,
  window: null,
}
const open = { free: { closesAt: null, left: null }, template: true, why: null }
const wrote = afterAct(chat, emptyLedger, 'message', 1000)
const now = (rules: typeof chat | typeof sms, ledger: Ledger) => permissionNow(rules, ledger, hour)

test('words are compared whole, in one form', () => {
  expect(consentOf(' ｔｄ ', sms)).toBe('stop-promotion')
  expect(consentOf('stop', sms)).toBe('stop')
  expect(consentOf('Start', sms)).toBe('start')
  expect(consentOf('Please stop', sms)).toBeNull()
  expect(consentOf('STOP', chat)).toBeNull()
})

test('stop holds where law says so, whatever the customer writes, until they start again', () => {
  const stopped = afterWord(sms, emptyLedger, 'stop', 5000)
  expect(now(sms, stopped)).toMatchObject({ free: null, template: false, promotion: false, why: 'opted-out' })
  expect(afterWriting(stopped, 9000)).toBe(stopped)
  expect(afterWord(sms, stopped, 'stop-promotion', 9000).stop).toEqual(stopped.stop)
  expect(mayAllow(stopped)).toBe(false)
  expect(afterAllowing(stopped)).toBe(stopped)
  expect(now(sms, afterWord(sms, stopped, 'start', 9000))).toMatchObject(open)
})

test('who refuses advertising is answered as soon as they ask, gets notices, and no advertising until they start', () => {
  const stopped = afterWord(sms, emptyLedger, 'stop-promotion', 5700)
  expect(now(sms, stopped)).toMatchObject({ free: null, template: true, promotion: false, why: 'opted-out' })
  // What was written before comes late.
  expect(afterWriting(stopped, 4000)).toBe(stopped)
  const asked = afterWriting(stopped, 5000)
  expect(now(sms, asked)).toMatchObject({ ...open, promotion: false })
  expect(mayAllow(asked)).toBe(false)
  expect(now(sms, afterWord(sms, asked, 'start', 9000))).toMatchObject({ ...open, promotion: true })
})

test('yes from somebody who stopped nothing changes nothing', () => {
  expect(afterWord(sms, emptyLedger, 'start', 1)).toBe(emptyLedger)
  expect(afterConsent(chat, wrote, 'start-promotion', 1)).toBe(wrote)
})

test('who left and writes again is back', () => {
  const left = afterConsent(chat, wrote, 'stop', 5000)
  expect(now(chat, left)).toMatchObject({ free: null, template: false, why: 'opted-out' })
  expect(mayAllow(left)).toBe(false)
  expect(now(chat, afterWriting(left, 6000)).free).not.toBeNull()
})

test('what a provider refuses as not wanted is lifted by the customer who writes, or by a person', () => {
  const refused = afterRefusal(chat, wrote, { code: 'opted-out' }, { kind: 'free', sentAt: 5700 })
  expect(now(chat, refused)).toMatchObject({ free: null, template: false, why: 'opted-out' })
  expect(now(chat, afterWriting(refused, 5000)).free).not.toBeNull()
  expect(mayAllow(refused)).toBe(true)
  expect(now(chat, afterAllowing(refused)).free).not.toBeNull()
  // They have written since it went out, as the provider's word of it came late.
  const since = afterAct(chat, wrote, 'message', 8000)
  expect(afterRefusal(chat, since, { code: 'opted-out' }, { kind: 'free', sentAt: 5700 })).toBe(since)
})

test('where stop is law, a refusal means that the carrier heard the word', () => {
  const refused = afterRefusal(sms, emptyLedger, { code: 'opted-out' }, { kind: 'free', sentAt: 5700 })
  expect(afterWriting(refused, 9000)).toBe(refused)
  expect(mayAllow(refused)).toBe(false)
  expect(now(sms, afterWord(sms, refused, 'start', 9000))).toMatchObject(open)
})

test.each(['window-closed', 'quota-used'] as const)('%s shuts what was open when the message went out', (code) => {
  expect(now(chat, afterRefusal(chat, wrote, { code }, { kind: 'free', sentAt: 5000 })).free).toBeNull()
  expect(now(chat, afterRefusal(chat, wrote, { code }, { kind: 'free', sentAt: 500 })).free).not.toBeNull()
})

test.each(['opted-out', 'quota-used', 'window-closed', 'notice-unwanted'] as const)(
  'that a template was refused (%s) says nothing about free words',
  (code) => expect(afterRefusal(chat, wrote, { code }, { kind: 'template', sentAt: 5000 })).toBe(wrote),
)

test('that advertising is not wanted is remembered of advertising', () => {
  const told = afterRefusal(chat, wrote, { code: 'notice-unwanted' }, { kind: 'promotion', sentAt: 5000 })
  expect(now(chat, told)).toMatchObject({ template: true, promotion: false, why: null })
  expect(now(chat, told).free).not.toBeNull()
  expect(mayAllow(told)).toBe(true)
  expect(now(chat, afterAllowing(told)).promotion).toBe(true)
  const said = afterConsent(chat, told, 'stop-promotion', 6000)
  expect(mayAllow(said)).toBe(false)
  expect(now(chat, afterConsent(chat, said, 'start-promotion', 7000)).promotion).toBe(true)
})

test('advertising is known by its category, or by how Chinese texts end', () => {
  const notice = { category: 'UTILITY', text: 'Your order is on its way' }
  expect(isPromotion(notice)).toBe(false)
  expect(isPromotion({ ...notice, category: 'MARKETING' })).toBe(true)
  expect(isPromotion({ category: 'domestic', text: '全场八折，拒收请回复R' })).toBe(true)
})
