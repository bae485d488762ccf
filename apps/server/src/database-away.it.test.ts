import { createServer, connect as dial, type Socket } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { readConfig } from './config.ts'
import { startServer } from './main.ts'
import { connect } from './testing/socket-peer.ts'

/** The way to the database, which can be cut. */
async function cutableWay(url: string) {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const way = createServer((near) => {
    const far = dial(Number(port), hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined)
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  const address = way.address()
  const through = new URL(url)
  through.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  // By the network, not by the socket in its folder.
  through.search = ''
  function cut(): void {
    way.close()
    for (const socket of open) socket.destroy()
  }
  return { url: through.href, cut }
}

const database = await createTestDatabase()
const way = await cutableWay(database.url)
const dataDir = await mkdtemp(join(tmpdir(), 'qiao-away-'))
const config = readConfig({
  DATABASE_URL: way.url,
  PORT: '0',
  QIAO_DATA_DIR: dataDir,
  QIAO_DEMO: 'off',
  QIAO_ROLES: 'web',
})
const server = await startServer(config, { log: createLog({ level: 'silent' }) })
afterAll(async () => {
  way.cut()
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { response, body: text ? JSON.parse(text) : null }
}

test('while the database is away, sockets and HTTP say alike when to come back', async () => {
  const account = { email: 'admin@example.com', password: 'the first password' }
  await post('/api/v1/setup', { ...account, organisationName: 'Example', name: 'Admin' })
  const { response } = await post('/api/auth/sign-in/email', account)
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const inbox = (await post('/api/v1/inboxes', { name: 'Inbox' }, { cookie })).body
  const { token } = (await post(`/api/client/v1/inboxes/${inbox.key}/sessions`, {})).body
  const visitor = { authorization: `Bearer ${token}` }
  const message = () => ({ clientKey: uuidv7(), content: { type: 'text', text: 'hello' } })
  const begun = (await post('/api/client/v1/messages', { ...message(), conversationId: null }, visitor)).body
  const conversationId: string = begun.conversation.id
  const visiting = await connect(server.url, '/ws/visitor')
  visiting.send({ type: 'hello', token })
  await visiting.next(({ type }) => type === 'ready')
  const working = await connect(server.url, '/ws/agent', { cookie, origin: server.url })
  await working.next(({ type }) => type === 'ready')

  way.cut()
  const asked = await post('/api/client/v1/messages', { ...message(), conversationId }, visitor)
  expect(asked.body).toMatchObject({ status: 503, code: 'unavailable', retryAfterSeconds: 2 })
  expect(asked.response.headers.get('retry-after')).toBe('2')
  for (const peer of [visiting, working]) {
    const sent = { type: 'send', ...message(), conversationId }
    peer.send(sent)
    const refused = await peer.next(({ type }) => type === 'refused')
    expect(refused).toMatchObject({
      clientKey: sent.clientKey,
      problem: { status: 503, code: 'unavailable', retryAfterSeconds: 2 },
    })
    peer.close()
  }
})
