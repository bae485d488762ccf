import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { readConfig } from './config.ts'
import { startServer } from './main.ts'

const database = await createTestDatabase()
const dataDir = await mkdtemp(join(tmpdir(), 'qiao-sign-out-'))
const config = readConfig({
  DATABASE_URL: database.url,
  NODE_ENV: 'test',
  PORT: '0',
  QIAO_DATA_DIR: dataDir,
  QIAO_DEMO: 'off',
  QIAO_ROLES: 'web',
  QIAO_SECRET: 'secret '.repeat(8),
})
const server = await startServer(config, { log: createLog({ level: 'error' }) })
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const account = { email: 'admin@example.com', password: 'the first password' }
const post = (path: string, body: object, cookie = '') =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  })
await post('/api/v1/setup', { ...account, organisationName: 'Example', name: 'Admin' })

async function device() {
  const answer = await post('/api/auth/sign-in/email', account)
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  return { cookie, connect: (origin = server.url) => connect(cookie, origin) }
}

/** Collects the types of frames and the code of the close. How things stand with the agent's work comes in its own time. */
async function connect(cookie: string, origin: string) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/agent`, { headers: { cookie, origin } })
  const heard: (string | number)[] = []
  const closed = new Promise<void>((resolve) => socket.on('close', (code) => (heard.push(code), resolve())))
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(String(data))
      if (type !== 'routing') heard.push(type)
      resolve()
    })
    socket.on('error', reject)
  })
  await opened
  return { heard, closed, socket }
}

test('signing out on one device leaves the others alone', async () => {
  const [phone, desk] = [await device(), await device()]
  const [onPhone, onDesk] = [await phone.connect(), await desk.connect()]
  expect((await post('/api/auth/sign-out', {}, phone.cookie)).status).toBe(200)
  await Promise.all([onPhone.closed, onDesk.closed])
  expect(onPhone.heard).toEqual(['ready', 'signed-out', 4010])
  expect(onDesk.heard).toEqual(['ready', 4010])
  await expect(phone.connect()).rejects.toThrow('401')
  const again = await desk.connect()
  again.socket.close()
  await again.closed
})

test('a page of another site cannot open a socket with the cookie', async () => {
  const desk = await device()
  await expect(desk.connect('https://evil.example')).rejects.toThrow('403')
})
