import type { VisitorClientFrame, VisitorServerFrame } from '@qiao/protocol/frames'
import { backOffMs } from '../core/back-off.ts'

export type Connection = 'idle' | 'connecting' | 'online' | 'offline'

interface SocketOptions {
  url: string
  token: () => string | null
  onFrame: (frame: VisitorServerFrame) => void
  onState: (state: Connection) => void
  open?: (url: string) => WebSocket
  random?: () => number
}

export interface Line {
  /** Connects, or reconnects at once when it waits for its next try. */
  connect(): void
  stop(): void
  /** False when there is no working connection; the caller keeps the frame or uses HTTP. */
  send(frame: VisitorClientFrame): boolean
  /** Asks for a sign of life: after sleep or a change of network a socket may be dead without knowing it. */
  check(): void
}

const pingEveryMs = 25_000
const answerWithinMs = 10_000

export function createLine({
  url,
  token,
  onFrame,
  onState,
  open = (to) => new WebSocket(to),
  random,
}: SocketOptions): Line {
  let socket: WebSocket | null = null
  let ready = false
  let wanted = false
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let heartbeat: ReturnType<typeof setInterval> | undefined
  let deadline: ReturnType<typeof setTimeout> | undefined

  const expectAnswer = (): void => {
    deadline ??= setTimeout(() => lose(), answerWithinMs)
  }
  const answered = (): void => {
    clearTimeout(deadline)
    deadline = undefined
  }

  /** A half-open socket does not report its end for minutes, so we let go of it ourselves. */
  function lose(): void {
    const lost = socket
    socket = null
    ready = false
    answered()
    clearInterval(heartbeat)
    if (lost) {
      lost.onclose = lost.onmessage = lost.onopen = null
      lost.close()
    }
    if (!wanted) return
    onState('offline')
    clearTimeout(retry)
    retry = setTimeout(connect, backOffMs(attempt, random))
    attempt += 1
  }

  function receive(data: unknown): void {
    answered()
    if (typeof data !== 'string') return
    let frame: VisitorServerFrame
    try {
      frame = JSON.parse(data) as VisitorServerFrame
    } catch {
      return
    }
    if (frame.type === 'ready') {
      ready = true
      attempt = 0
      heartbeat = setInterval(ping, pingEveryMs)
      onState('online')
    }
    onFrame(frame)
  }

  function ping(): void {
    if (send({ type: 'ping' })) expectAnswer()
  }

  function connect(): void {
    wanted = true
    const bearer = token()
    if (socket || bearer === null) return
    clearTimeout(retry)
    onState('connecting')
    const opened = open(url)
    socket = opened
    expectAnswer()
    opened.onopen = () => opened.send(JSON.stringify({ type: 'hello', token: bearer } satisfies VisitorClientFrame))
    opened.onmessage = (event: MessageEvent<unknown>) => receive(event.data)
    opened.onclose = () => lose()
  }

  function send(frame: VisitorClientFrame): boolean {
    if (!ready || socket?.readyState !== 1) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  return {
    connect,
    send,
    check: () => (ready ? ping() : connect()),
    stop() {
      wanted = false
      clearTimeout(retry)
      lose()
      onState('idle')
    },
  }
}
