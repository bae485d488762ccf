import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createLog } from '../log.ts'
import type { Connection } from './connection.ts'
import { serveSockets } from './socket-server.ts'

const undo: (() => void)[] = []
afterEach(() => {
  for (const step of undo.splice(0)) step()
})

async function serve(pingEveryMilliseconds: number) {
  const http = createServer()
  const opened: Connection[] = []
  const observe = vi.fn<(path: string, open: number) => void>()
  const sockets = serveSockets(
    http,
    [
      {
        path: '/ws',
        framesPerSecond: 20,
        admit: async () => (connection) => {
          opened.push(connection)
          return { onFrame: async () => undefined, onClose: () => undefined }
        },
      },
    ],
    { log: createLog({ level: 'silent' }), observe, pingEveryMilliseconds },
  )
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  undo.push(() => {
    http.close()
    http.closeAllConnections()
  })
  const address = http.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `ws://127.0.0.1:${port}/ws`, sockets, opened, observe }
}

test('a peer that froze without a word is found by the heartbeat', async () => {
  const { url, observe } = await serve(200)
  const peer = spawn(process.execPath, [join(import.meta.dirname, 'idle-peer.ts'), url])
  undo.push(() => peer.kill('SIGKILL'))
  await once(peer.stdout, 'data')
  expect(observe).toHaveBeenLastCalledWith('/ws', 1)
  peer.kill('SIGSTOP')
  await vi.waitUntil(() => observe.mock.lastCall?.[1] === 0, { timeout: 5_000 })
}, 20_000)

test('a peer that lives stays, however long it says nothing', async () => {
  const { url, observe } = await serve(30)
  const peer = new WebSocket(url)
  undo.push(() => peer.terminate())
  await once(peer, 'open')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(observe.mock.calls).toStrictEqual([['/ws', 1]])
})

test('a peer that does not read is dropped, and nothing piles up for it', async () => {
  const { url, opened, observe } = await serve(60_000)
  const peer = new WebSocket(url)
  undo.push(() => peer.terminate())
  await once(peer, 'open')
  await vi.waitUntil(() => opened.length === 1)
  peer.pause()
  const frame = { type: 'entries', text: 'x'.repeat(50_000) }
  for (let turn = 0; turn < 2_000 && opened[0]?.open; turn += 1) {
    opened[0].send(frame)
    if (turn % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(opened[0]?.open).toBe(false)
  await vi.waitUntil(() => observe.mock.lastCall?.[1] === 0, { timeout: 5_000 })
}, 20_000)

test('at the end every peer is told to come back elsewhere, and nobody new gets in', async () => {
  const { url, sockets } = await serve(60_000)
  const peer = new WebSocket(url)
  await once(peer, 'open')
  const closed = once(peer, 'close')
  await sockets.drain()
  expect((await closed)[0]).toBe(1012)
  const late = new WebSocket(url)
  const [error] = await once(late, 'error')
  expect(String(error)).toContain('503')
})
