import { expect, test } from 'vitest'
import { translate } from '../../../shared/i18n.ts'
import { repeatsOf, theirTime, whenOf } from './invitation-time.ts'
import { invitationWords } from './invitation-words.ts'

const t: Parameters<typeof whenOf>[2] = (key, parameters) => translate(invitationWords, key, parameters)
const reader = { language: 'en', timeZone: 'Asia/Shanghai' }
const at = (hour: string, zone: string | null) => ({ kind: 'instant' as const, at: `2026-07-01T${hour}:00.000Z`, zone })
const meeting = { start: at('07:00', 'Europe/Berlin'), end: at('07:30', 'Europe/Berlin') }
const days = (from: string, to: string | null) => ({
  start: { kind: 'day' as const, day: from },
  end: to === null ? null : { kind: 'day' as const, day: to },
})
const plainSpace = (text: string): string => text.replaceAll(/[\u2009\u202F]/g, ' ')

test('in the zone of whoever reads, and in that of the letter where it is another one', () => {
  expect(plainSpace(whenOf(meeting, reader, t))).toMatch(/Jul 1, 2026, 15:00 – 15:30 GMT\+8/)
  expect(plainSpace(theirTime(meeting, reader) ?? '')).toMatch(/09:00 – 09:30 \(Europe\/Berlin\)/)
  expect(theirTime(meeting, { ...reader, timeZone: 'Europe/Paris' })).toBe(null)
  expect(theirTime({ ...meeting, start: at('07:00', null) }, reader)).toBe(null)
  expect(theirTime({ ...meeting, start: at('07:00', 'Middle/Earth') }, reader)).toBe(null)
})

test('days are days everywhere, and end with the last one', () => {
  const west = { ...reader, timeZone: 'America/Los_Angeles' }
  expect(whenOf(days('2026-07-01', '2026-07-02'), west, t)).toMatch(/Jul 1, 2026/)
  expect(whenOf(days('2026-07-01', null), west, t)).toMatch(/Jul 1, 2026/)
  expect(plainSpace(whenOf(days('2026-07-01', '2026-07-04'), west, t))).toMatch(/Jul 1 – Fri, Jul 3, 2026/)
})

test('a time of nowhere is told as it is written', () => {
  const floating = { start: { kind: 'floating' as const, local: '2026-07-01T09:00:00' }, end: null }
  expect(whenOf(floating, reader, t)).toMatch(/09:00/)
})

test('how it repeats, in a few words', () => {
  const daily = { every: 'day' as const, interval: 1, days: [], count: null, until: null }
  const said = (language: string, changes: Partial<Parameters<typeof repeatsOf>[0]>) =>
    repeatsOf({ ...daily, ...changes }, language, t)
  expect(said('zh-CN', { every: 'week', interval: 2, days: ['MO', 'WE'] })).toBe('每 2 周重复（周一、周三）')
  expect(said('zh-CN', { count: 5 })).toBe('每天重复，共 5 次')
  expect(said('zh-CN', { until: '2026-10-28' })).toBe('每天重复，至 2026年10月28日')
  expect(said('zh-CN', { every: 'other' })).toBe('会重复')
})
