import { once } from 'node:events'
import { createServer } from 'node:http'

export interface Receiver {
  url: string
  /** Bodies in the order in which they came. */
  received: string[]
  stop(): Promise<void>
}

/** A company's own server that takes webhooks. */
export async function startReceiver(): Promise<Receiver> {
  const received: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push(Buffer.concat(parts).toString())
      response.end('thank you')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The receiver has no port')
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    received,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
