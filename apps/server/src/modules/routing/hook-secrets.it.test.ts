import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createSealer } from '#platform/crypto'
import { startCompany } from '../../testing/company.ts'
import { connect } from '../../testing/socket-peer.ts'
import { hookSecrets } from './hook-secrets.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { db, must, admin, agent } = company
const boss = admin.credentials
const hourMs = 3_600_000

/** The company's endpoint, and a queue that asks it about the one agent who serves it. */
async function asking() {
  const seen: { body: string; headers: Record<string, string> }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
      seen.push({ body: Buffer.concat(parts).toString(), headers: Object.fromEntries(headers) })
      response.end(JSON.stringify({ agentId: null }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/choose`
  const settings = { groups: [{ agentIds: [agent.id] }], hook: { url } }
  const queue = await must('POST', '/api/v1/queues', boss, { name: uuidv7(), settings })
  const path = `/api/v1/queues/${queue.id}/hook-secret`
  return {
    id: String(queue.id),
    read: () => must('GET', path, boss),
    rotate: (body: object = {}) => must('POST', path, boss, body),
    /** Which of these secrets sign what it is asked next. */
    signedWith: async (secrets: readonly string[]): Promise<boolean[]> => {
      seen.length = 0
      const { conversationId } = await company.visitor()
      const queued = { clientKey: uuidv7(), queueId: queue.id }
      await must('POST', `/api/v1/conversations/${conversationId}/queue`, boss, queued)
      await vi.waitUntil(() => seen.length > 0, { timeout: 20_000 })
      const [asked] = seen
      // It rings for nobody any more: the agent is free for the next one.
      const closing = { clientKey: uuidv7(), reason: 'resolved' }
      await must('POST', `/api/v1/conversations/${conversationId}/close`, boss, closing)
      return secrets.map((secret) => {
        try {
          new Verifier(secret).verify(asked?.body ?? '', asked?.headers ?? {})
          return true
        } catch {
          return false
        }
      })
    },
  }
}

test('a new secret signs at once, and the old one as long as it is kept', async () => {
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  onTestFinished(() => peer.close())
  await must('PUT', '/api/v1/routing/me/state', agent.credentials, { state: 'available' })
  const { id, read, rotate, signedWith } = await asking()
  const first = await read()
  expect(first).toMatchObject({ secret: expect.stringMatching(/^whsec_/), olderUntil: null })
  const second = await rotate({ keepOldHours: 1 })
  expect(second.secret).not.toBe(first.secret)
  expect(await read()).toEqual(second)
  const hours = (Date.parse(second.olderUntil) - Date.now()) / hourMs
  expect(hours).toBeGreaterThan(0.9)
  expect(hours).toBeLessThanOrEqual(1)
  expect(await signedWith([first.secret, second.secret])).toEqual([true, true])

  // An hour later.
  await db
    .updateTable('queue_hook_secrets')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('queue_id', '=', id)
    .where('expires_at', 'is not', null)
    .execute()
  expect(await read()).toEqual({ ...second, olderUntil: null })
  expect(await signedWith([first.secret, second.secret])).toEqual([false, true])

  const third = await rotate({ keepOldHours: 0 })
  expect(third.olderUntil).toBeNull()
  expect(await signedWith([first.secret, second.secret, third.secret])).toEqual([false, false, true])
})

test('two rotations at once leave two secrets that sign; what is stored is unreadable', async () => {
  const { id, read, rotate } = await asking()
  const first = await read()
  const made: { secret: string }[] = await Promise.all([rotate(), rotate()])
  expect(made.map(({ secret }) => secret)).toContain((await read()).secret)
  const rows = await db.selectFrom('queue_hook_secrets').selectAll().where('queue_id', '=', id).execute()
  expect(rows.filter((row) => row.expires_at === null)).toHaveLength(1)
  expect(rows).toHaveLength(3)
  for (const { secret } of [first, ...made]) expect(JSON.stringify(rows)).not.toContain(secret)
  const audit = await db.selectFrom('audit_events').selectAll().where('action', '=', 'queue.hook-secret-made').execute()
  expect(audit.filter((event) => event.target_id === id)).toHaveLength(2)
  expect(JSON.stringify(audit)).not.toContain('whsec_')
})

test('queues have secrets of their own, which the key of the server makes', async () => {
  const of = (serverSecret: string, queueId: string) =>
    hookSecrets(serverSecret, createSealer(serverSecret)).read(db, queueId, new Date())
  const [one, other] = ['one secret '.repeat(4), 'another one '.repeat(4)]
  const queueId = uuidv7()
  expect(await of(one, queueId)).toEqual(await of(one, queueId))
  expect(await of(one, queueId)).not.toEqual(await of(one, uuidv7()))
  expect(await of(one, queueId)).not.toEqual(await of(other, queueId))
})
