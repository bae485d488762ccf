import { WebSocket } from 'ws'
import type { Credentials } from './company.ts'

export interface Frame {
  type: string
  [field: string]: unknown
}

/** A client of a socket that remembers everything that it was sent. */
export interface Peer {
  frames: Frame[]
  send(frame: object | string | Buffer): void
  /** The first frame, past or future, that fits. */
  next(fits: (frame: Frame) => boolean): Promise<Frame>
  /** The code with which the other side closed. */
  closed: Promise<number>
  close(): void
}

const patienceMs = 15_000

export async function connect(url: string, path: string, headers: Credentials = {}): Promise<Peer> {
  const socket = new WebSocket(url.replace('http', 'ws') + path, { headers })
  const frames: Frame[] = []
  const waiting = new Set<() => void>()
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve)
  })
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()))
    for (const look of waiting) look()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  return {
    frames,
    closed,
    send: (frame) => socket.send(typeof frame === 'string' || frame instanceof Buffer ? frame : JSON.stringify(frame)),
    next: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`No such frame came, but ${frames.map(({ type }) => type).join(', ') || 'none'}`))
        }, patienceMs)
        function look(): void {
          const found = frames.find(fits)
          if (!found) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    close: () => socket.terminate(),
  }
}
