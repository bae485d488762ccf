import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll } from 'vitest'

export interface HeardCall {
  method: string
  /** From the path on. */
  path: string
  headers: Record<string, string>
  body: Buffer
}

/** Stands between a provider and the server, hands every call on and remembers it, so that a test can say it again. */
export async function listeningWire(target: string) {
  const heard: HeardCall[] = []
  async function call({ method, path, headers, body }: HeardCall): Promise<{ status: number; text: string }> {
    const { host: _host, connection: _connection, 'content-length': _length, ...kept } = headers
    const withBody = method === 'GET' ? {} : { body: new Uint8Array(body) }
    const response = await fetch(target + path, { method, headers: kept, ...withBody })
    return { status: response.status, text: await response.text() }
  }
  const server = createServer((request, response) => {
    void (async () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const one = { method: request.method ?? 'GET', path: request.url ?? '/', headers, body: await buffer(request) }
      heard.push(one)
      const { status, text } = await call(one)
      response.writeHead(status).end(text)
    })().catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, heard, call }
}
