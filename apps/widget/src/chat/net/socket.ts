import { pingEverySeconds } from '@qiao/protocol/frame-limits'
import type { VisitorClientFrame, VisitorServerFrame } from '@qiao/protocol/frames'
import { trusted } from '../../shared/trusted.ts'
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

const pingEveryMs = pingEverySeconds * 1000
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
    lost?.close()
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
      frame = trusted<VisitorServerFrame>(JSON.parse(data))
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
    // A socket that was let go may still report; only the present one is listened to.
    opened.addEventListener('open', () => {
      if (socket === opened) opened.send(JSON.stringify({ type: 'hello', token: bearer } satisfies VisitorClientFrame))
    })
    opened.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (socket === opened) receive(event.data)
    })
    opened.addEventListener('close', () => {
      if (socket === opened) lose()
    })
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
