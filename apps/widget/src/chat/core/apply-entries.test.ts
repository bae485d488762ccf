import { array, assert as always, integer, nat, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assigned, chatId, closed, conversation, li, recalled, received, sent } from '../../testing/timeline.ts'
import { applyEarlierPage, applyEntries, applyLatestPage, applyNextPage, applySnapshot } from './apply-entries.ts'
import { applyFrame } from './apply-frame.ts'
import { type ChatState, emptyState } from './state.ts'

const target = sent(3)
const history = [received(1), assigned(2), target, received(4), sent(5), recalled(6, target), sent(7), closed(8)]
const empty: ChatState = {
  ...emptyState,
  conversations: new Map([[chatId, conversation()]]),
  agents: new Map([[li.id, li]]),
}
const whole = applyEntries(empty, chatId, history)
const page = (entries: typeof history, hasMore = false) => ({
  entries,
  conversation: whole.conversations.get(chatId) ?? conversation(),
  agents: [li],
  hasMore,
})
const timelineOf = (state: ChatState) => state.threads.get(chatId)?.entries
const lastSeqOf = (state: ChatState) => state.conversations.get(chatId)?.lastSeq

describe('entries', () => {
  it('apply in order and only once', () => {
    expect(lastSeqOf(whole)).toBe(8)
    expect(whole.conversations.get(chatId)).toMatchObject({ state: 'closed', assignee: li, unreadCount: 3 })
    expect(applyEntries(whole, chatId, history)).toEqual(whole)
  })

  it('stop at a hole and note it', () => {
    const state = applyEntries(empty, chatId, [received(1), sent(3)])
    expect(lastSeqOf(state)).toBe(1)
    expect([...state.gaps.keys()]).toEqual([chatId])
  })

  it('of an unknown conversation are asked for, not guessed', () => {
    const state = applyEntries(emptyState, chatId, [received(1)])
    expect([...state.gaps.keys()]).toEqual([chatId])
    // The server keeps what later entries did to a message beside it.
    const stored = [...(timelineOf(whole) ?? [])]
    expect(timelineOf(applyLatestPage(state, page(stored)))).toEqual(stored)
  })

  it('change what they revise', () => {
    const shown = timelineOf(whole)?.find((entry) => entry.id === target.id)
    expect(shown).toMatchObject({ revision: { recalledAt: history[5]?.at } })
  })

  it('converge whatever is lost, repeated or late, once the gap is read', () => {
    const deliveries = array(record({ from: nat(7), count: integer({ min: 1, max: 4 }) }), {
      maxLength: 12,
    })
    always(
      property(deliveries, (pushes) => {
        let state = empty
        for (const { from, count } of pushes) state = applyEntries(state, chatId, history.slice(from, from + count))
        const missing = history.slice(lastSeqOf(state) ?? 0)
        const after = applyNextPage(state, page(missing))
        expect(after.conversations).toEqual(whole.conversations)
        expect(timelineOf(after)).toEqual(timelineOf(whole))
        expect(after.gaps.size).toBe(0)
      }),
    )
  })
})

describe('pages', () => {
  it('join what was pushed meanwhile', () => {
    const known = { ...empty, conversations: new Map([[chatId, conversation({ lastSeq: 6 })]]) }
    const pushed = applyEntries(known, chatId, history.slice(6))
    const state = applyLatestPage(pushed, page(history.slice(3, 7), true))
    expect(timelineOf(state)?.map((entry) => entry.seq)).toEqual([4, 5, 6, 7, 8])
    expect(state.threads.get(chatId)?.complete).toBe(false)
  })

  it('do not close a gap that showed itself while they were under way', () => {
    const behind = applyEntries(empty, chatId, [...history.slice(0, 2), ...history.slice(4, 5)])
    const pushedMeanwhile = applyEntries(behind, chatId, history.slice(7))
    const state = applyNextPage(pushedMeanwhile, page(history.slice(2, 7)))
    expect(lastSeqOf(state)).toBe(7)
    expect([...state.gaps.keys()]).toEqual([chatId])
    expect(applyNextPage(state, page(history.slice(7))).gaps.size).toBe(0)
  })

  it('go back to the beginning', () => {
    const latest = applyLatestPage(empty, page(history.slice(5), true))
    const state = applyEarlierPage(latest, page(history.slice(0, 5)))
    expect(timelineOf(state)?.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(state.threads.get(chatId)?.complete).toBe(true)
  })

  it('keep a gap noted while there is more', () => {
    const state = applyNextPage(empty, page(history.slice(0, 2), true))
    expect([...state.gaps.keys()]).toEqual([chatId])
  })
})

describe('a snapshot', () => {
  it('asks for the missing part of an open thread and takes the rest as it is', () => {
    const behind = applyEntries(empty, chatId, history.slice(0, 2))
    const fresh = whole.conversations.get(chatId) ?? conversation()
    expect([...applySnapshot(behind, behind, [fresh], [], []).gaps.keys()]).toEqual([chatId])
    const unread = { ...empty, conversations: new Map([[chatId, conversation()]]) }
    expect(applySnapshot(unread, unread, [fresh], [], []).conversations.get(chatId)).toEqual(fresh)
  })

  it('never steps back and drops what is no longer ours', () => {
    expect(applySnapshot(whole, whole, [conversation({ lastSeq: 2 })], [], []).conversations.get(chatId)?.lastSeq).toBe(
      8,
    )
    expect(applySnapshot(whole, whole, [], [], []).conversations.size).toBe(0)
  })

  it('keeps a conversation that was begun while the answer was under way', () => {
    expect(applySnapshot(whole, emptyState, [], [], [])).toMatchObject({
      conversations: new Map([[chatId, { lastSeq: 8 }]]),
      threads: new Map([[chatId, { complete: true }]]),
    })
  })
})

describe('frames', () => {
  it('name an agent who was assigned before we knew the name', () => {
    const nameless = applyEntries({ ...empty, agents: new Map() }, chatId, history.slice(0, 2))
    expect(nameless.conversations.get(chatId)?.assignee).toBeNull()
    const state = applyFrame(nameless, { type: 'agents', agents: [li] }, 0)
    expect(state.conversations.get(chatId)?.assignee).toEqual(li)
  })

  it('count down unread messages by marks, which only grow', () => {
    const marks = { contactDeliveredSeq: 5, contactReadSeq: 5, agentReadSeq: 4 }
    const state = applyFrame(whole, { type: 'marks', conversationId: chatId, marks }, 0)
    expect(state.conversations.get(chatId)?.unreadCount).toBe(1)
    const older = applyFrame(
      state,
      { type: 'marks', conversationId: chatId, marks: { ...marks, contactReadSeq: 1 } },
      0,
    )
    expect(older.conversations.get(chatId)?.marks.contactReadSeq).toBe(5)
  })

  it('end typing when the message arrives', () => {
    const typing = applyFrame(empty, { type: 'typing', conversationId: chatId, agent: li, typing: true }, 1000)
    expect(typing.typing.get(chatId)?.until).toBe(7000)
    const after = applyFrame(typing, { type: 'entries', conversationId: chatId, entries: [sent(1)] }, 2000)
    expect(after.typing.size).toBe(0)
  })
})
