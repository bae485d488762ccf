import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryArea, memoryKeep } from '../testing/memory-keep.ts'
import type { OutboxItem } from './core/outbox.ts'
import { Refusal } from './net/problem.ts'
import { createOutbox } from './outbox.ts'

const message = (text: string, threadId = 'draft', conversationId: string | null = null): OutboxItem => ({
  clientKey: `key-${text}`,
  threadId,
  conversationId,
  body: { content: { type: 'text', text } },
  at: `2026-01-05T08:00:0${text.length}.000Z`,
  state: 'queued',
})

function setUp(area = memoryArea()) {
  const delivered: { key: string; to: string | null }[] = []
  const world = { answer: async (item: OutboxItem) => ({ conversationId: item.conversationId ?? 'chat-1' }) }
  let shown: readonly OutboxItem[] = []
  const moved = vi.fn<(from: string, to: string) => void>()
  const outbox = createOutbox({
    keep: memoryKeep(area),
    deliver: async (item) => {
      const answer = await world.answer(item)
      delivered.push({ key: item.clientKey, to: item.conversationId })
      return answer
    },
    onChange: (items) => {
      shown = items
    },
    onMoved: moved,
  })
  return { outbox, delivered, world, moved, shown: () => shown, area }
}

const settle = () => vi.advanceTimersByTimeAsync(0)
const offline = async (): Promise<never> => {
  throw new Refusal('offline')
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the outbox', () => {
  it('sends in order, and the second into the conversation that the first began', async () => {
    const { outbox, delivered, moved, shown } = setUp()
    outbox.add(message('a'))
    outbox.add(message('bb'))
    await settle()
    expect(delivered).toEqual([
      { key: 'key-a', to: null },
      { key: 'key-bb', to: 'chat-1' },
    ])
    expect(moved).toHaveBeenCalledExactlyOnceWith('draft', 'chat-1')
    expect(shown()).toEqual([])
  })

  it('keeps what was typed without network across a reload and sends it once, under the same key', async () => {
    const first = setUp()
    first.world.answer = offline
    first.outbox.add(message('a', 'chat-1', 'chat-1'))
    await settle()
    expect(first.shown()).toMatchObject([{ clientKey: 'key-a', state: 'queued', code: 'offline' }])

    const second = setUp(first.area)
    expect(second.shown()).toMatchObject([{ clientKey: 'key-a' }])
    await second.outbox.flush()
    expect(second.delivered).toEqual([{ key: 'key-a', to: 'chat-1' }])
    expect(setUp(first.area).shown()).toEqual([])
  })

  it('tries again by itself after a back-off', async () => {
    const { outbox, delivered, world } = setUp()
    const good = world.answer
    world.answer = offline
    outbox.add(message('a'))
    await settle()
    world.answer = good
    await vi.advanceTimersByTimeAsync(1100)
    expect(delivered).toHaveLength(1)
  })

  it('waits as long as the server says', async () => {
    const { outbox, delivered, world } = setUp()
    const good = world.answer
    const problem = { type: '', title: '', status: 429, code: 'rate-limited', retryAfterSeconds: 9 } as const
    world.answer = () => Promise.reject(new Refusal('rate-limited', problem))
    outbox.add(message('a'))
    await settle()
    world.answer = good
    await vi.advanceTimersByTimeAsync(8900)
    // Neither a further message nor a socket that opens cuts the time short.
    outbox.add(message('bb'))
    void outbox.flush()
    await settle()
    expect(delivered).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(delivered.map(({ key }) => key)).toEqual(['key-a', 'key-bb'])
  })

  it('shows a refused message with its reason and lets the next pass', async () => {
    const { outbox, delivered, world, shown } = setUp()
    const good = world.answer
    world.answer = (item) => (item.clientKey === 'key-a' ? Promise.reject(new Refusal('text-too-long')) : good(item))
    outbox.add(message('a', 'chat-1', 'chat-1'))
    outbox.add(message('bb', 'chat-1', 'chat-1'))
    await settle()
    expect(shown()).toMatchObject([{ clientKey: 'key-a', state: 'failed', code: 'text-too-long' }])
    expect(delivered).toEqual([{ key: 'key-bb', to: 'chat-1' }])
    world.answer = good
    outbox.retry('key-a')
    await settle()
    expect(shown()).toEqual([])
  })

  it('brings nothing back after logging out', async () => {
    const { outbox, world, shown, area } = setUp()
    let fail = (): void => undefined
    world.answer = () => new Promise((_, reject) => (fail = () => reject(new Refusal('offline'))))
    outbox.add(message('a'))
    await settle()
    outbox.clear()
    fail()
    await settle()
    expect(shown()).toEqual([])
    expect(area.length).toBe(0)
  })

  it('leaves messages of another tab alone and sees them', async () => {
    const area = memoryArea()
    const one = setUp(area)
    one.world.answer = offline
    one.outbox.add(message('a'))
    await settle()
    const two = setUp(area)
    two.world.answer = offline
    two.outbox.add(message('bb'))
    await settle()
    one.outbox.reload()
    expect(one.shown().map((item) => item.clientKey)).toEqual(['key-a', 'key-bb'])
  })
})
