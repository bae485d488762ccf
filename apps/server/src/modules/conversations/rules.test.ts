import type { EntryOf, MessageEntry } from '@qiao/protocol'
import { describe, expect, test } from 'vitest'
import {
  ConversationOver,
  decideAssign,
  decideClose,
  decideEdit,
  decideRecall,
  decideReceive,
  decideReopen,
  decideReply,
  decideSilence,
  decideSnooze,
  decideSurveyAnswer,
  decideTag,
  decideTransfer,
  decideWake,
} from './rules.ts'
import { agent, ann, bob, codeOf, conversation, kinds, now } from './testing.ts'

const text = (words: string) => ({ type: 'text', text: words, markup: 'none' }) as const

describe('a customer writes', () => {
  const closed = (minutesAgo: number) =>
    conversation({ state: 'closed', closedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString() })

  test.each([
    ['open', conversation(), ['message.received']],
    ['snoozed', conversation({ state: 'snoozed' }), ['conversation.woken', 'message.received']],
    ['closed a moment ago', closed(5), ['conversation.reopened', 'message.received']],
    ['closed exactly at the end of the window', closed(60), ['conversation.reopened', 'message.received']],
  ])('into one that is %s', (_name, state, expected) => {
    expect(kinds(decideReceive(state, { content: text('hi') }, 60, now))).toEqual(expected)
  })

  test('after the reopen window it is over', () => {
    expect(() => decideReceive(closed(61), { content: text('hi') }, 60, now)).toThrow(ConversationOver)
    expect(() => decideReceive(closed(1), { content: text('hi') }, 0, now)).toThrow(ConversationOver)
  })
})

describe('an agent replies', () => {
  test('and takes what nobody holds', () => {
    expect(kinds(decideReply(conversation(), agent(ann), { content: text('hello') }))).toEqual([
      'conversation.assigned',
      'message.sent',
    ])
  })
  test('and leaves it with whoever holds it', () => {
    expect(kinds(decideReply(conversation({ assigneeId: bob }), agent(ann), { content: text('hello') }))).toEqual([
      'message.sent',
    ])
  })
  test('in a conference, and leaves it with the holder; once nobody holds it, takes it', () => {
    const beside = conversation({ assigneeId: bob, participantIds: [ann] })
    expect(kinds(decideReply(beside, agent(ann), { content: text('hello') }))).toEqual(['message.sent'])
    const alone = conversation({ participantIds: [ann] })
    expect(kinds(decideReply(alone, agent(ann), { content: text('hello') }))).toEqual([
      'conversation.assigned',
      'message.sent',
    ])
  })
  test('into a closed one, which opens', () => {
    const entries = decideReply(conversation({ state: 'closed', assigneeId: ann }), agent(ann), {
      content: text('one more thing'),
    })
    expect(kinds(entries)).toEqual(['conversation.reopened', 'message.sent'])
  })
  test('a bot does not take it', () => {
    expect(kinds(decideReply(conversation(), { type: 'bot', id: 'faq' }, { content: text('see the FAQ') }))).toEqual([
      'message.sent',
    ])
  })
})

