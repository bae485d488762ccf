import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { createLog } from '#platform/log'
import { readConfig } from './config.ts'
import { startServer } from './main.ts'

const home = await mkdtemp(join(tmpdir(), 'qiao-backup-'))
const log = createLog({ level: 'error' })
const script = join(import.meta.dirname, '../../../scripts/backup.mjs')
const account = { email: 'admin@example.com', password: 'the first password' }
const started: { stop(): Promise<void> }[] = []
afterAll(async () => {
  for (const server of started) await server.stop()
  await rm(home, { recursive: true, force: true })
})

/** The server as it runs by default: with its own database and its files in one folder. */
async function run(dataDir: string) {
  const environment = { PORT: '0', QIAO_DATA_DIR: dataDir, QIAO_DEMO: 'off', QIAO_ROLES: 'web' }
  const server = await startServer(readConfig(environment), { log })
  started.push(server)
  async function call(method: string, path: string, headers: Record<string, string>, body?: object | Buffer) {
    const raw = body instanceof Buffer
    const response = await fetch(server.url + path, {
      method,
      headers: {
        'content-type': raw ? 'application/octet-stream' : 'application/json',
        origin: server.url,
        ...headers,
      },
      ...(body ? { body: raw ? new Uint8Array(body) : JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
  const json = async (...request: Parameters<typeof call>) => (await (await call(...request)).json()) as Answer
  const signIn = async () => ({
    cookie: (await call('POST', '/api/auth/sign-in/email', {}, account)).headers.getSetCookie()[0]?.split(';')[0] ?? '',
  })
  return { call, json, signIn, stop: () => server.stop() }
}

/** What is read here of the answers of several endpoints. */
interface Answer {
  key: string
  token: string
  conversation: { id: string }
  entries: { seq: number }[]
  attachments: { links: { download: string } }[]
}

const text = (words: string, conversationId: string | null) => ({
  clientKey: uuidv7(),
  conversationId,
  content: { type: 'text', text: words },
})

test('a backup of a busy server starts as a server of its own, with conversations, files and secrets', async () => {
  const [dataDir, copy] = [join(home, 'data'), join(home, 'copy')]
  const original = await run(dataDir)
  await original.call('POST', '/api/v1/setup', {}, { ...account, organisationName: 'Example', name: 'Admin' })
  const agent = await original.signIn()
  const inbox = await original.json('POST', '/api/v1/inboxes', agent, { name: 'Inbox' })
  const { token } = await original.json('POST', `/api/client/v1/inboxes/${inbox.key}/sessions`, {}, {})
  const visitor = { authorization: `Bearer ${token}` }
  const send = (body: object) => original.json('POST', '/api/client/v1/messages', visitor, body)
  const { conversation } = await send(text('before', null))
  const id = uuidv7()
  const file = Buffer.from('words in a file\n')
  await original.call('PUT', `/api/client/v1/attachments/${id}?name=note.txt&type=text/plain`, visitor, file)
  const attachment = { id, name: 'note.txt', mime: 'text/plain', bytes: file.length }
  await send({ ...text('', conversation.id), content: { type: 'file', attachment } })

  // Messages are acknowledged all the while: of those the copy has a beginning without gaps.
  const backup = spawn(process.execPath, [script, copy], { env: { PATH: process.env['PATH'], QIAO_DATA_DIR: dataDir } })
  const end = new Promise((resolve) => backup.on('exit', resolve))
  let during = 0
  while (backup.exitCode === null && backup.signalCode === null) {
    await send(text(`during ${during++}`, conversation.id))
    await sleep(100)
  }
  expect([await end, during > 0]).toEqual([0, true])
  await send(text('after', conversation.id))
  // A second one never goes over the first.
  const again = spawnSync(process.execPath, [script, copy], { env: { QIAO_DATA_DIR: dataDir }, encoding: 'utf8' })
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('exists already')])
  await original.stop()

  const restored = await run(copy)
  // The session is still good, because the secret came along.
  const path = `/api/v1/conversations/${conversation.id}/entries?limit=200`
  const { entries } = await restored.json('GET', path, agent)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  expect(JSON.stringify(entries)).toContain('before')
  expect(JSON.stringify(entries)).not.toContain('"after"')
  const { attachments } = await restored.json('POST', '/api/v1/attachments/links', agent, { ids: [id] })
  const link = new URL(attachments[0]?.links.download ?? '', 'http://localhost')
  expect(await (await restored.call('GET', link.pathname + link.search, {})).text()).toBe('words in a file\n')
  const more = await restored.json('POST', '/api/client/v1/messages', visitor, text('on', conversation.id))
  expect(more.entries.at(-1)?.seq).toBe(entries.length + 1)
  expect(existsSync(`${copy}.unfinished`)).toBe(false)
}, 120_000)
