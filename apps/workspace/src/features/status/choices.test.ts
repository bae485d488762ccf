import { expect, test } from 'vitest'
import { i18n } from '../../shared/i18n.ts'
import { choicesOf, isChosen } from './choices.ts'

const lunch = { id: 'lunch', kind: 'break', names: { zh: '午餐', en: 'Lunch' } } as const

test('each reason for a break is a choice; without any there is a plain break', async () => {
  await i18n.changeLanguage('en')
  expect(choicesOf([]).map(({ label }) => label)).toEqual(['Available', 'Busy', 'On break', 'Offline'])
  expect(choicesOf([lunch]).map(({ label }) => label)).toEqual(['Available', 'Busy', 'Break · Lunch', 'Offline'])
})

test('a break is the chosen one only with its own reason', () => {
  const [, , withLunch] = choicesOf([lunch])
  expect(withLunch && isChosen(withLunch, { state: 'break', reasonId: 'lunch' })).toBe(true)
  expect(withLunch && isChosen(withLunch, { state: 'break', reasonId: null })).toBe(false)
  expect(choicesOf([]).some((each) => isChosen(each, { state: 'not-responding', reasonId: null }))).toBe(false)
})
