import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { turnSocket } from './turn-socket.ts'

test('what is written in one turn leaves in one write, in its order', async () => {
  const received: string[] = []
  const server = createServer((peer) => peer.setEncoding('utf8').on('data', (text: string) => received.push(text)))
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const socket = turnSocket()
  onTestFinished(() => void socket.destroy())
  socket.connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  await once(socket, 'connect')
  const [one, many] = [vi.spyOn(socket, '_write'), vi.spyOn(socket, '_writev')]
  socket.write('bind ')
  // As the driver does around the messages of one statement.
  socket.cork()
  socket.write('describe ')
  socket.uncork()
  await Promise.resolve().then(() => socket.write('sync'))
  await new Promise(setImmediate)
  expect([one.mock.calls.length, many.mock.calls.length]).toEqual([0, 1])
  await vi.waitUntil(() => received.join('') === 'bind describe sync', { timeout: 5_000 })
})
