import type { Duplex } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import type { RawData, WebSocket } from 'ws'
import { corkTurn } from '../cork-turn.ts'

/** One open socket with what every socket needs: heartbeat, back-pressure both ways, frames handled in order. */
export interface Connection {
  readonly id: string
  /** A frame, or one that has been serialised for many. */
  send(frame: object | string): void
  close(code: CloseCode, reason: string): void
  readonly open: boolean
}

/** 4000–4999 are ours (RFC 6455 §7.4.2). A client reconnects after all of them but `refused`. */
export const closeCodes = {
  restarting: 1012,
  refused: 4001,
  tooSlow: 4008,
  malformed: 4009,
  accessChanged: 4010,
  ended: 4011,
} as const
type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

interface ConnectionOptions {
  /** Handles one frame; the next one waits until it returns, so it must not wait for commits. */
  onFrame: (text: string) => Promise<void>
  onClose: () => void
  onError: (error: unknown) => void
  /** Frames a second that a peer may send in the long run; a burst of ten seconds' worth passes at once. */
  framesPerSecond: number
}

/** A peer that leaves this much unread is not keeping up: it is dropped and catches up over HTTP when it is back. */
const mostBufferedBytes = 1_000_000
const mostQueuedFrames = 1_000

export function attachConnection(
  socket: WebSocket,
  transport: Duplex,
  options: ConnectionOptions,
): Connection & { beat(): void } {
  let answered = true
  let queue: string[] = []
  let draining = false
  const together = corkTurn(transport)
  let tokens = options.framesPerSecond * 10
  let refilledAt = performance.now()
  const connection = {
    id: uuidv7(),
    get open() {
      return socket.readyState === socket.OPEN
    },
    send(frame: object | string) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > mostBufferedBytes) return connection.close(closeCodes.tooSlow, 'too slow')
      together()
      socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
    },
    close(code: number, reason: string) {
      socket.close(code, reason)
      // A peer that does not answer the close is cut off.
      setTimeout(() => socket.terminate(), 2_000).unref()
    },
    /** Called every `pingEverySeconds`: a peer that did not answer the last ping is gone without saying so. */
    beat() {
      if (!answered) return socket.terminate()
      answered = false
      socket.ping()
    },
  }

  function throttle(): void {
    const now = performance.now()
    tokens = Math.min(options.framesPerSecond * 10, tokens + ((now - refilledAt) / 1000) * options.framesPerSecond)
    refilledAt = now
    tokens -= 1
    if (tokens >= 0 || socket.isPaused) return
    // Not refused, just not read: TCP slows the sender down, and nothing that was sent is lost.
    socket.pause()
    setTimeout(() => socket.resume(), (-tokens / options.framesPerSecond) * 1000).unref()
  }

  async function drain(): Promise<void> {
    draining = true
    while (queue.length > 0) {
      const batch = queue
      queue = []
      for (const text of batch) await options.onFrame(text).catch(options.onError)
    }
    draining = false
  }

  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) return connection.close(closeCodes.malformed, 'binary frames are not understood')
    throttle()
    // oxlint-disable-next-line typescript/no-base-to-string -- a Buffer: `ws` gives fragments only when asked to
    queue.push(data.toString())
    if (queue.length > mostQueuedFrames) return connection.close(closeCodes.malformed, 'too many frames at once')
    if (!draining) void drain()
  })
  socket.on('pong', () => {
    answered = true
  })
  socket.on('error', options.onError)
  socket.on('close', options.onClose)
  return connection
}
