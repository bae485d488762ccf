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

describe('the work of several', () => {
  const base = { ...assigned(4, 'me'), publicSeq: null }
  const asked = { ...base, kind: 'consult.started', body: { consultId: 'c', agentId: 'me', text: '?' } } as const
  const said = { ...base, kind: 'consult.said', body: { consultId: 'c', text: '!' } } as const
  const whispered = { ...base, kind: 'whisper.added', body: { text: 'psst' } } as const
  const joined = { ...base, kind: 'participant.joined', body: { agentId: 'me' } } as const
  const theirs = sampleItem(1, { assigneeId: 'you' })
  test('a question to me, and what is said in my consultation while I look elsewhere', () => {
    expect(remindersOf(asked, theirs, here)).toMatchObject([{ kind: 'mention', about: 'consult', agentId: 'agent-2' }])
    const consulted = sampleItem(1, { assigneeId: 'you', consults: [{ id: 'c', agentId: 'me' }] })
    expect(kinds(remindersOf(said, consulted, here))).toEqual(['mention'])
    expect(remindersOf(said, consulted, { ...here, watchedId: consulted.conversation.id })).toEqual([])
    expect(remindersOf(said, theirs, here)).toEqual([])
  })
  test('a whisper to whoever holds the conversation, and an invitation to take part', () => {
    expect(kinds(remindersOf(whispered, mine, here))).toEqual(['mention'])
    expect(remindersOf(whispered, theirs, here)).toEqual([])
    expect(remindersOf(joined, theirs, here)).toMatchObject([{ kind: 'assigned', about: 'joined' }])
  })
  test('one that waits in a queue is not new to everybody: it rings at whom it is offered', () => {
    const queue = { itemId: 'i', queueId: 'q', channel: 'web' }
    expect(remindersOf(received(2), sampleItem(1, { receivedCount: 1, queue }), here)).toEqual([])
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
