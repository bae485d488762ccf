import { expect, test } from 'vitest'
import { i18n } from '../../shared/i18n.ts'
import { endWords, timeLeft, whyHere } from './offer-sayings.ts'

const why = { step: 0, preferred: false, policy: 'longest-idle', score: 3 }

test('an offer says why it rings here: the person first, then the rule', async () => {
  await i18n.changeLanguage('en')
  expect(whyHere({ why, shared: false })).toBe('Offered to you by: longest idle')
  expect(whyHere({ why: { ...why, step: 1 }, shared: false })).toContain('step 2')
  expect(whyHere({ why: { ...why, preferred: true }, shared: false })).toContain('Meant for you')
  expect(whyHere({ why: { ...why, policy: 'their own' }, shared: false })).toContain('their own')
})

test('what was withdrawn while it rang for several was taken by a colleague', async () => {
  await i18n.changeLanguage('en')
  expect(endWords('withdrawn', true)).toBe('Taken by a colleague')
  expect(endWords('withdrawn', false)).toBe('Withdrawn')
  expect(endWords('missed', true)).toBe('Timed out')
})

test('the countdown goes by the given time and ends at nothing', () => {
  const offer = { madeAt: '2026-01-05T08:00:00.000Z', expiresAt: '2026-01-05T08:00:20.000Z' }
  const at = (second: number) => timeLeft(offer, Date.parse(offer.madeAt) + second * 1000)
  expect(at(5)).toEqual({ share: 0.75, seconds: 15, tone: 'accent' })
  expect(at(12).tone).toBe('waiting')
  expect(at(16).tone).toBe('breached')
  expect(at(30)).toMatchObject({ share: 0, seconds: 0 })
  expect(at(-5)).toMatchObject({ share: 1, seconds: 20 })
})
