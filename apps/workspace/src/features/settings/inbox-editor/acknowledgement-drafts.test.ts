import { expect, test } from 'vitest'
import { languageName, newAcknowledgement } from './acknowledgement-drafts.ts'

test('a new text is in a language that has none', () => {
  const first = newAcknowledgement([])
  expect(first.language).toBe('en')
  expect(newAcknowledgement([{ ...first, language: 'EN' }]).language).toBe('zh-CN')
  expect(newAcknowledgement([], ['zh-CN', 'en']).language).toBe('ja')
})

test('what is no language has no name', () => {
  expect(languageName('pt-BR', 'en')).toBe('Brazilian Portuguese')
  expect(languageName('not a tag', 'en')).toBe(null)
  expect(languageName('', 'en')).toBe(null)
  expect(languageName('qq', 'en')).toBe(null)
})
