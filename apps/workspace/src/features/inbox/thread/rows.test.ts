import { describe, expect, test } from 'vitest'
import { noted, received, recalled, sampleItem, sent } from '../../../shared/conversations/sample.ts'
import type { OutboxItem } from '../outbox.ts'
import { type Row, buildRows, rowKey } from './rows.ts'

const item = sampleItem(1)
const types = (rows: readonly Row[]): string[] => rows.map(({ type }) => type)
const pending = (clientKey: string): OutboxItem => ({
  clientKey,
  conversationId: item.conversation.id,
  at: received(9).at,
  body: { type: 'reply', content: { type: 'text', text: 'x', markup: 'light' } },
  state: 'sending',
  error: null,
})

test('a whole conversation begins with its separator and its day', () => {
  expect(types(buildRows([{ item, entries: [received(1), noted(2)] }], []))).toEqual([
    'conversation',
    'day',
    'message',
    'note',
  ])
})

test('a part from the middle has no separator yet; earlier conversations do', () => {
  expect(types(buildRows([{ item, entries: [received(7)] }], []))).toEqual(['day', 'message'])
  const two = buildRows(
    [
      { item, entries: [received(1)] },
      { item: sampleItem(2), entries: [received(1)] },
    ],
    [],
  )
  expect(types(two)).toEqual(['conversation', 'day', 'message', 'conversation', 'day', 'message'])
})

test('with each entry that arrives, rows that stand where they stood are the same', () => {
  const entries = [received(1), received(2), noted(3)]
  const before = buildRows([{ item, entries }], [])
  const after = buildRows([{ item, entries: [...entries, received(4)] }], [])
  expect(after.slice(1, before.length).every((row, at) => row === before[at + 1])).toBe(true)
  expect(after).toHaveLength(before.length + 1)
})

test('history that comes in above regroups the row below it', () => {
  const grouped = (rows: readonly Row[]) => rows.flatMap((row) => (row.type === 'message' ? [row.grouped] : []))
  const [first, second] = [received(1), received(2)]
  expect(grouped(buildRows([{ item, entries: [second] }], []))).toEqual([false])
  expect(grouped(buildRows([{ item, entries: [first, second] }], []))).toEqual([false, true])
})

test('messages of one person within three minutes stand together; edits and recalls are no rows', () => {
  const rows = buildRows([{ item, entries: [received(1), received(2), recalled(3, received(2).id), sent(4)] }], [])
  const messages = rows.flatMap((row) => (row.type === 'message' ? [row.grouped] : []))
  expect(messages).toEqual([false, true, false])
})

describe('how far a message has got', () => {
  const entries = [sent(1), sent(2), sent(3), sent(4)]
  const deliveries = (contactReadSeq: number, contactDeliveredSeq: number) => {
    const marks = { contactReadSeq, contactDeliveredSeq, agentReadSeq: 0 }
    const rows = buildRows([{ item: { ...item, marks }, entries }], [])
    return rows.flatMap((row) => (row.type === 'message' ? [row.delivery] : []))
  }
  test('is told once for each state, under the last that has it', () => {
    expect(deliveries(1, 3)).toEqual(['read', null, 'delivered', 'sent'])
    expect(deliveries(4, 4)).toEqual([null, null, null, 'read'])
    expect(deliveries(0, 0)).toEqual([null, null, null, 'sent'])
  })
  test('is queued on a channel until the provider has it; trouble is told at each message that has it', () => {
    const marks = { sentSeq: 3, contactReadSeq: 0, contactDeliveredSeq: 0, agentReadSeq: 0 }
    const problem = { code: 'unreachable' }
    const outgoing = { state: 'failed' as const, problem, dismissed: false }
    const revision = { editedAt: null, recalledAt: null, content: null, outgoing }
    const troubled = [{ ...sent(1), revision }, { ...sent(2), revision }, sent(3), sent(4)]
    const rows = buildRows([{ item: { ...item, marks }, entries: troubled }], [])
    expect(rows.flatMap((row) => (row.type === 'message' ? [row.delivery] : []))).toEqual([
      'failed',
      'failed',
      'sent',
      'queued',
    ])
  })
})

test('a pending message keeps its row when its entry arrives', () => {
  const before = buildRows([{ item, entries: [received(1)] }], [pending('key-12345')])
  expect(before.at(-1)).toMatchObject({ type: 'pending', key: rowKey(item.conversation.id, 'key-12345') })
  const after = buildRows(
    [{ item, entries: [received(1), { ...sent(2), clientKey: 'key-12345' }] }],
    [pending('key-12345')],
  )
  expect(after.filter(({ key }) => key === rowKey(item.conversation.id, 'key-12345')).map(({ type }) => type)).toEqual([
    'message',
  ])
})

test('what a customer says with one command has a row of its own each', () => {
  const entries = [received(1), received(2)].map((entry) => ({ ...entry, clientKey: 'form-and-words' }))
  const keys = buildRows([{ item, entries }], []).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

describe('what agents say among themselves', () => {
  const base = (seq: number) => ({ ...noted(seq), clientKey: null })
  const asked = {
    ...base(2),
    kind: 'consult.started',
    body: { consultId: 'k', agentId: 'agent-3', text: 'why?' },
  } as const
  const said = { ...base(4), kind: 'consult.said', body: { consultId: 'k', text: 'because' } } as const
  const ended = { ...base(5), kind: 'consult.ended', body: { consultId: 'k' } } as const
  const whispered = { ...base(6), kind: 'whisper.added', body: { text: 'psst' } } as const
  const entries = [received(1), asked, received(3), said, ended, whispered]

  test('a consultation that is over stands where it began, with all its words; a whisper is a row of its own', () => {
    const rows = buildRows([{ item, entries }], [])
    expect(types(rows)).toEqual(['conversation', 'day', 'message', 'consult', 'message', 'whisper'])
    const [consult] = rows.flatMap((row) => (row.type === 'consult' ? [row.consult] : []))
    expect(consult?.said.map(({ text }) => text)).toEqual(['why?', 'because'])
    expect(consult?.agentId).toBe('agent-3')
  })
  test('one that goes on is not in the history yet', () => {
    const going = sampleItem(1, { consults: [{ id: 'k', agentId: 'agent-3' }] })
    expect(types(buildRows([{ item: going, entries: [received(1), asked, said] }], []))).not.toContain('consult')
  })
})
