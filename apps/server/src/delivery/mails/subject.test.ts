import { expect, test } from 'vitest'
import { bareSubject } from './subject.ts'

test.each([
  ['Re: AW: 回复：Tea [#12]', 'Tea'],
  ['[#12] Re[2]: Tea', 'Tea'],
  ['转发: 答复: 茶叶到货了吗？', '茶叶到货了吗？'],
  ['Regarding: tea', 'Regarding: tea'],
  ['Re:', ''],
  ['', ''],
])('%j is about %j', (subject, bare) => expect(bareSubject(subject)).toBe(bare))
