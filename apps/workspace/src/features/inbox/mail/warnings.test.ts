import { expect, test } from 'vitest'
import { warningsOf } from './warnings.ts'

test('codes that mean the same to a reader are told once, unknown ones as they are', () => {
  const said = warningsOf(['cut: parts', 'cut: text', 'boundary guessed', 'of-tomorrow', 'sender-lookalike'])
  expect(said.map(({ key }) => key)).toEqual(['warning.cut', 'warning.broken', 'warning.other', 'warning.lookalike'])
  expect(said[2]?.code).toBe('of-tomorrow')
})
