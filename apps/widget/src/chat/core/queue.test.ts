import type { Entry } from '@qiao/protocol/entries'
import type { VisitorServerFrame } from '@qiao/protocol/frames'
import type { QueuePlace } from '@qiao/protocol/work'
import { describe, expect, it } from 'vitest'
import {
  assigned,
  chatId,
  closed,
  conversation,
  li,
  place,
  queued,
  queueLeft,
  received,
  sent,
} from '../../testing/timeline.ts'
import { applyEntries, applySnapshot } from './apply-entries.ts'
import { applyFrame } from './apply-frame.ts'
import { phoneOf } from './phone.ts'
import { placeForPage } from './place-for-page.ts'
import { waitOf } from './queue.ts'
import { toRows } from './rows.ts'
import { type ChatState, emptyState } from './state.ts'

const known = (entries: readonly Entry[] = []): ChatState =>
  applyEntries(
    { ...emptyState, agents: new Map([[li.id, li]]), conversations: new Map([[chatId, conversation()]]) },
    chatId,
    entries,
  )
const frame = (shown: QueuePlace | null, connecting = false): VisitorServerFrame => ({
  type: 'queue',
  conversationId: chatId,
  place: shown,
  connecting,
  connectingText: null,
})
const waiting = applyFrame(known([received(1), queued(2)]), frame(place()), 0)

describe('a wait', () => {
  it('begins with the entry and gets its place by a frame', () => {
    expect(waitOf(known([received(1)]), chatId)).toBeNull()
    expect(waitOf(known([received(1), queued(2)]), chatId)).toEqual({
      place: null,
      connecting: false,
      connectingText: null,
    })
    expect(waitOf(waiting, chatId)?.place?.position).toBe(3)
    expect(waitOf(applyFrame(waiting, frame(null, true), 0), chatId)).toMatchObject({ place: null, connecting: true })
  })

  it.each([
    ['an agent takes it', assigned(3)],
    ['it is left', queueLeft(3, 'left')],
    ['the chat ends', closed(3)],
  ])('is over when %s, before any frame says so', (_, entry) => {
    const over = applyEntries(waiting, chatId, [entry])
    expect(waitOf(over, chatId)).toBeNull()
    expect(over.places.size).toBe(0)
  })

  it('goes on in another queue, with the old place until the new one is known', () => {
    const moved = applyEntries(waiting, chatId, [queueLeft(3, 'overflowed'), queued(4)])
    expect(waitOf(moved, chatId)?.place?.position).toBe(3)
  })

  it.each(['message', 'callback'])('is none while a %s is what waits', (channel) => {
    const later = applyEntries(waiting, chatId, [queueLeft(3, 'message'), queued(4, channel)])
    expect(waitOf(later, chatId)).toBeNull()
    expect(later.conversations.get(chatId)?.queued).toBe(false)
  })
})

describe('a callback', () => {
  const later = applyEntries(waiting, chatId, [queueLeft(3, 'callback', '138'), queued(4, 'callback')])
  const told = applyFrame(later, frame(place({ callback: true })), 0)

  it('has a place as soon as it is told, and keeps it when everything is read again', () => {
    expect(waitOf(told, chatId)?.place).toMatchObject({ position: 3, callback: true })
    const read = applySnapshot(told, told, [conversation({ lastSeq: 4 })], [], [])
    expect(waitOf(read, chatId)?.place?.position).toBe(3)
    expect(waitOf(applyFrame(told, frame(null), 0), chatId)).toBeNull()
  })

  it('does not lose its place when the frame comes before the entries', () => {
    const early = applyFrame(waiting, frame(place({ callback: true, position: 5 })), 0)
    const entries = [queueLeft(3, 'callback', '138'), queued(4, 'callback')]
    expect(waitOf(applyEntries(early, chatId, entries), chatId)?.place?.position).toBe(5)
  })
})

