import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentsOf } from './sms-segments.ts'
import { splitText, textLength } from './split-text.ts'
import vectors from './vectors.json' with { type: 'json' }

interface SegmentVector {
  name: string
  input: { repeat: string; count: number }
  expected: { encoding: string; segments: number }
}
const segmentVectors = vectors.filter((vector) => vector.name.startsWith('segment count')) as SegmentVector[]

test.each(segmentVectors)('$name', ({ input, expected }) => {
  const { encoding, parts } = segmentsOf(input.repeat.repeat(input.count))
  expect({ encoding: encoding.toUpperCase(), segments: parts.length }).toEqual({
    encoding: expected.encoding,
    segments: expected.segments,
  })
  expect(parts.join('')).toBe(input.repeat.repeat(input.count))
})

const units = fc.constantFrom('characters' as const, 'utf-16' as const, 'bytes' as const, 'segments' as const)
const letters = (text: string): string => text.replace(/\s/gu, '')

test('pieces fit, break no character apart and lose nothing but space', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 600 }),
      units,
      fc.integer({ min: 8, max: 90 }),
      (text, unit, most) => {
        const pieces = splitText(text, { most: unit === 'segments' ? 1 : most, unit })
        for (const piece of pieces) {
          expect(textLength(piece, unit)).toBeLessThanOrEqual(unit === 'segments' ? 1 : most)
          expect(piece.isWellFormed()).toBe(text.isWellFormed())
        }
        expect(letters(pieces.join(''))).toBe(letters(text))
      },
    ),
  )
})

test('a cut falls at the end of a sentence or a word', () => {
  expect(splitText('今天发货。明天就到了，请您放心', { most: 9, unit: 'characters' })).toEqual([
    '今天发货。',
    '明天就到了，请您放',
    '心',
  ])
  expect(splitText('We ship today and tomorrow', { most: 15, unit: 'characters' })).toEqual([
    'We ship today',
    'and tomorrow',
  ])
})
