import { applyEntry, type Entry, type EntryOf } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { decideTold } from './follow-merged-failures.ts'
import { conversation, kinds, now } from './testing.ts'

const at = now.toISOString()
const [entryId, fromId] = ['019ab000-0000-7000-8000-000000000001', '019ab000-0000-7000-8000-000000000002']
const missed = { entryId, fromId, fromNumber: 7, problem: { code: 'unreachable' as const } }

test.each([
  ['open', {}, ['conversation.undelivered']],
  ['closed', { state: 'closed', closedAt: at }, ['conversation.undelivered', 'conversation.reopened']],
  ['snoozed', { state: 'snoozed', snoozedUntil: at }, ['conversation.undelivered', 'conversation.woken']],
  ['merged into another', { state: 'closed', mergedIntoId: fromId }, ['conversation.undelivered']],
] as const)('what failed in one that goes on here comes back to one that is %s', (_, state, wanted) => {
  expect(kinds(decideTold(conversation(state), missed))).toEqual(wanted)
})

test('the mark goes when somebody has looked after the message, and nothing is told where there is none', () => {
  const entry = (body: EntryOf<'conversation.undelivered'>['body'], seq: number): Entry => ({
    id: 'e',
    conversationId: fromId,
    seq,
    publicSeq: null,
    at,
    author: { type: 'system' },
    clientKey: null,
    kind: 'conversation.undelivered',
    body,
  })
  const marked = applyEntry(conversation({ lastSeq: 2 }), entry(missed, 3))
  expect(marked.undelivered).toEqual([entryId])
  const over = { ...missed, problem: null }
  expect(kinds(decideTold(marked, over))).toEqual(['conversation.undelivered'])
  const after = applyEntry(marked, entry(over, 4))
  expect(after.undelivered).toEqual([])
  expect(decideTold(after, over)).toEqual([])
})
