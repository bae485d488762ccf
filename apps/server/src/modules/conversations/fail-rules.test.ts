import { applyEntry, type Entry, type MessageEntry } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { decideFailed } from './fail-rules.ts'
import { decideSilence } from './rules.ts'
import { ann, conversation, kinds, now } from './testing.ts'

const at = now.toISOString()
const targetId = '019ab000-0000-7000-8000-000000000001'
const body = { targetId, problem: { code: 'unreachable' } }
const sent = (more: Partial<MessageEntry> = {}): MessageEntry => ({
  id: targetId,
  conversationId: conversation().id,
  seq: 2,
  publicSeq: 2,
  kind: 'message.sent',
  author: { type: 'agent', id: ann },
  at,
  clientKey: 'k',
  body: { content: { type: 'text', text: 'hi', markup: 'none' } },
  revision: null,
  ...more,
})
const revised = (outgoing: NonNullable<MessageEntry['revision']>['outgoing']) =>
  sent({ revision: { editedAt: null, recalledAt: null, content: null, ...(outgoing ? { outgoing } : {}) } })

test.each([
  ['open', {}, ['message.failed']],
  ['closed', { state: 'closed', closedAt: at }, ['message.failed', 'conversation.reopened']],
  ['snoozed', { state: 'snoozed', snoozedUntil: at }, ['message.failed', 'conversation.woken']],
  ['merged into another', { state: 'closed', mergedIntoId: targetId }, ['message.failed']],
] as const)('what an agent wrote comes back to one that is %s', (_, state, wanted) => {
  const entries = decideFailed(conversation(state), sent(), body)
  expect(kinds(entries)).toEqual(wanted)
  expect(entries[0]?.body).toEqual({ ...body, agentId: ann })
})

test('what was said by itself wakes nobody', () => {
  const closed = conversation({ state: 'closed', closedAt: at })
  const notice = sent({ body: { content: { type: 'text', text: 'hi', markup: 'none' }, notice: true } })
  for (const message of [null, notice, sent({ author: { type: 'system' } })])
    expect(decideFailed(closed, message, body)).toEqual([{ kind: 'message.failed', body }])
})

test('each sending brings it back once', () => {
  const closed = conversation({ state: 'closed', closedAt: at })
  const failed = revised({ state: 'failed', problem: body.problem, dismissed: false })
  expect(kinds(decideFailed(closed, failed, body))).toEqual(['message.failed'])
  const again = revised({ state: 'queued', problem: null, dismissed: false })
  expect(kinds(decideFailed(closed, again, body))).toEqual(['message.failed', 'conversation.reopened'])
})

test('the mark stays until somebody answers, sends again, leaves it at that or closes', () => {
  const entry = (kind: string, more: object): Entry =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of any kind, as rows are
    ({ ...sent(), id: 'e', seq: 4, publicSeq: null, kind, body: more }) as unknown as Entry
  const failed = applyEntry(conversation({ lastSeq: 2 }), {
    ...entry('message.failed', { ...body, agentId: ann }),
    seq: 3,
  })
  expect(failed.undelivered).toEqual([targetId])
  expect(
    decideSilence({ ...failed, sentCount: 1 }, { warnAfterMinutes: 1, closeAfterMinutes: 1 }, new Date(8e15)),
  ).toEqual([])
  for (const [kind, more] of [
    ['message.resent', { targetId }],
    ['message.dismissed', { targetId }],
    ['message.accepted', { targetId }],
    ['message.sent', sent().body],
    ['conversation.closed', { reason: 'resolved' }],
  ] as const)
    expect(applyEntry(failed, entry(kind, more)).undelivered).toEqual([])
  for (const [kind, more] of [
    ['message.received', sent().body],
    ['message.sent', { ...sent().body, notice: true }],
    ['message.delayed', body],
  ] as const)
    expect(applyEntry(failed, entry(kind, more)).undelivered).toEqual([targetId])
  const byItself = applyEntry(conversation({ lastSeq: 2 }), { ...entry('message.failed', body), seq: 3 })
  expect(byItself.undelivered).toEqual([])
})