describe('who may move work', () => {
  const actor = { author: agent(ann), mayTouchOthers: false }
  const lead = { author: agent(ann), mayTouchOthers: true }
  test.each([
    ['agent picks what is free', actor, null, ann, 'allowed'],
    ['agent releases own work', actor, ann, null, 'allowed'],
    ['agent takes from another', actor, bob, ann, 'forbidden'],
    ['agent assigns another', actor, null, bob, 'forbidden'],
    ['lead takes from another', lead, bob, ann, 'allowed'],
    ['lead assigns another', lead, null, bob, 'allowed'],
  ])('%s', (_name, who, holder, to, expected) => {
    expect(codeOf(() => decideAssign(conversation({ assigneeId: holder }), who, to))).toBe(expected)
    const transfer = codeOf(() =>
      decideTransfer(conversation({ assigneeId: holder }), who, { agentId: to, teamId: 'team' }),
    )
    expect(transfer).toBe(holder === bob && !who.mayTouchOthers ? 'forbidden' : 'allowed')
    const close = codeOf(() => decideClose(conversation({ assigneeId: holder }), who, { reason: 'resolved' }, null))
    expect(close).toBe(holder === bob && !who.mayTouchOthers ? 'forbidden' : 'allowed')
  })
  test('assigning to the holder changes nothing', () => {
    expect(decideAssign(conversation({ assigneeId: bob }), actor, bob)).toEqual([])
  })
  test('a transfer names somebody', () => {
    expect(codeOf(() => decideTransfer(conversation(), actor, { agentId: null, teamId: null }))).toBe('invalid-input')
  })
  test('a transfer to a team frees it for that team', () => {
    const entries = decideTransfer(conversation({ assigneeId: ann }), actor, {
      agentId: null,
      teamId: 'team',
      note: 'refund over 500',
    })
    expect(entries).toMatchObject([
      { kind: 'conversation.transferred', body: { teamId: 'team', note: 'refund over 500' } },
      { kind: 'conversation.assigned', body: { agentId: null, fromAgentId: ann, cause: 'transferred' } },
    ])
  })
})

describe('closing', () => {
  const ask = { surveyId: 's', scale: 'stars' } as const
  const actor = { author: agent(ann), mayTouchOthers: false }
  test.each([
    ['asks after a conversation', conversation(), 'resolved', ['conversation.closed', 'survey.requested']],
    ['asks nobody whom nobody answered', conversation({ sentCount: 0 }), 'resolved', ['conversation.closed']],
    ['asks no spammer', conversation(), 'spam', ['conversation.closed']],
    ['twice does nothing', conversation({ state: 'closed' }), 'resolved', []],
  ] as const)('%s', (_name, state, reason, expected) => {
    expect(kinds(decideClose(state, actor, { reason }, ask))).toEqual(expected)
  })
  test('reopening needs a closed one', () => {
    expect(codeOf(() => decideReopen(conversation()))).toBe('conversation-not-closed')
    expect(kinds(decideReopen(conversation({ state: 'closed' })))).toEqual(['conversation.reopened'])
  })
})

describe('own messages', () => {
  const message = (changes: Partial<EntryOf<'message.sent'>> = {}): MessageEntry => ({
    id: 'm',
    conversationId: 'c',
    seq: 2,
    publicSeq: 2,
    kind: 'message.sent',
    author: agent(ann),
    at: now.toISOString(),
    clientKey: 'k',
    body: { content: text('hello') },
    revision: null,
    ...changes,
  })
  test.each([
    ['own text', agent(ann), message(), 'allowed'],
    ["another's text", agent(bob), message(), 'message-not-editable'],
    ['no such message', agent(ann), null, 'not-found'],
    [
      'a recalled one',
      agent(ann),
      message({ revision: { recalledAt: now.toISOString(), editedAt: null, content: null } }),
      'message-recalled',
    ],
  ])('%s', (_name, who, target, expected) => {
    expect(codeOf(() => decideEdit(conversation(), who, target, text('better')))).toBe(expected)
    expect(codeOf(() => decideRecall(conversation(), who, target))).toBe(expected)
  })
  test('the same once more is no change, unless it did not get there', () => {
    const revision = { editedAt: now.toISOString(), recalledAt: null, content: text('better') }
    expect(decideEdit(conversation(), agent(ann), message({ revision }), text('better'))).toEqual([])
    expect(kinds(decideEdit(conversation(), agent(ann), message({ revision }), text('hello')))).toHaveLength(1)
    const outgoing = { state: 'failed' as const, problem: null, dismissed: false }
    const unreached = { change: 'edit' as const, problem: { code: 'provider-failed' as const } }
    for (const lost of [{ outgoing }, { unreached }]) {
      const failed = message({ revision: { ...revision, ...lost } })
      expect(kinds(decideEdit(conversation(), agent(ann), failed, text('better')))).toEqual(['message.edited'])
    }
  })
  test('only texts can be edited, anything can be recalled', () => {
    const location = message({ body: { content: { type: 'location', latitude: 1, longitude: 2 } } })
    expect(codeOf(() => decideEdit(conversation(), agent(ann), location, text('here')))).toBe('message-not-editable')
    expect(codeOf(() => decideRecall(conversation(), agent(ann), location))).toBe('allowed')
  })
})

