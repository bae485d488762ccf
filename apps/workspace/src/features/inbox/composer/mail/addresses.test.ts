import { expect, test } from 'vitest'
import { isAddress, joinPeople, parseAddresses } from './addresses.ts'

test('a pasted list is read as mail programs write it', () => {
  expect(
    parseAddresses('王芳 <fang@example.com>, "Lee, Sue" <sue@b.example>; mailto:x@y.example\nz@y.example，'),
  ).toEqual([
    { name: '王芳', address: 'fang@example.com' },
    { name: 'Lee, Sue', address: 'sue@b.example' },
    { name: '', address: 'x@y.example' },
    { name: '', address: 'z@y.example' },
  ])
  expect(parseAddresses(' , ;\n')).toEqual([])
  expect(parseAddresses('"A \\"B\\"" <ab@c.example>')).toEqual([{ name: 'A "B"', address: 'ab@c.example' }])
})

test('what no server would take is said before sending', () => {
  expect(['a@b.example', 'first.last+tag@sub.b.example', '用户@例子.中国', "o'neil@b.example"].every(isAddress)).toBe(
    true,
  )
  expect(
    [
      'a',
      'a@b',
      '@b.example',
      'a b@c.example',
      'a@b..example',
      'a@@b.example',
      'a@b.example.',
      `${'x'.repeat(320)}@b.example`,
    ].filter(isAddress),
  ).toEqual([])
})

test('nobody stands in a list twice', () => {
  const fang = { name: '王芳', address: 'fang@example.com' }
  expect(
    joinPeople(
      [fang],
      [
        { name: '', address: 'FANG@example.com' },
        { name: '', address: 'b@c.example' },
      ],
    ),
  ).toEqual([fang, { name: '', address: 'b@c.example' }])
})
