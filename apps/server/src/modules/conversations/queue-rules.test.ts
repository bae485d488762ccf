import { describe, expect, test } from 'vitest'
import { decideLeaveQueue, decideQueue, decideTakeOver } from './queue-rules.ts'
import { agent, ann, bob, codeOf, conversation, customer, kinds } from './testing.ts'

const as = (id: string, mayTouchOthers = false) => ({ author: agent(id), mayTouchOthers })
const waits = { itemId: 'old', queueId: 'billing', channel: 'x' }
const to = { itemId: 'new', queueId: 'refunds', channel: 'x', note: 'over 500' }

describe('a transfer to a queue', () => {
  test.each([
    ['own work', as(ann), ann, 'allowed'],
    ['what nobody holds', as(ann), null, 'allowed'],
    ["another's work", as(ann), bob, 'forbidden'],
    ["another's work, by a lead", as(ann, true), bob, 'allowed'],
  ])('of %s', (_name, actor, assigneeId, expected) => {
    expect(codeOf(() => decideQueue(conversation({ assigneeId }), actor, to))).toBe(expected)
  })
  test('lets go of it and tells the next agent why', () => {
    expect(decideQueue(conversation({ assigneeId: ann }), as(ann), { ...to, priority: 50 })).toEqual([
      { kind: 'conversation.assigned', body: { agentId: null, fromAgentId: ann, cause: 'transferred' } },
      {
        kind: 'conversation.queued',
        body: { itemId: 'new', queueId: 'refunds', channel: 'x', cause: 'transferred', note: 'over 500' },
      },
      { kind: 'conversation.prioritised', body: { itemId: 'new', priority: 50, front: false } },
    ])
  })
  test.each([
    ['from another queue', conversation({ queue: waits }), ['conversation.queued']],
    ['of a closed one', conversation({ state: 'closed' }), ['conversation.reopened', 'conversation.queued']],
    ['of a snoozed one', conversation({ state: 'snoozed' }), ['conversation.woken', 'conversation.queued']],
  ])('%s', (_name, state, expected) => {
    expect(kinds(decideQueue(state, as(ann), to))).toEqual(expected)
  })
  test('to where it waits already changes its points at most', () => {
    const same = { itemId: 'new', queueId: 'billing', channel: 'x' }
    expect(decideQueue(conversation({ queue: waits }), as(ann), same)).toEqual([])
    expect(decideQueue(conversation({ queue: waits }), as(ann), { ...same, priority: 0 })).toEqual([
      { kind: 'conversation.prioritised', body: { itemId: 'old', priority: 0, front: false } },
    ])
  })
})

describe('taking over', () => {
  test.each([
    ['from the holder', conversation({ assigneeId: bob }), bob],
    ['out of the queue', conversation({ queue: waits }), null],
  ])('%s', (_name, state, fromAgentId) => {
    expect(decideTakeOver(state, as(ann, true))).toEqual([
      { kind: 'conversation.assigned', body: { agentId: ann, fromAgentId, cause: 'taken-over' } },
    ])
  })
  test('what one holds changes nothing, what is closed is not to be had', () => {
    expect(decideTakeOver(conversation({ assigneeId: ann }), as(ann, true))).toEqual([])
    expect(codeOf(() => decideTakeOver(conversation({ state: 'closed' }), as(ann, true)))).toBe('conversation-closed')
  })
})

describe('a customer who does not want to wait', () => {
  const author = { type: 'contact', id: customer } as const
  const leave = (state: Parameters<typeof decideLeaveQueue>[0], instead: Parameters<typeof decideLeaveQueue>[2]) =>
    decideLeaveQueue(state, author, instead, 'new', { surveyId: 's', scale: 'stars' })
  const left = { itemId: 'old', queueId: 'billing' }

  test('leaves, and is asked to rate only what there was', () => {
    expect(leave(conversation({ queue: waits, sentCount: 0 }), { to: 'nothing' })).toEqual([
      { kind: 'conversation.queue-left', body: { ...left, outcome: 'left' } },
      { kind: 'conversation.closed', body: { reason: 'visitor-left' } },
    ])
    expect(kinds(leave(conversation({ queue: waits, sentCount: 3 }), { to: 'nothing' }))).toContain('survey.requested')
  })
  test('leaves words', () => {
    expect(leave(conversation({ queue: waits }), { to: 'message' })).toEqual([
      { kind: 'conversation.queue-left', body: { ...left, outcome: 'message' } },
      {
        kind: 'conversation.queued',
        body: { itemId: 'new', queueId: 'billing', channel: 'message', cause: 'message' },
      },
    ])
    expect(leave(conversation({ queue: { ...waits, channel: 'message' } }), { to: 'message' })).toEqual([])
  })
  test('leaves a number, and another one if it was wrong', () => {
    for (const channel of ['x', 'callback']) {
      expect(leave(conversation({ queue: { ...waits, channel } }), { to: 'callback', phone: '+86 10 8888' })).toEqual([
        { kind: 'conversation.queue-left', body: { ...left, outcome: 'callback', phone: '+86 10 8888' } },
        {
          kind: 'conversation.queued',
          body: { itemId: 'new', queueId: 'billing', channel: 'callback', cause: 'callback' },
        },
      ])
    }
  })
  test.each([
    ['who is served', conversation({ assigneeId: ann })],
    ['who is gone', conversation({ state: 'closed' })],
  ])('but not one %s', (_name, state) => {
    expect(codeOf(() => leave(state, { to: 'nothing' }))).toBe('not-waiting')
  })
})
