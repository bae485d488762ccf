import type { Entry } from '@qiao/protocol/entries'
import { describe, expect, it } from 'vitest'
import { assigned, chatId, queued, received, recalled, sent } from '../../testing/timeline.ts'
import type { OutboxItem } from './outbox.ts'
import { toRows } from './rows.ts'

const item = (clientKey: string): OutboxItem => ({
  clientKey,
  threadId: chatId,
  conversationId: chatId,
  body: { content: { type: 'text', text: 'later' } },
  at: '2026-01-06T08:00:00.000Z',
  state: 'queued',
})

describe('rows', () => {
  it('group one speaker, part days, and leave out what only revises', () => {
    const first = sent(1)
    const rows = toRows([first, sent(2), received(3), recalled(4, first)], [])
    expect(rows.map((row) => row.type)).toEqual(['day', 'message', 'message', 'message'])
    expect(rows[1]).toMatchObject({ first: true, last: false, mine: false })
    expect(rows[2]).toMatchObject({ first: false, last: true })
    expect(rows[3]).toMatchObject({ first: true, last: true, mine: true })
  })

  it('say who joined, not who left', () => {
    expect(toRows([assigned(1), assigned(2, null)], []).map((row) => row.type)).toEqual(['day', 'event'])
  })

  it('leave what is said with a reaction to the message that it is about', () => {
    const reacted = { ...sent(2), kind: 'message.reacted', body: { targetId: received(1).id, emoji: '👍' } } as Entry
    const shown = toRows([received(1), reacted, received(3)], [])
    expect(shown).toMatchObject([{ type: 'day' }, { type: 'message', last: false }, { type: 'message', first: false }])
  })

  it('show what waits after the timeline, and only until its entry is there', () => {
    const waiting = toRows([sent(1)], [item('key-0001')])
    expect(waiting.map((row) => row.type)).toEqual(['day', 'message', 'day', 'waiting'])
    const stored = toRows([sent(1), received(2, 'later', 'key-0001')], [item('key-0001')])
    expect(stored.map((row) => row.type)).toEqual(['day', 'message', 'message'])
  })

  it('tell that a message was left once: by the server’s own words where it has some', () => {
    const notice = { ...sent(3, 'We have your message'), body: { ...sent(3).body, notice: true } } as Entry
    const types = (...entries: Entry[]) => toRows(entries, []).map((row) => row.type)
    expect(types(received(1), queued(2, 'message'))).toEqual(['day', 'message', 'event'])
    expect(types(received(1), queued(2, 'message'), notice)).toEqual(['day', 'message', 'message'])
    expect(types(received(1), notice, queued(4, 'message'))).toEqual(['day', 'message', 'message'])
  })

  it('of what is said at an address that was only named, tell that it was answered and nothing else', () => {
    const apart = (entry: Entry, part: object = {}) =>
      ({ ...entry, author: { type: 'system' }, body: Object.assign({}, entry.body, { apart: true }, part) }) as Entry
    const shown = toRows([received(1), apart(sent(2), { notice: true }), apart(sent(3)), apart(received(4))], [])
    expect(shown.map((row) => row.type)).toEqual(['day', 'message', 'apart'])
    // It is no acknowledgement of the chat's own.
    const types = toRows([received(1), queued(2, 'message'), apart(sent(3), { notice: true })], [])
    expect(types.map((row) => row.type)).toEqual(['day', 'message', 'event'])
  })
})
