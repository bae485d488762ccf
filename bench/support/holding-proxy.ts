import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 30_000

/** What stands before a server in production: whoever calls while it restarts waits instead of being turned away. */
export async function holdingProxy(target: number): Promise<{ url: string } & AsyncDisposable> {
  const open = new Set<Socket>()
  const proxy = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client)).on('error', () => client.destroy())
    client.pause()
    void reach(target, client).then((server) => {
      if (!server || client.destroyed) {
        server?.destroy()
        client.destroy()
        return
      }
      // A half that is cut off takes the other with it: the caller sees it and comes again.
      server.on('error', () => client.destroy()).on('close', () => client.destroy())
      client.on('close', () => server.destroy())
      client.pipe(server).pipe(client)
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const client of open) client.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

/** For a caller that still waits: one that gave up would be one more for a server that has just come back. */
async function reach(port: number, client: Socket): Promise<Socket | null> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline && !client.destroyed; await sleep(50)) {
    const server = await new Promise<Socket | null>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(socket)).once('error', () => resolve(null))
    })
    if (server) return server
  }
  return null
}
