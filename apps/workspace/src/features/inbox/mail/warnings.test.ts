import { expect, test } from 'vitest'
import { warningsOf } from './warnings.ts'

test('codes that mean the same to a reader are told once, unknown ones as they are', () => {
  const said = warningsOf({
    warnings: ['cut-parts', 'cut-text', 'boundary-guessed', 'of-tomorrow', 'file-gone', 'sender-lookalike'],
  })
  expect(said.map(({ key }) => key)).toEqual([
    'warning.cut',
    'warning.broken',
    'warning.other',
    'warning.file',
    'warning.lookalike',
  ])
  expect(said[2]?.code).toBe('of-tomorrow')
})

test('a file that is told by its name is not told once more', () => {
  const missedFiles = [{ name: 'run.exe', why: 'type-refused' as const }]
  expect(warningsOf({ warnings: ['file-type-refused'], missedFiles })).toEqual([])
  expect(warningsOf({ warnings: ['file-type-refused', 'file-too-many'], missedFiles })).toEqual([
    { key: 'warning.file', code: 'file-too-many' },
  ])
})
