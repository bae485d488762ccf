import { expect, test } from 'vitest'
import { bareSubject, sameSubject } from './subjects.ts'

test.each([
  ['Re: Tea', 'Tea'],
  ['RE: AW: Fwd: Tea', 'Tea'],
  ['回复：转发: 茶叶到货了吗？', '茶叶到货了吗？'],
  ['Re[2]: Tea  pot [#1024]', 'Tea pot'],
  ['[#7] Tea', 'Tea'],
  ['Reference: 12', 'Reference: 12'],
  ['Tea: re: green', 'Tea: re: green'],
  ['Re:', ''],
  ['', ''],
])('%s is about %s', (subject, bare) => expect(bareSubject(subject)).toBe(bare))

test('an answer keeps to its subject however it is written', () => {
  expect(sameSubject('回复: Tea pot', 'RE: tea  POT [#3]')).toBe(true)
  expect(sameSubject('Re: Tea pot', 'Tea cup')).toBe(false)
})
