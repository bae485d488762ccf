import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chatId, conversation, received } from '../testing/timeline.ts'
import { provideParts } from '../testing/provide-parts.ts'
import type { OutboxItem } from './core/outbox.ts'
import { emptyState } from './core/state.ts'
import { deliver } from './deliver.ts'
import type { Api } from './net/api.ts'
import { Refusal } from './net/problem.ts'
import { state } from './store.ts'

const leave = vi.fn<Api['leaveMessage']>()
const send = vi.fn<Api['send']>()
const add = vi.fn<(item: OutboxItem) => void>()
const drop = vi.fn<() => void>()
const answer = { conversation: conversation({ lastSeq: 1 }), entries: [received(1, '发票抬头写错了', 'key-0001')] }

const photo = { id: 'file-1', kind: 'image' as const, name: 'a.jpg', mime: 'image/jpeg', bytes: 12 }
const item = (conversationId: string | null = null): OutboxItem => ({
  clientKey: 'key-0001',
  threadId: conversationId ?? 'draft',
  conversationId,
  body: { content: { type: 'text', text: '发票抬头写错了' } },
  left: {
    ask: { values: {}, text: '发票抬头写错了', topic: 'invoice', attachmentIds: ['file-1'] },
    content: {
      type: 'left-message',
      text: '发票抬头写错了',
      topic: { key: 'invoice', label: '发票' },
      values: [],
      files: [photo],
      answerBy: { way: 'chat' },
    },
  },
  at: '2026-01-05T08:00:00.000Z',
  state: 'sending',
})

beforeEach(() => {
  for (const spy of [leave, send, add, drop]) spy.mockReset()
  state.value = emptyState
  const parts = {
    api: { leaveMessage: leave, send },
    session: { ensure: async () => 'token', drop },
    line: { connect: () => undefined, send: () => true },
    outbox: { add },
  }
  provideParts(parts)
})

describe('a message that is left', () => {
  it('goes to the server as one, under its key, and is in the thread', async () => {
    leave.mockResolvedValue(answer)
    await expect(deliver(item())).resolves.toEqual({ conversationId: chatId })
    expect(leave).toHaveBeenCalledExactlyOnceWith({
      ...item().left?.ask,
      clientKey: 'key-0001',
      conversationId: null,
    })
    expect(send).not.toHaveBeenCalled()
    expect(state.value.threads.get(chatId)?.entries).toHaveLength(1)
  })

  it('names the conversation that waits', async () => {
    leave.mockResolvedValue(answer)
    await deliver(item(chatId))
    expect(leave.mock.calls[0]?.[0]).toMatchObject({ conversationId: chatId })
  })

  it('reaches whoever was faster, with its files', async () => {
    leave.mockRejectedValue(new Refusal('not-waiting'))
    send.mockResolvedValue(answer)
    await deliver(item(chatId))
    expect(send).toHaveBeenCalledExactlyOnceWith({
      clientKey: 'key-0001',
      conversationId: chatId,
      content: { type: 'text', text: '发票抬头写错了' },
    })
    expect(add.mock.calls.map(([said]) => said.body.content)).toMatchObject([
      { type: 'image', attachment: { id: 'file-1' } },
    ])
  })

  it('begins a chat where the doors have opened meanwhile', async () => {
    leave.mockRejectedValue(new Refusal('conflict'))
    send.mockResolvedValue(answer)
    await deliver(item())
    expect(send.mock.calls[0]?.[0]).toMatchObject({ clientKey: 'key-0001', conversationId: null })
  })

  it('is said by a new visitor where the token is gone', async () => {
    leave.mockRejectedValueOnce(new Refusal('visitor-token-invalid')).mockResolvedValueOnce(answer)
    await deliver(item(chatId))
    expect(drop).toHaveBeenCalledOnce()
    expect(leave.mock.calls[1]?.[0]).toMatchObject({ conversationId: null })
  })

  it('stays with its reason where the server refuses it', async () => {
    leave.mockRejectedValue(new Refusal('inbox-paused'))
    await expect(deliver(item())).rejects.toMatchObject({ code: 'inbox-paused' })
  })
})
