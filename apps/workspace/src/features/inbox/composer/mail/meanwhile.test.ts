import type { Entry } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { newestSeq, nothingNew, saidSince } from './meanwhile.ts'

let seq = 0
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what is looked at
const entry = (kind: string, author: object, conversationId = 'c') =>
  ({ kind, author, conversationId, seq: ++seq }) as Entry
const by = (id: string) => ({ type: 'agent', id })
const entries = [
  entry('message.received', { type: 'contact', id: 'x' }),
  entry('message.sent', by('li')),
  entry('message.sent', by('me')),
  entry('message.sent', { type: 'system' }),
  entry('note.added', by('wang')),
  entry('message.sent', by('li')),
  entry('message.sent', by('zhao'), 'another'),
  entry('message.received', { type: 'contact', id: 'x' }),
]
const since = (sinceSeq: number | undefined) => saidSince(entries, { conversationId: 'c', sinceSeq, meId: 'me' })

test('what colleagues and the customer said since then, each named once', () =>
  expect(since(1)).toEqual({ answeredBy: ['li'], notedBy: ['wang'], customerWrote: true }))

test('what was there already is known; before anything is known nothing is new', () => {
  expect(since(6)).toEqual({ ...nothingNew, customerWrote: true })
  expect(since(newestSeq(entries, 'c'))).toEqual(nothingNew)
  expect(since(undefined)).toEqual(nothingNew)
  expect(newestSeq([], 'c')).toBeUndefined()
})