describe('a snapshot', () => {
  const conversations = [conversation({ lastSeq: 2, queued: true })]

  it('brings the places of who comes back', () => {
    const state = applySnapshot(emptyState, emptyState, conversations, [], [place()])
    expect(waitOf(state, chatId)).toEqual({ place: place(), connecting: false, connectingText: null })
  })

  it('does not silence the ringing that a frame told of', () => {
    const rings = applyFrame(waiting, frame(null, true), 0)
    expect(waitOf(applySnapshot(rings, rings, conversations, [], [place()]), chatId)?.connecting).toBe(true)
  })

  it('that is older than what we know brings no place back', () => {
    const taken = applyEntries(waiting, chatId, [assigned(3)])
    expect(waitOf(applySnapshot(taken, taken, conversations, [], [place()]), chatId)).toBeNull()
  })

  it('drops the place of a chat that waits no longer', () => {
    const served = [conversation({ lastSeq: 3, assignee: li })]
    const unread = { ...waiting, threads: new Map() }
    expect(applySnapshot(unread, unread, served, [li], []).places.size).toBe(0)
  })
})

describe('what the page is told', () => {
  it('is the place with its range, or nothing', () => {
    expect(placeForPage(waiting)).toEqual({ position: 3, lowSeconds: 180, highSeconds: 300 })
    const vague = applyFrame(waiting, frame(place({ wait: null })), 0)
    expect(placeForPage(vague)).toEqual({ position: 3, lowSeconds: null, highSeconds: null })
    expect(placeForPage(applyFrame(waiting, frame(null), 0))).toBeNull()
  })
})

describe('the timeline', () => {
  const kinds = (entries: readonly Entry[]) =>
    toRows(entries, []).flatMap((row) => (row.type === 'event' ? [`${row.entry.seq} ${row.entry.kind}`] : []))

  it('says nothing of the wait at the beginning, nor of queues that hand on', () => {
    expect(kinds([received(1), queued(2), queueLeft(3, 'overflowed'), queued(4)])).toEqual([])
  })

  it('tells how a wait ended without an agent, and that there is a new one', () => {
    const left = [received(1), queued(2), queueLeft(3, 'left'), received(4), queued(5), assigned(6)]
    expect(kinds(left)).toEqual(['3 conversation.queue-left', '5 conversation.queued', '6 conversation.assigned'])
    expect(kinds([received(1), queued(2), queueLeft(3, 'callback', '138'), queued(4, 'callback')])).toEqual([
      '3 conversation.queue-left',
    ])
  })

  it('says that nobody is there, unless the company has words of its own or the message waits for later', () => {
    const closedAt = (seq: number) => queueLeft(seq, 'closed')
    const own = { ...sent(4), author: { type: 'system' } } as const
    expect(kinds([received(1), queued(2), closedAt(3)])).toEqual(['3 conversation.queue-left'])
    expect(kinds([received(1), queued(2, 'message'), closedAt(3), own])).toEqual([])
    expect(kinds([received(1), queued(2), closedAt(3), sent(4)])).toEqual(['3 conversation.queue-left'])
    expect(kinds([received(1), queued(2), closedAt(3), queued(4, 'message')])).toEqual(['4 conversation.queued'])
  })

  it('tells once that words were left: by leaving, by finding nobody, or by leaving the chat', () => {
    expect(kinds([received(1), queued(2, 'message')])).toEqual(['2 conversation.queued'])
    expect(kinds([received(1), queued(2, 'message'), queueLeft(3, 'closed')])).toEqual(['3 conversation.queue-left'])
    expect(kinds([received(1), queued(2, 'message'), queueLeft(3, 'bot')])).toEqual([])
    expect(kinds([received(1), queued(2), queueLeft(3, 'left'), closed(4)])).toEqual(['3 conversation.queue-left'])
  })

  it('tells that it waits again after an agent, and not at a new beginning', () => {
    expect(kinds([queued(1), assigned(2), queued(3)])).toEqual(['2 conversation.assigned', '3 conversation.queued'])
    expect(kinds([queued(1), assigned(2), closed(3), queued(4)])).toEqual([
      '2 conversation.assigned',
      '3 conversation.closed',
    ])
  })
})

describe('a phone number', () => {
  it.each([
    ['13800138000', '13800138000'],
    [' +86 138-0013-8000 ', '+86 138-0013-8000'],
    ['１３８００１３８０００', '13800138000'],
    ['(010) 6512 3456', '(010) 6512 3456'],
    ['', null],
    ['1234', null],
    ['-------', null],
    ['call me', null],
  ])('%j is %j', (typed, expected) => {
    expect(phoneOf(typed)).toBe(expected)
  })
})