describe('time', () => {
  const actor = { author: agent(ann), mayTouchOthers: false }
  const later = new Date(now.getTime() + 1)
  test('a snooze ends in the future', () => {
    expect(codeOf(() => decideSnooze(conversation(), actor, now, now))).toBe('snooze-in-past')
    expect(codeOf(() => decideSnooze(conversation({ state: 'closed' }), actor, later, now))).toBe('conversation-closed')
    expect(kinds(decideSnooze(conversation(), actor, later, now))).toEqual(['conversation.snoozed'])
  })
  test('what is put away leaves its queue', () => {
    const queue = { itemId: 'item', queueId: 'queue', channel: 'x' }
    expect(decideSnooze(conversation({ queue }), actor, later, now)).toMatchObject([
      { kind: 'conversation.queue-left', body: { itemId: 'item', queueId: 'queue', outcome: 'removed' } },
      { kind: 'conversation.snoozed' },
    ])
  })
  test('waking what is awake: an agent is told, the clock is not', () => {
    expect(decideWake(conversation(), 'time')).toEqual([])
    expect(codeOf(() => decideWake(conversation(), 'agent'))).toBe('conversation-not-snoozed')
  })
  const silence = { warnAfterMinutes: 60, closeAfterMinutes: 10 }
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
  test.each([
    ['talked recently', conversation({ lastActivityAt: ago(59) }), []],
    ['silent long enough to be told', conversation({ lastActivityAt: ago(60) }), ['conversation.silence-warned']],
    ['told, still time', conversation({ lastActivityAt: ago(90), silenceWarnedAt: ago(9) }), []],
    [
      'told, time is over',
      conversation({ lastActivityAt: ago(90), silenceWarnedAt: ago(10) }),
      ['conversation.closed'],
    ],
    ['waits for us: never', conversation({ lastActivityAt: ago(900), waitingSince: ago(900) }), []],
    ['never answered: never', conversation({ lastActivityAt: ago(900), sentCount: 0 }), []],
    ['snoozed: never', conversation({ lastActivityAt: ago(900), state: 'snoozed' }), []],
  ])('%s', (_name, state, expected) => {
    expect(kinds(decideSilence(state, silence, now))).toEqual(expected)
  })
})

describe('tags and surveys', () => {
  test('only what changes is said', () => {
    expect(decideTag(conversation({ tags: ['a', 'b'] }), ['b', 'c', 'c'], ['a', 'x'])).toEqual([
      { kind: 'conversation.tagged', body: { added: ['c'], removed: ['a'] } },
    ])
    expect(decideTag(conversation({ tags: ['a'] }), ['a'], ['x'])).toEqual([])
  })
  test('at most fifty', () => {
    expect(
      codeOf(() =>
        decideTag(
          conversation(),
          Array.from({ length: 51 }, (_, index) => `t${index}`),
          [],
        ),
      ),
    ).toBe('invalid-input')
  })
  test('an answer fits its question', () => {
    const asked = conversation({ survey: { id: 's', scale: 'faces', score: null, comment: null } })
    expect(kinds(decideSurveyAnswer(asked, { surveyId: 's', score: 4 }))).toEqual(['survey.answered'])
    expect(codeOf(() => decideSurveyAnswer(asked, { surveyId: 'other', score: 4 }))).toBe('survey-not-open')
    expect(codeOf(() => decideSurveyAnswer(conversation(), { surveyId: 's', score: 4 }))).toBe('survey-not-open')
    const answered = conversation({ survey: { id: 's', scale: 'faces', score: 4, comment: null } })
    expect(decideSurveyAnswer(answered, { surveyId: 's', score: 4 })).toEqual([])
  })
})
