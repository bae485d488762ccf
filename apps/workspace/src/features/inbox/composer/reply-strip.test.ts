import type { ReplyPolicy } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { stripWords } from './reply-strip.tsx'

const open: ReplyPolicy = {
  channel: 'x',
  free: { closesAt: null, left: null },
  humanAgent: null,
  template: false,
  why: null,
  limits: null,
}
const closesAt = '2026-03-02T14:32:00.000Z'
/** Names the words and what is filled in. */
const t = (key: string, values?: object): string => [key, ...Object.keys(values ?? {})].join(' ')
const words = (changes: Partial<ReplyPolicy>) => stripWords({ ...open, ...changes }, t)

test('says what is left and until when, why nothing is, and nothing when there is nothing to mind', () => {
  expect(words({})).toBeNull()
  expect(words({ free: { closesAt, left: 3 } })).toBe('strip.left count time')
  expect(words({ free: { closesAt, left: null } })).toBe('strip.until time')
  expect(words({ free: null, humanAgent: { closesAt }, why: 'window-closed' })).toBe('strip.people time')
  expect(words({ free: null, why: 'quota-used' })).toBe('strip.shut why')
  expect(words({ free: null, why: 'quota-used', template: true })).toBe('strip.shut why strip.template')
})
