import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { frameQueue } from './frame-queue.ts'

let draw: (() => void)[] = []
let page: { visibilityState: string }
beforeEach(() => {
  vi.useFakeTimers()
  draw = []
  page = { visibilityState: 'visible' }
  vi.stubGlobal('document', page)
  vi.stubGlobal('requestAnimationFrame', (turn: () => void) => draw.push(turn))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => void draw.splice(id - 1, 1, () => undefined))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('frames of one turn of the screen come together, in their order, after it was drawn', () => {
  const seen: string[] = []
  const queue = frameQueue<string>((frame) => seen.push(frame))
  queue.push('a')
  queue.push('b')
  for (const turn of draw) turn()
  expect(seen).toEqual([])
  queue.push('c')
  vi.advanceTimersByTime(1)
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('a window that is not drawn gets them all the same, and a hidden page at once with what waited', () => {
  const seen: string[] = []
  const queue = frameQueue<string>((frame) => seen.push(frame))
  queue.push('a')
  vi.advanceTimersByTime(100)
  expect(seen).toEqual(['a'])
  queue.push('b')
  page.visibilityState = 'hidden'
  queue.push('c')
  expect(seen).toEqual(['a', 'b', 'c'])
  vi.advanceTimersByTime(1000)
  for (const turn of draw) turn()
  vi.advanceTimersByTime(1000)
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('a closed connection hands on nothing more', () => {
  const seen: string[] = []
  const queue = frameQueue<string>((frame) => seen.push(frame))
  queue.push('a')
  queue.stop()
  vi.advanceTimersByTime(1000)
  expect(seen).toEqual([])
})
