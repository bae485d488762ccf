import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chatId } from '../testing/timeline.ts'
import { provideParts } from '../testing/provide-parts.ts'
import type { OutboxItem } from './core/outbox.ts'
import { leaveMessage } from './leave-message.ts'
import { drafts, setDraft, type Upload, uploads, view } from './store.ts'

const add = vi.fn<(item: OutboxItem) => void>()
const field = (name: string, label: string, type: 'text' | 'checkbox' | 'number') => ({
  name,
  label,
  type,
  required: false,
})
const links = { download: '/d', view: null, thumbnail: null, expiresAt: '2026-01-05T09:00:00.000Z' }
const stored = { id: 'file-1', kind: 'file' as const, name: 'a.pdf', mime: 'application/pdf', bytes: 9 }
const upload: Upload = {
  id: 'file-1',
  threadId: 'leave',
  file: new Blob(),
  name: 'a.pdf',
  kind: 'file',
  preview: null,
  progress: 1,
  error: null,
  held: true,
  attachment: { ...stored, state: 'ready', progress: 100, failure: null, links },
  cancel: () => undefined,
}
const written = {
  conversationId: null,
  fields: [field('order', '订单号', 'text'), field('gift', '礼品', 'checkbox'), field('n', '数量', 'number')],
  values: { order: 'CM-1', gift: true, n: 3 },
  text: '发票抬头写错了',
  topic: { key: 'invoice', label: '发票' },
  files: [upload],
  answerBy: { way: 'mail' as const, address: 'fang@example.com' },
}

beforeEach(() => {
  add.mockReset()
  uploads.value = [upload]
  setDraft('start', '发票抬头写错了')
  provideParts({ outbox: { add } })
})

describe('leaving a message', () => {
  it('puts all of it into the outbox and opens its thread', () => {
    leaveMessage(written)
    const [item] = add.mock.calls[0] ?? []
    expect(item).toMatchObject({
      conversationId: null,
      state: 'queued',
      left: {
        ask: {
          text: '发票抬头写错了',
          topic: 'invoice',
          values: { order: 'CM-1', gift: true, n: 3 },
          attachmentIds: ['file-1'],
          answerBy: { way: 'mail', address: 'fang@example.com' },
        },
        content: {
          topic: { key: 'invoice', label: '发票' },
          values: [
            { label: '订单号', value: 'CM-1' },
            { label: '礼品', value: '✓' },
            { label: '数量', value: '3' },
          ],
        },
      },
    })
    // Links are short-lived: what is kept across a reload holds none.
    expect(item?.left?.content.files).toEqual([stored])
    expect(view.value).toEqual({ name: 'thread', id: item?.threadId })
    expect(uploads.value).toEqual([])
    expect(drafts.value.get('start')).toBe('')
  })

  it('out of a queue stays in its conversation', () => {
    leaveMessage({ ...written, conversationId: chatId, topic: null, files: [] })
    expect(add.mock.calls[0]?.[0]).toMatchObject({ threadId: chatId, conversationId: chatId })
    expect(add.mock.calls[0]?.[0].left?.ask).not.toHaveProperty('topic')
  })
})
