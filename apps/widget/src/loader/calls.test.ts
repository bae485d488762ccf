import { describe, expect, it, vi } from 'vitest'
import type { Qiao } from '../sdk.ts'
import { createCalls } from './calls.ts'
import type { Widget } from './widget.ts'

const fakeWidget = () => ({
  set: vi.fn<Widget['set']>(),
  toggle: vi.fn<Widget['toggle']>(),
  show: vi.fn<Widget['show']>(),
  command: vi.fn<Widget['command']>(),
  unread: vi.fn<Widget['unread']>(() => 3),
  listen: vi.fn<Widget['listen']>(),
})

describe('Qiao(…)', () => {
  it('carries out, in order, what the page said before the script came', () => {
    const page: { Qiao?: Qiao } = {
      Qiao: Object.assign(() => undefined, { q: [['identify', 'jwt'], ['open']] }) as never,
    }
    const calls = createCalls(page)
    const widget = fakeWidget()
    page.Qiao?.('track', 'cart', { items: 2 })
    expect(widget.command).not.toHaveBeenCalled()
    calls.serve(widget)
    expect(widget.command.mock.calls.map(([message]) => message)).toEqual([
      { type: 'command', name: 'identify', args: ['jwt'] },
      { type: 'command', name: 'track', args: ['cart', { items: 2 }] },
    ])
    expect(widget.set).toHaveBeenCalledExactlyOnceWith(true)
  })

  it('answers unreadCount by promise and by callback', async () => {
    const page: { Qiao?: Qiao } = {}
    const calls = createCalls(page)
    const callback = vi.fn<(count: number) => void>()
    const answer = page.Qiao?.('unreadCount', callback)
    calls.serve(fakeWidget())
    await expect(answer).resolves.toBe(3)
    expect(callback).toHaveBeenCalledWith(3)
  })

  it('keeps listeners on the page and copies everything else', () => {
    const page: { Qiao?: Qiao } = {}
    const widget = fakeWidget()
    createCalls(page).serve(widget)
    const listener = vi.fn<() => void>()
    page.Qiao?.('on', 'message', listener)
    expect(widget.listen).toHaveBeenCalledWith('message', listener, true)
    page.Qiao?.('off', 'message', listener)
    expect(widget.listen).toHaveBeenLastCalledWith('message', listener, false)
    const properties = { when: () => 1, items: 2 } as never
    page.Qiao?.('track', 'cart', properties)
    expect(widget.command.mock.lastCall?.[0].args).toEqual(['cart', { items: 2 }])
  })

  it('ignores a second copy of the script and unknown commands', () => {
    const page: { Qiao?: Qiao } = {}
    expect(createCalls(page).first).toBe(true)
    const first = page.Qiao
    expect(createCalls(page).first).toBe(false)
    expect(page.Qiao).toBe(first)
    const widget = fakeWidget()
    createCalls({}).serve(widget)
    expect(() => page.Qiao?.('nonsense' as 'open')).not.toThrow()
  })
})
