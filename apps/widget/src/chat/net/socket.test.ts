import type { VisitorServerFrame } from '@qiao/protocol/frames'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Connection, createLine } from './socket.ts'

class FakeSocket extends EventTarget {
  static all: FakeSocket[] = []
  readyState = 0
  sent: string[] = []

  constructor() {
    super()
    FakeSocket.all.push(this)
  }
  send(text: string): void {
    this.sent.push(text)
  }
  close(): void {
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }
  accept(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
    this.say({ type: 'ready', contactId: 'c', serverTime: '' })
  }
  say(frame: VisitorServerFrame): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(frame) }))
  }
}

function setUp(token: string | null = 'token') {
  FakeSocket.all = []
  const states: Connection[] = []
  const frames: VisitorServerFrame[] = []
  const line = createLine({
    url: 'ws://here',
    token: () => token,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
    open: () => new FakeSocket() as unknown as WebSocket,
    random: () => 1,
  })
  const latest = (): FakeSocket => FakeSocket.all.at(-1) ?? new FakeSocket()
  return { line, states, frames, latest }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the line', () => {
  it('does not connect for nobody', () => {
    const { line } = setUp(null)
    line.connect()
    expect(FakeSocket.all).toHaveLength(0)
  })

  it('says hello first and is online when the server is ready', () => {
    const { line, states, latest } = setUp()
    line.connect()
    expect(line.send({ type: 'ping' })).toBe(false)
    latest().accept()
    expect(latest().sent).toEqual(['{"type":"hello","token":"token"}'])
    expect(states).toEqual(['connecting', 'online'])
    expect(line.send({ type: 'ping' })).toBe(true)
  })

  it('comes back with growing pauses that a success resets', async () => {
    const { line, latest } = setUp()
    line.connect()
    latest().close()
    await vi.advanceTimersByTimeAsync(999)
    expect(FakeSocket.all).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(FakeSocket.all).toHaveLength(2)
    latest().close()
    await vi.advanceTimersByTimeAsync(1999)
    expect(FakeSocket.all).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1)
    latest().accept()
    latest().close()
    await vi.advanceTimersByTimeAsync(1000)
    expect(FakeSocket.all).toHaveLength(4)
  })

  it('lets go of a socket that no longer answers', async () => {
    const { line, states, latest } = setUp()
    line.connect()
    latest().accept()
    await vi.advanceTimersByTimeAsync(25_000)
    expect(latest().sent).toContain('{"type":"ping"}')
    latest().say({ type: 'pong' })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(states.at(-1)).toBe('online')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(states.at(-1)).toBe('offline')
  })

  it('gives up a connection that never becomes ready', async () => {
    const { line, states } = setUp()
    line.connect()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(states).toEqual(['connecting', 'offline'])
  })

  it('stays away once stopped', async () => {
    const { line, states, latest } = setUp()
    line.connect()
    latest().accept()
    line.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(FakeSocket.all).toHaveLength(1)
    expect(states.at(-1)).toBe('idle')
  })
})
