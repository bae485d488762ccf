import { expect, test } from 'vitest'
import { nameOf, shortList, written } from './people.ts'

const fang = { name: '王芳', address: 'fang@example.com' }

test('who has a name is called by it', () => {
  expect(nameOf(fang)).toBe('王芳')
  expect(nameOf({ name: ' ', address: 'a@b.example' })).toBe('a@b.example')
})

test('a name that holds a comma stays one person', () => {
  expect(written(fang)).toBe('王芳 <fang@example.com>')
  expect(written({ name: 'Lee, "Sue"', address: 's@b.example' })).toBe('"Lee, \\"Sue\\"" <s@b.example>')
})

test('a list is told by its first', () => {
  expect(shortList([fang, fang, fang])).toEqual({ first: '王芳', more: 2 })
  expect(shortList([])).toEqual({ first: '', more: 0 })
})
