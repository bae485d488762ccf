import { describe, expect, test } from 'vitest'
import { assigned, noted, received, sampleItem, sent } from '../../shared/conversations/sample.ts'
import { overdue, remindersOf } from './decide.ts'

const here = { meId: 'me', watchedId: null }
const mine = sampleItem(1, { assigneeId: 'me', receivedCount: 3 })
const kinds = (found: { kind: string }[]): string[] => found.map(({ kind }) => kind)

describe('what has just come', () => {
  test('the first message of a conversation that nobody holds is new', () => {
    expect(kinds(remindersOf(received(2), sampleItem(1, { receivedCount: 1 }), here))).toEqual(['new'])
    expect(remindersOf(received(5), sampleItem(1, { receivedCount: 4 }), here)).toEqual([])
  })
  test('a message to me, unless I am looking at it', () => {
    expect(kinds(remindersOf(received(4), mine, here))).toEqual(['message'])
    expect(remindersOf(received(4), mine, { ...here, watchedId: mine.conversation.id })).toEqual([])
    expect(remindersOf(received(4), sampleItem(1, { assigneeId: 'you', receivedCount: 3 }), here)).toEqual([])
  })
  test('an assignment to me and a mention of me by somebody else', () => {
    expect(kinds(remindersOf(assigned(2, 'me'), mine, here))).toEqual(['assigned'])
    expect(remindersOf(assigned(2, 'you'), mine, here)).toEqual([])
    expect(remindersOf(noted(3, ['me']), mine, here)).toMatchObject([{ kind: 'mention', agentId: 'agent-2' }])
    expect(remindersOf(sent(3, 'me'), mine, here)).toEqual([])
  })
})

describe('what time brings', () => {
  const limits = { unansweredAfterSeconds: 60, idleAfterSeconds: 600 }
  const waiting = sampleItem(1, { assigneeId: 'me', waitingSince: received(1).at })
  const quiet = sampleItem(2, {
    assigneeId: 'me',
    lastMessage: { entryId: 'x', from: 'agent', type: 'text', preview: '', at: received(1).at },
  })
  const after = (seconds: number): number => Date.parse(received(1).at) + seconds * 1000
  test('each wait and each silence is said once', () => {
    const told = new Set<string>()
    expect(overdue([waiting, quiet], 'me', limits, after(59), told)).toEqual([])
    expect(kinds(overdue([waiting, quiet], 'me', limits, after(61), told))).toEqual(['unanswered'])
    expect(kinds(overdue([waiting, quiet], 'me', limits, after(700), told))).toEqual(['idle'])
    expect(overdue([waiting, quiet], 'me', limits, after(900), told)).toEqual([])
  })
  test("other people's work is not mine to answer", () => {
    expect(overdue([waiting], 'you', limits, after(900), new Set())).toEqual([])
  })
})
