import type { Entry } from '@qiao/protocol/entries'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chatId, conversation, queued, queueLeft } from '../testing/timeline.ts'
import { provideParts } from '../testing/provide-parts.ts'
import { applyEntries } from './core/apply-entries.ts'
import { emptyState } from './core/state.ts'
import { leaveQueue, leaving } from './leave-queue.ts'
import type { Api } from './net/api.ts'
import { Refusal } from './net/problem.ts'
import { notice, state } from './store.ts'

const ask = vi.fn<Api['leaveQueue']>()
const me = vi.fn<() => Promise<unknown>>()
const keys = (): string[] => ask.mock.calls.map(([, body]) => body.clientKey)
const answers = (...entries: Entry[]) => Promise.resolve({ entries })

beforeEach(() => {
  ask.mockReset()
  me.mockReset()
  notice.value = null
  const known = { ...emptyState, conversations: new Map([[chatId, conversation()]]) }
  state.value = applyEntries(known, chatId, [queued(1)])
  provideParts({ api: { leaveQueue: ask, me }, session: { token: () => 'token' } })
})

describe('leaving the queue', () => {
  it('shows at once, and ends with what the server wrote down', async () => {
    ask.mockReturnValue(answers(queueLeft(2, 'callback', '138')))
    const left = leaveQueue(chatId, { instead: 'callback', phone: '138' })
    expect(leaving.value.get(chatId)).toEqual({ instead: 'callback', phone: '138' })
    await left
    expect(leaving.value.size).toBe(0)
    expect(state.value.conversations.get(chatId)?.queued).toBe(false)
  })

  it('asks once, however often it is pressed', async () => {
    ask.mockReturnValue(answers(queueLeft(2, 'left')))
    await Promise.all([leaveQueue(chatId, { instead: 'nothing' }), leaveQueue(chatId, { instead: 'nothing' })])
    expect(ask).toHaveBeenCalledOnce()
  })

  it('is the same request after a lost answer, and another one for another choice', async () => {
    ask.mockRejectedValue(new Refusal('offline'))
    await leaveQueue(chatId, { instead: 'message' })
    expect(leaving.value.size).toBe(0)
    expect(notice.value).not.toBeNull()
    await leaveQueue(chatId, { instead: 'nothing' })
    await leaveQueue(chatId, { instead: 'message' })
    const [first, second, third] = keys()
    expect(third).toBe(first)
    expect(second).not.toBe(first)
  })

  it('that comes too late reads what happened instead, and blames nobody', async () => {
    ask.mockRejectedValue(new Refusal('not-waiting'))
    me.mockResolvedValue({ visitor: null, conversations: [conversation({ lastSeq: 1 })], agents: [], places: [] })
    await leaveQueue(chatId, { instead: 'nothing' })
    expect(me).toHaveBeenCalledOnce()
    expect(notice.value).toBeNull()
    expect(leaving.value.size).toBe(0)
  })
})
