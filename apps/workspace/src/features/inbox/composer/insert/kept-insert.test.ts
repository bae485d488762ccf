import { expect, test } from 'vitest'
import { emptyInsert } from './check-insert.ts'
import { keptInsert, sameInsert, withoutInsert } from './kept-insert.ts'

const menu = { text: 'Tea?', options: ['Yes', 'No'] }
const place = { title: 'Bund', address: '', point: '' }

test('only kinds in which something stands are kept', () => {
  expect(keptInsert({ menu, card: emptyInsert.card, place: undefined })).toEqual({ menu })
  expect(keptInsert({ menu: { text: '', options: ['', ''] } })).toBeNull()
})

test('what was sent goes, the rest stays', () => {
  expect(withoutInsert({ menu, place }, 'menu')).toEqual({ place })
  expect(withoutInsert({ menu }, 'menu')).toBeNull()
  expect(withoutInsert(null, 'menu')).toBeNull()
})

test('the order in which a database keeps the fields is no difference', () => {
  expect(sameInsert({ menu }, { menu: { options: ['Yes', 'No'], text: 'Tea?' } })).toBe(true)
  expect(sameInsert({ menu }, { menu: { ...menu, options: ['No', 'Yes'] } })).toBe(false)
  expect(sameInsert(null, null)).toBe(true)
  expect(sameInsert(null, { menu })).toBe(false)
})
