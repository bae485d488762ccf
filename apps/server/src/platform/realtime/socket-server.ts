import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { maxFrameBytes, pingEverySeconds } from '@qiao/protocol/frame-limits'
import { WebSocketServer } from 'ws'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { attachConnection, closeCodes, type Connection } from './connection.ts'

/** What one socket's owner does with it; made when the socket opens. */
export interface SocketSession {
  onFrame: (text: string) => Promise<void>
  onClose: () => void
}

export interface SocketEndpoint {
  path: string
  framesPerSecond: number
  /** Runs before the handshake is answered. null refuses with 401, an AppError with its status. */
  admit: (request: IncomingMessage) => Promise<((connection: Connection) => SocketSession) | null>
}

interface SocketOptions {
  log: Log
  /** Told how many sockets a path has open, whenever that changes. */
  observe?: (path: string, open: number) => void
  pingEveryMilliseconds?: number
}

export interface SocketServer {
  /** Tells every client to come back elsewhere. */
  drain(): Promise<void>
}

export function serveSockets(
  server: Server,
  endpoints: readonly SocketEndpoint[],
  { log, observe, pingEveryMilliseconds = pingEverySeconds * 1000 }: SocketOptions,
): SocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const open = new Set<Connection & { beat(): void }>()
  let draining = false
  const perPath = new Map<string, number>()
  function count(path: string, change: 1 | -1): void {
    const now = (perPath.get(path) ?? 0) + change
    perPath.set(path, now)
    observe?.(path, now)
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const endpoint = endpoints.find((candidate) => candidate.path === path)
    if (!endpoint || draining) return refuse(socket, endpoint ? '503 Service Unavailable' : '404 Not Found')
    const start = await endpoint.admit(request)
    if (!start) return refuse(socket, '401 Unauthorized')
    // It may have begun while we asked who this is.
    if (draining) return refuse(socket, '503 Service Unavailable')
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      let session: SocketSession | undefined
      const connection = attachConnection(webSocket, socket, {
        framesPerSecond: endpoint.framesPerSecond,
        onFrame: async (text) => session?.onFrame(text),
        onClose: () => {
          open.delete(connection)
          count(path, -1)
          session?.onClose()
        },
        onError: (error) => log.debug({ err: error }, 'socket error'),
      })
      open.add(connection)
      count(path, 1)
      session = start(connection)
    })
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch((error: unknown) => {
      if (error instanceof AppError) return refuse(socket, `${error.status} ${STATUS_CODES[error.status]}`)
      log.warn({ err: error }, 'socket refused')
      refuse(socket, '503 Service Unavailable')
    })
  })
  const heartbeat = setInterval(() => {
    for (const connection of open) connection.beat()
  }, pingEveryMilliseconds)
  heartbeat.unref()

  return {
    async drain() {
      draining = true
      clearInterval(heartbeat)
      for (const connection of open) connection.close(closeCodes.restarting, 'the server restarts')
      const deadline = Date.now() + 2_500
      while (open.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25))
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
