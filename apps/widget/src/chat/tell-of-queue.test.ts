import { expect, it, vi } from 'vitest'
import { assigned, chatId, conversation, li, place, queued } from '../testing/timeline.ts'
import { applyEntries } from './core/apply-entries.ts'
import { applyFrame } from './core/apply-frame.ts'
import { emptyState } from './core/state.ts'
import { announced, state, view } from './store.ts'
import { tellOfQueue } from './tell-of-queue.ts'
import { useLocale } from './words/words.ts'

it('screen readers hear each new place and who takes over, but not each new range', async () => {
  vi.stubGlobal('document', { documentElement: {} })
  await useLocale('zh-CN', {})
  const known = { ...emptyState, agents: new Map([[li.id, li]]), conversations: new Map([[chatId, conversation()]]) }
  state.value = applyEntries(known, chatId, [queued(1)])
  tellOfQueue()
  expect(announced.value).toBe('')
  view.value = { name: 'thread', id: chatId }
  expect(announced.value).toBe('正在为您安排客服')

  const moved = (position: number, highSeconds: number): string => {
    const shown = place({ position, wait: { lowSeconds: 60, highSeconds } })
    const frame = {
      type: 'queue',
      conversationId: chatId,
      place: shown,
      connecting: false,
      connectingText: null,
    } as const
    state.value = applyFrame(state.value, frame, 0)
    return announced.value
  }
  expect(moved(3, 300)).toBe('您前面还有 2 位，预计 1–5 分钟')
  expect(moved(3, 240)).toBe('您前面还有 2 位，预计 1–5 分钟')
  expect(moved(2, 240)).toBe('您前面还有 1 位，预计 1–4 分钟')

  state.value = applyEntries(state.value, chatId, [assigned(2)])
  expect(announced.value).toBe('客服 Li Na 为您服务')
})
