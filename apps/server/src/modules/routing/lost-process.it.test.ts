import { uuidv7 } from 'uuidv7'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { freePort, serverProcess, temporaryFolder } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connect } from '../../testing/socket-peer.ts'

vi.setConfig({ testTimeout: 120_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { db, must, agent } = company
const patience = { timeout: 60_000, interval: 200 }
const folder = await temporaryFolder()
afterAll(() => folder[Symbol.asyncDispose]())

/** The visitor's page is open, at this process. */
async function look({ token }: { token: string }, url = company.url) {
  const peer = await connect(url, '/ws/visitor')
  onTestFinished(() => peer.close())
  peer.send({ type: 'hello', token })
  await peer.next((frame) => frame.type === 'ready')
  return peer
}
const toQueue = ({ conversationId: id }: { conversationId: string }, queueId: string) =>
  must('POST', `/api/v1/conversations/${id}/queue`, agent.credentials, { clientKey: uuidv7(), queueId })
async function arrive(queueId: string) {
  const visitor = await company.visitor()
  await toQueue(visitor, queueId)
  return visitor
}
const staysOf = ({ conversationId }: { conversationId: string }) =>
  db.selectFrom('work_items').selectAll().where('conversation_id', '=', conversationId).orderBy('id').execute()
const waitsAs = async (visitor: { conversationId: string }) =>
  (await staysOf(visitor)).flatMap(({ state, channel }) => (state === 'waiting' ? [channel] : []))
const openPages = async ({ contactId }: { contactId: string }) =>
  (await db.selectFrom('customer_presence').select('node_id').where('contact_id', '=', contactId).execute()).length

test('whose process is killed gives up the place unless they are back at another one in time', async () => {
  await using there = serverProcess(await freePort(), {
    DATABASE_URL: company.databaseUrl,
    QIAO_ROLES: 'web',
    QIAO_DATA_DIR: folder.path,
  })
  await there.start()
  const queueId = await addQueue(db, { customerGraceSeconds: 3 })
  const [lost, back, served] = [await arrive(queueId), await arrive(queueId), await company.visitor()]
  const { conversationId: id } = served
  const taken = { clientKey: uuidv7(), agentId: agent.id }
  await must('POST', `/api/v1/conversations/${id}/assign`, agent.credentials, taken)
  for (const visitor of [lost, back, served]) {
    await look(visitor, there.url)
    await expect.poll(() => openPages(visitor), patience).toBe(1)
  }
  const [place] = await staysOf(back)

  await there.kill('SIGKILL')
  await look(back)
  await expect.poll(() => waitsAs(lost), patience).toEqual(['message'])
  expect((await staysOf(lost)).map(({ queue_outcome }) => queue_outcome).at(-2)).toBe('abandoned')
  // Of whoever is served it is known too, and counts as soon as they are to wait.
  expect((await staysOf(served)).at(-1)?.customer_gone_at).not.toBeNull()
  await toQueue(served, queueId)
  await expect.poll(() => waitsAs(served), patience).toEqual(['message'])
  expect(await staysOf(back)).toMatchObject([
    { id: place?.id, state: 'waiting', channel: 'web', customer_gone_at: null },
  ])
})

test('a process that was believed dead says again who is there', async () => {
  const visitor = await arrive(await addQueue(db))
  await look(visitor)
  await expect.poll(() => openPages(visitor), patience).toBe(1)
  await db.deleteFrom('server_nodes').execute()
  const wasLost = async () => (await openPages(visitor)) === 0
  await db.updateTable('work_items').set({ customer_gone_at: new Date() }).execute()
  await db.deleteFrom('customer_presence').execute()
  expect(await wasLost()).toBe(true)
  await expect.poll(() => openPages(visitor), patience).toBe(1)
  await expect.poll(async () => (await staysOf(visitor)).at(-1)?.customer_gone_at, patience).toBeNull()
})

test('nobody gives up a place while a page of theirs is open somewhere', async () => {
  const queueId = await addQueue(db, { customerGraceSeconds: 1 })
  const [here, gone] = [await arrive(queueId), await arrive(queueId)]
  await look(here)
  await expect.poll(() => openPages(here), patience).toBe(1)
  const longAgo = { customer_gone_at: new Date(Date.now() - 60_000) }
  await db.updateTable('work_items').set(longAgo).where('queue_id', '=', queueId).execute()
  await expect.poll(() => waitsAs(gone), patience).toEqual(['message'])
  expect(await waitsAs(here)).toEqual(['web'])
})
