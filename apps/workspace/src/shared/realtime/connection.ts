import { type AgentClientFrame, type AgentServerFrame, pingEverySeconds } from '@qiao/protocol'
import { backoffMs } from './backoff.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost'

export interface ConnectionOptions {
  url: string
  onFrame: (frame: AgentServerFrame) => void
  /** `reopened` is true from the second time on: what happened meanwhile is to be read. */
  onOpen: (reopened: boolean) => void
  onState: (state: ConnectionState) => void
}
export interface Connection {
  send(frame: AgentClientFrame): boolean
  close(): void
}

/** An answer must come within this time, or the path is dead although the socket looks open. */
const answerWithinMs = 8000

/** One socket that comes back by itself. */
export function connect({ url, onFrame, onOpen, onState }: ConnectionOptions): Connection {
  let socket: WebSocket | null = null
  let attempt = 0
  let wasOpen = false
  let closed = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let ping: ReturnType<typeof setInterval> | undefined
  let deadline: ReturnType<typeof setTimeout> | undefined

  const heard = (): void => {
    clearTimeout(deadline)
    deadline = undefined
  }
  const probe = (): void => {
    if (socket?.readyState !== WebSocket.OPEN) return
    socket.send(JSON.stringify({ type: 'ping' }))
    deadline ??= setTimeout(lose, answerWithinMs)
  }
  function lose(): void {
    heard()
    clearInterval(ping)
    const gone = socket
    socket = null
    gone?.close()
    if (closed) return
    onState('lost')
    clearTimeout(retry)
    retry = setTimeout(open, backoffMs(attempt))
    attempt += 1
  }
  function open(): void {
    clearTimeout(retry)
    if (closed || socket) return
    const opening = new WebSocket(url)
    socket = opening
    deadline = setTimeout(lose, answerWithinMs)
    // The server's first frame, not the handshake, proves that it knows who we are.
    opening.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (socket !== opening) return
      heard()
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server, checked against the schema there
      const frame = JSON.parse(data) as AgentServerFrame
      if (frame.type === 'ready') {
        attempt = 0
        ping = setInterval(probe, pingEverySeconds * 1000)
        onState('open')
        onOpen(wasOpen)
        wasOpen = true
      }
      onFrame(frame)
    })
    // A socket that was given up already has nothing more to say.
    const over = (): void => {
      if (socket === opening) lose()
    }
    opening.addEventListener('close', over)
    opening.addEventListener('error', over)
  }
  // Waking from sleep or a new network: do not wait for a timer.
  const hurry = (): void => {
    if (closed) return
    if (socket) probe()
    else open()
  }
  const visible = (): void => {
    if (document.visibilityState === 'visible') hurry()
  }
  window.addEventListener('online', hurry)
  document.addEventListener('visibilitychange', visible)
  onState('connecting')
  open()

  return {
    send(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    close() {
      closed = true
      clearTimeout(retry)
      lose()
      window.removeEventListener('online', hurry)
      document.removeEventListener('visibilitychange', visible)
    },
  }
}
