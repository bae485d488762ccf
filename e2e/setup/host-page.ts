import { once } from 'node:events'
import { createServer } from 'node:http'

/** A page of the company's own, on another site than the server's (`127.0.0.1`, not `localhost`), with the chat in it. */
export async function startHostPage(code: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="zh-CN"><title>内网</title><main><h1>内网</h1></main>${code}</html>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The page has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
