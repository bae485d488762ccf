import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createSafeFetch, type SafeFetch } from './safe-fetch.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0)) await step()
})

/** A server on loopback: the private network that must not be reached. */
async function listen(handler: RequestListener): Promise<{ port: number; hits: () => number }> {
  let hits = 0
  const server = createServer((request, response) => {
    hits += 1
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  undo.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, hits: () => hits }
}

function client(allowPrivateTargets: boolean, answers?: string[][]): SafeFetch {
  const fetch = createSafeFetch({
    allowPrivateTargets,
    ...(answers
      ? {
          resolve: async () =>
            (answers.length > 1 ? answers.shift()! : answers[0]!).map((address) => ({
              address,
              family: address.includes(':') ? 6 : 4,
            })),
        }
      : {}),
  })
  undo.push(() => fetch.close())
  return fetch
}

test.each([
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://0x7f.1:PORT/',
  'http://127.1:PORT/',
  'http://0:PORT/',
  'http://[::1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://localhost:PORT/',
  'http://１２７.0.0.1:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://user:password@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'no address',
])('refuses %s, when it is called and when it is configured', async (template) => {
  const target = await listen((_request, response) => response.end('secret'))
  const url = template.replace('PORT', String(target.port))
  const fetch = client(false)
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'target-url-refused' })
  await expect(fetch.check(url)).rejects.toMatchObject({ code: 'target-url-refused' })
  expect(target.hits()).toBe(0)
})

test('a name that turns private between the check and the call is not followed there', async () => {
  const target = await listen((_request, response) => response.end('secret'))
  const fetch = client(false, [['8.8.8.8'], ['127.0.0.1']])
  const url = `http://rebinding.example:${target.port}/`
  await fetch.check(url)
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'target-url-refused' })
  expect(target.hits()).toBe(0)
})

test('one private address among public ones refuses the name', async () => {
  const fetch = client(false, [['8.8.8.8', '10.0.0.1']])
  await expect(fetch('http://mixed.example/', {})).rejects.toMatchObject({ code: 'target-url-refused' })
})

test('connects to the address that was resolved, and asks for it once', async () => {
  const target = await listen((request, response) => response.end(request.headers.host))
  let asked = 0
  const fetch = createSafeFetch({
    allowPrivateTargets: true,
    resolve: async () => {
      asked += 1
      return [{ address: '127.0.0.1', family: 4 }]
    },
  })
  undo.push(() => fetch.close())
  const answer = await fetch(`http://hooks.example:${target.port}/`, {})
  expect(answer.body.toString()).toBe(`hooks.example:${target.port}`)
  expect(asked).toBe(1)
})

test('a name that nobody knows yet may be configured', async () => {
  const fetch = createSafeFetch({ allowPrivateTargets: false, resolve: () => Promise.reject(new Error('ENOTFOUND')) })
  undo.push(() => fetch.close())
  await expect(fetch.check('https://later.example/')).resolves.toBeUndefined()
  await expect(fetch('https://later.example/', {})).rejects.toThrow('ENOTFOUND')
})

test('a redirect is an answer, not an order', async () => {
  const secret = await listen((_request, response) => response.end('secret'))
  const target = await listen((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${secret.port}/` }).end(),
  )
  const answer = await client(true)(`http://127.0.0.1:${target.port}/`, {})
  expect(answer.status).toBe(302)
  expect(secret.hits()).toBe(0)
})

test('reads no more than asked for, and waits no longer', async () => {
  const endless = await listen((request, response) => {
    if (request.url === '/silent') return
    const timer = setInterval(() => response.write('x'.repeat(10_000)), 1)
    response.on('close', () => clearInterval(timer))
  })
  const fetch = client(true)
  const answer = await fetch(`http://127.0.0.1:${endless.port}/`, { maxBytes: 2048 })
  expect(answer).toMatchObject({ status: 200, truncated: true })
  expect(answer.body).toHaveLength(2048)
  await expect(fetch(`http://127.0.0.1:${endless.port}/silent`, { timeoutMs: 100 })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})

test('an origin that is allowed is reached where it is, and nothing beside it', async () => {
  const [allowed, other] = [
    await listen((_, response) => response.end('here')),
    await listen((_, response) => response.end()),
  ]
  const allowedOrigins = new Set<string>()
  const fetch = createSafeFetch({ allowPrivateTargets: false, allowedOrigins })
  undo.push(() => fetch.close())
  const url = `http://127.0.0.1:${allowed.port}/path`
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'target-url-refused' })
  allowedOrigins.add(new URL(url).origin)
  expect((await fetch(url, {})).body.toString()).toBe('here')
  // By its number alone: whoever owns a name could point it elsewhere.
  for (const refused of [
    `http://localhost:${allowed.port}/`,
    `http://127.0.0.1:${other.port}/`,
    `https://127.0.0.1:${allowed.port}/`,
  ])
    await expect(fetch(refused, {})).rejects.toMatchObject({ code: 'target-url-refused' })
  expect([allowed.hits(), other.hits()]).toEqual([1, 0])
})
