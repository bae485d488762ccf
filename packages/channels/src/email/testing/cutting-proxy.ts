import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a mail server, and cuts connections once so many bytes have come from the server. */
export async function startCuttingProxy(target: number) {
  const open = new Set<Socket>()
  const state = { cutAfter: Number.POSITIVE_INFINITY, cuts: 0, connections: 0 }
  const server = createServer((client) => {
    state.connections += 1
    const upstream = connect(target, '127.0.0.1')
    let passed = 0
    const close = () => {
      client.destroy()
      upstream.destroy()
      open.delete(client)
    }
    open.add(client)
    client.on('data', (piece) => upstream.write(piece))
    upstream.on('data', (piece) => {
      passed += piece.length
      if (passed <= state.cutAfter) client.write(piece)
      else {
        state.cuts += 1
        close()
      }
    })
    for (const socket of [client, upstream]) socket.on('error', close).on('close', close)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('There is no port')
  return {
    port: address.port,
    state,
    /** All that are open now. */
    cut: () => open.forEach((socket) => socket.destroy()),
    async stop(): Promise<void> {
      open.forEach((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}
