import { expect, test } from 'vitest'
import { applyRevision, type Entry, entry, isMessage, missedRecipients } from './index.ts'

const id = (digit: number): string => `00000000-0000-7000-8000-00000000000${digit}`
const base = { conversationId: id(0), at: '2026-01-05T08:00:00.000Z', clientKey: null }
const message = entry.parse({
  ...base,
  id: id(1),
  seq: 1,
  publicSeq: 1,
  kind: 'message.sent',
  author: { type: 'agent', id: id(9) },
  body: {
    content: { type: 'mail', subject: 'Tea', from: null, to: [{ name: '', address: 'a@example.com' }], text: 'x' },
  },
  revision: null,
})
const failed = (seq: number, ...addresses: string[]): Entry =>
  entry.parse({
    ...base,
    id: id(seq),
    seq,
    publicSeq: null,
    kind: 'message.failed',
    author: { type: 'system' },
    body: {
      targetId: message.id,
      problem: { code: 'unreachable' },
      ...(addresses.length > 0
        ? { recipients: addresses.map((address) => ({ address, problem: { code: 'unreachable' } })) }
        : {}),
    },
  })

const missedBy = (...changes: Entry[]): unknown => {
  const [after] = changes.reduce((held, change) => applyRevision(held, change), [message] as readonly Entry[])
  return after && 'revision' in after ? after.revision?.outgoing?.recipients?.map(({ address }) => address) : null
}

test('trouble with one recipient after the other adds up, and each is named once', () => {
  expect(missedBy(failed(2, 'a@example.com'), failed(3, 'b@example.com', 'a@example.com'))).toEqual([
    'b@example.com',
    'a@example.com',
  ])
})

test('a message that failed as a whole has reached nobody', () => {
  expect(missedBy(failed(2, 'a@example.com'), failed(3))).toBeUndefined()
})

const [a, b, c] = ['a@example.com', 'b@example.com', 'c@example.com'] as const
const about = (seq: number, kind: string, body: object): Entry =>
  entry.parse({
    ...base,
    id: id(seq),
    seq,
    publicSeq: null,
    kind,
    author: { type: 'system' },
    body: { targetId: message.id, ...body },
  })
const outgoingAfter = (...changes: Entry[]) => {
  const [after] = changes.reduce((held, change) => applyRevision(held, change), [message] as readonly Entry[])
  return after && isMessage(after) ? after.revision?.outgoing : undefined
}
const again = about(4, 'message.resent', { recipients: [a] })

test('once all to whom it went again have it nobody is named; who was left out still is', () => {
  const accepted = about(5, 'message.accepted', {})
  expect(outgoingAfter(failed(2, a), again, accepted)).toBeUndefined()
  expect(outgoingAfter(failed(2, a, b), again)).toMatchObject({ state: 'queued', again: [a] })
  expect(outgoingAfter(failed(2, a, b), again, accepted)).toMatchObject({
    state: 'failed',
    recipients: [{ address: b }],
  })
})

test('trouble with another one meanwhile takes nobody off its way', () => {
  const after = outgoingAfter(failed(2, a), again, failed(5, b))
  expect(after).toMatchObject({ state: 'failed', again: [a], recipients: [{ address: a }, { address: b }] })
  expect(outgoingAfter(failed(2, a), again, failed(5, a))?.again).toBeUndefined()
})

test('whom it did not reach stays named while it is tried again, and when nobody knows', () => {
  const since = '2026-01-05T08:00:00.000Z'
  const problem = { code: 'no-answer' }
  const retrying = about(5, 'message.retrying', { problem, since })
  expect(outgoingAfter(retrying)).toEqual({ state: 'retrying', problem, dismissed: false, since })
  expect(outgoingAfter(failed(2, a), again, retrying)).toMatchObject({ state: 'retrying', since, again: [a] })
  const unsure = about(5, 'message.unsure', { problem })
  expect(outgoingAfter(failed(2, a), again, unsure)).toMatchObject({ state: 'unknown', recipients: [{ address: a }] })
})

test('it goes again to whom it was written to and did not reach, and to nobody while it is on its way', () => {
  const missedAfter = (...changes: Entry[]) => {
    const [after] = changes.reduce((held, change) => applyRevision(held, change), [message] as readonly Entry[])
    return after && isMessage(after) ? missedRecipients(after) : null
  }
  expect(missedAfter()).toEqual([])
  expect(missedAfter(failed(2, 'A@Example.com', c))).toEqual([a])
  expect(missedAfter(failed(2, a), again)).toEqual([])
  expect(missedAfter(failed(2, a), again, about(5, 'message.unsure', { problem: { code: 'no-answer' } }))).toEqual([a])
})

test('our reaction is known with the message, that of the customer is not', () => {
  const reacted = (seq: number, emoji: string | null, author: object): Entry =>
    entry.parse({
      ...base,
      id: id(seq),
      seq,
      publicSeq: seq,
      kind: 'message.reacted',
      author,
      body: { targetId: message.id, emoji },
    })
  const [agent, contact] = [
    { type: 'agent', id: id(9) },
    { type: 'contact', id: id(8) },
  ]
  const after = (...changes: Entry[]): unknown => {
    const [held] = changes.reduce((entries, change) => applyRevision(entries, change), [message] as readonly Entry[])
    return held && 'revision' in held ? held.revision?.reaction : null
  }
  expect(after(reacted(2, '👍', agent), reacted(3, '❤️', contact))).toBe('👍')
  expect(after(reacted(2, '👍', agent), reacted(3, '🍵', agent))).toBe('🍵')
  expect(after(reacted(2, '👍', agent), reacted(3, null, agent))).toBeUndefined()
})
