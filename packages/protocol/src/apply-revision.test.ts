import { expect, test } from 'vitest'
import { applyRevision, type Entry, entry } from './index.ts'

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
