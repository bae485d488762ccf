import type { EntryOf, MessageEntry } from '@qiao/protocol'
import { describe, expect, test } from 'vitest'
import { decideAbsorb, decideMerge, decideSplit, decideUnmerge, splitFrom } from './merge-rules.ts'
import { agent, ann, bob, codeOf, conversation, customer, kinds } from './testing.ts'

const own = { author: agent(ann), mayTouchOthers: false }
const lead = { author: agent(ann), mayTouchOthers: true }
const from = conversation({ id: 'from', number: 7, assigneeId: ann })
const into = conversation({ id: 'into', number: 3, assigneeId: bob })
const early = '2026-03-02T08:00:00.000Z'

describe('merge: told to the one that ends', () => {
  test.each([
    ['an open one', from, into, own, ['conversation.merged', 'conversation.closed']],
    ['one that is closed already', { ...from, state: 'closed' as const }, into, own, ['conversation.merged']],
    ['one that is merged there already', { ...from, mergedIntoId: 'into' }, into, own, []],
    [
      'a colleague’s, by a lead',
      { ...from, assigneeId: bob },
      into,
      lead,
      ['conversation.merged', 'conversation.closed'],
    ],
  ])('%s', (_name, one, other, actor, expected) => {
    expect(kinds(decideMerge(one, other, actor))).toEqual(expected)
  })

  test.each([
    ['into itself', from, from, 'invalid-input'],
    ['one that goes on elsewhere', { ...from, mergedIntoId: 'third' }, into, 'conversation-merged'],
    ['into one that goes on elsewhere', from, { ...into, mergedIntoId: 'from' }, 'conversation-merged'],
    ['a colleague’s', { ...from, assigneeId: bob }, into, 'forbidden'],
  ])('refused: %s', (_name, one, other, code) => {
    expect(codeOf(() => decideMerge(one, other, own))).toBe(code)
  })
})

describe('merge: told to the one that goes on', () => {
  test.each([
    ['held by somebody', into, ['conversation.absorbed']],
    ['closed', { ...into, state: 'closed' as const }, ['conversation.reopened', 'conversation.absorbed']],
    ['put away', { ...into, state: 'snoozed' as const }, ['conversation.woken', 'conversation.absorbed']],
    ['nobody’s', { ...into, assigneeId: null }, ['conversation.absorbed', 'conversation.assigned']],
    [
      'in a queue',
      { ...into, assigneeId: null, queue: { itemId: 'w', queueId: 'q', channel: 'c' } },
      ['conversation.absorbed'],
    ],
  ])('%s', (_name, other, expected) => {
    expect(kinds(decideAbsorb(other, from, own))).toEqual(expected)
  })

  test('one that was over wakes nothing', () => {
    const over = { ...from, state: 'closed' as const }
    expect(kinds(decideAbsorb({ ...into, state: 'closed' }, over, own))).toEqual(['conversation.absorbed'])
  })
})

describe('taking a merge back', () => {
  const merged = { ...from, state: 'closed' as const, closeReason: 'duplicate' as const, mergedIntoId: 'into' }
  test.each([
    ['closed by it', merged, ['conversation.merged', 'conversation.reopened']],
    ['closed before', { ...merged, closeReason: 'resolved' as const }, ['conversation.merged']],
  ])('%s', (_name, one, expected) => {
    expect(kinds(decideUnmerge(one, into, own, null).from)).toEqual(expected)
  })

  test.each([
    ['waits on', early, early],
    ['was answered meanwhile', null, null],
  ])('the customer %s', (_name, intoWaits, expected) => {
    const undone = decideUnmerge(merged, { ...into, waitingSince: intoWaits }, own, early)
    expect(undone.from[0]?.body).toMatchObject({ waitingSince: expected, undone: true })
  })

  test('refused when it goes on by itself, or elsewhere', () => {
    expect(codeOf(() => decideUnmerge(from, into, own, null))).toBe('changed-meanwhile')
    expect(codeOf(() => decideUnmerge({ ...merged, mergedIntoId: 'x' }, into, own, null))).toBe('changed-meanwhile')
  })
})

describe('split', () => {
  const to = { id: 'new', number: 9 }
  const message = (change: Partial<EntryOf<'message.received'>> = {}): MessageEntry => ({
    id: 'm',
    conversationId: 'from',
    seq: 4,
    publicSeq: 4,
    kind: 'message.received',
    author: { type: 'contact', id: customer },
    at: '2026-03-02T09:00:00.000Z',
    clientKey: 'k',
    body: { content: { type: 'text', text: 'and another thing', markup: 'none' } },
    revision: null,
    ...change,
  })

  test('says where it went', () => {
    expect(decideSplit(from, own, message(), to)).toEqual([
      { kind: 'conversation.split', body: { entryId: 'm', toId: 'new', toNumber: 9 } },
    ])
  })

  test.each([
    ['no message of it', from, null, 'not-found'],
    ['a colleague’s', { ...from, assigneeId: bob }, message(), 'forbidden'],
    ['one that goes on elsewhere', { ...from, mergedIntoId: 'into' }, message(), 'conversation-merged'],
    [
      'a recalled message',
      from,
      message({ revision: { editedAt: null, recalledAt: early, content: null } }),
      'message-recalled',
    ],
  ])('refused: %s', (_name, one, target, code) => {
    expect(codeOf(() => decideSplit(one, own, target, to))).toBe(code)
  })

  test.each([
    ['unanswered', early, '2026-03-02T09:00:00.000Z'],
    ['answered', null, null],
    ['followed by what waits', '2026-03-02T09:30:00.000Z', null],
  ])('the new one waits for an answer to what is %s', (_name, waitingSince, expected) => {
    expect(splitFrom({ ...from, waitingSince }, message())).toMatchObject({ number: 7, waitingSince: expected })
  })
})
