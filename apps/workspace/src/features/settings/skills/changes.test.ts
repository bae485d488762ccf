import { expect, it } from 'vitest'
import {
  type Changes,
  afterSaving,
  blankProfile,
  changed,
  doubledNumbers,
  levelOf,
  overWhateverIsSaved,
  withChange,
} from './changes.ts'

const saved = { ...blankProfile('a'), number: '8001', skills: [{ skillId: 'tea', level: 2 as const }] }

it('puts what was changed over what is saved, and nothing else', () => {
  let changes: Changes = withChange(new Map(), saved, { skills: { pens: 4 } })
  changes = withChange(changes, saved, { skills: { tea: null }, weight: 50 })
  const later = { ...saved, number: '8002', skills: [...saved.skills, { skillId: 'returns', level: 1 as const }] }
  const result = changed(later, changes.get('a'))
  expect(result).toMatchObject({ number: '8002', weight: 50 })
  expect(['tea', 'pens', 'returns'].map((skill) => levelOf(result, skill))).toEqual([null, 4, 1])
  expect(changed(saved, undefined)).toBe(saved)
})

it('keeps what was changed while the rest was being saved, to be saved over that', () => {
  const sent = { weight: 50, from: 1 }
  const changes: Changes = new Map([['a', sent]])
  const fresh = { ...saved, weight: 50, version: 2 }
  expect(afterSaving(changes, sent, fresh).size).toBe(0)
  const meanwhile = afterSaving(withChange(changes, saved, { number: '9' }), sent, fresh)
  expect(meanwhile.get('a')).toEqual({ weight: 50, number: '9', from: 2 })
})

it('starts from the version that was shown first, until its author is told of a later one', () => {
  const changes = withChange(withChange(new Map(), saved, { weight: 50 }), { ...saved, version: 7 }, { number: '9' })
  expect(changes.get('a')?.from).toBe(1)
  expect(overWhateverIsSaved(changes).get('a')?.from).toBeNull()
})

it('finds numbers that are given twice', () => {
  const others = [{ ...blankProfile('b'), number: '8001' }, blankProfile('c'), blankProfile('d')]
  expect(doubledNumbers([saved, ...others])).toEqual(['8001'])
  expect(doubledNumbers(others)).toEqual([])
})
