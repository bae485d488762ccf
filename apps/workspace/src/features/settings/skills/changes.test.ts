import { expect, it } from 'vitest'
import { type Changes, blankProfile, changed, doubledNumbers, levelOf, withChange } from './changes.ts'

const saved = { ...blankProfile('a'), number: '8001', skills: [{ skillId: 'tea', level: 2 as const }] }

it('puts what was changed over what is saved, and nothing else', () => {
  let changes: Changes = withChange(new Map(), 'a', { skills: { pens: 4 } })
  changes = withChange(changes, 'a', { skills: { tea: null }, weight: 50 })
  const later = { ...saved, number: '8002', skills: [...saved.skills, { skillId: 'returns', level: 1 as const }] }
  const result = changed(later, changes.get('a'))
  expect(result).toMatchObject({ number: '8002', weight: 50 })
  expect(['tea', 'pens', 'returns'].map((skill) => levelOf(result, skill))).toEqual([null, 4, 1])
  expect(changed(saved, undefined)).toBe(saved)
})

it('finds numbers that are given twice', () => {
  const others = [{ ...blankProfile('b'), number: '8001' }, blankProfile('c'), blankProfile('d')]
  expect(doubledNumbers([saved, ...others])).toEqual(['8001'])
  expect(doubledNumbers(others)).toEqual([])
})
