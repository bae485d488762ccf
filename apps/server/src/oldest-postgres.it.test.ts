import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conversationViews } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import { chooseAccount, spawnIds } from '#platform/database/postgres-account'
import { runPostgres } from '#platform/database/postgres-process'
import { createLog } from '#platform/log'
import { readConfig } from './config.ts'
import { demoPassword, people } from './demo/company.ts'
import { startServer } from './main.ts'
import { freePort } from '../../../bench/support/server-process.ts'

/** DATABASE_URL takes PostgreSQL from 15 on; the other tests run on the newest, which comes with the install. */
const bin = '/usr/lib/postgresql/15/bin'
const log = createLog({ level: 'error' })

async function postgres15(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'qiao-pg15-'))
  const databaseDir = join(folder, 'data')
  const account = chooseAccount(databaseDir)
  if (account.owner) chownSync(folder, account.owner.uid, account.owner.gid)
  const initdb = ['-D', databaseDir, '-U', 'qiao', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  const made = spawnSync(join(bin, 'initdb'), initdb, { ...spawnIds(account), cwd: '/', encoding: 'utf8' })
  expect(made.stderr + (made.error?.message ?? '')).toBe('')
  const port = await freePort()
  const settings = { fsync: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: '' }
  const running = await runPostgres({ postgres: join(bin, 'postgres'), databaseDir, port, account, settings, log })
  onTestFinished(async () => {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return `postgresql://qiao@127.0.0.1:${port}/postgres`
}

test.skipIf(!existsSync(bin))('the demo company is made, served and searched on PostgreSQL 15', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'qiao-oldest-'))
  const config = readConfig({
    DATABASE_URL: await postgres15(),
    PORT: '0',
    QIAO_DATA_DIR: dataDir,
    QIAO_DEMO: 'on',
    LOG_LEVEL: 'error',
  })
  const server = await startServer(config, { log, checkResponses: true })
  onTestFinished(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    expect([path, response.status < 300, text]).toEqual([path, true, text])
    return { body: JSON.parse(text), cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }
  const email = people.find(({ role }) => role === 'admin')?.email ?? ''
  const account = { email, password: demoPassword }
  const agent = { cookie: (await ask('POST', '/api/auth/sign-in/email', {}, account)).cookie }
  const found: Record<string, number> = {}
  for (const view of conversationViews) {
    for (const sort of ['newest', 'oldest', 'waiting']) {
      const { items } = (await ask('GET', `/api/v1/conversations?view=${view}&sort=${sort}`, agent)).body
      found[view] = items.length
    }
  }
  expect(found['all']).toBeGreaterThan(0)
  expect(found['closed']).toBeGreaterThan(0)
  for (const path of ['conversations?search=a', 'conversations/counts', 'contacts?search=a', 'tags', 'audit', 'me']) {
    await ask('GET', `/api/v1/${path}`, agent)
  }
  const { inboxes } = (await ask('GET', '/api/v1/inboxes', agent)).body
  const { token } = (await ask('POST', `/api/client/v1/inboxes/${inboxes[0].key}/sessions`, {}, {})).body
  const visitor = { authorization: `Bearer ${token}` }
  const message = { clientKey: uuidv7(), conversationId: null, content: { type: 'text', text: 'hello' } }
  const { conversation } = (await ask('POST', '/api/client/v1/messages', visitor, message)).body
  expect((await ask('GET', `/api/v1/conversations/${conversation.id}/entries`, agent)).body.entries).toHaveLength(2)
})
