import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 120_000 })
const secret = 'the same secret for every process of it'
/** Answers requests only; what is to be done is done by workers that can be killed. */
const company = await startParrotCompany({ settings: { QIAO_ROLES: 'web', QIAO_SECRET: secret } })
const { provider, db } = company

const children = new Set<ChildProcess>()
afterAll(() => children.forEach((child) => child.kill('SIGKILL')))

/** A worker in a process of its own. */
async function startWorkerProcess(): Promise<ChildProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-worker-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../testing/parrot-server.ts')], {
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: company.databaseUrl,
      QIAO_DATA_DIR: folder,
      QIAO_SECRET: secret,
      QIAO_ROLES: 'worker',
      QIAO_DEMO: 'off',
      QIAO_ALLOW_PRIVATE_TARGETS: 'on',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  const lines: string[] = []
  child.stdout?.on('data', (piece: Buffer) => lines.push(piece.toString()))
  await until(() => lines.join('').includes('listening'))
  return child
}
async function killAll(): Promise<void> {
  const running = [...children].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(running.map((child) => once(child, 'exit')))
}
const statesOf = async (conversationId: string) =>
  (
    await db
      .selectFrom('deliveries')
      .select('state')
      .where('conversation_id', '=', conversationId)
      .orderBy('seq')
      .execute()
  ).map(({ state }) => state)
async function customer(address: string): Promise<string> {
  await company.say(address, 'hello')
  return until(() => company.conversationOf(address))
}
const sentTo = (address: string) => provider.sent.filter(({ to }) => to === address).map(({ text }) => text)

test('killed between the request and its mark, a message is unknown and never sent twice; the others go on', async () => {
  const first = await startWorkerProcess()
  const id = await customer('3001')
  provider.faults.push('hold')
  await company.reply(id, 'half way')
  await company.reply(id, 'behind it')
  await until(() => provider.isHolding())
  first.kill('SIGKILL')
  await once(first, 'exit')
  provider.release()
  await startWorkerProcess()
  await until(async () => (await statesOf(id))[1] === 'done')
  expect(await statesOf(id)).toEqual(['unknown', 'done'])
  expect(sentTo('3001')).toEqual(['half way', 'behind it'])
  expect((await company.entriesOf(id)).map(({ kind }) => kind)).toContain('message.unsure')
})

test('killed while a message goes another way, it is unknown there, and the answer still comes back to the conversation', async () => {
  const [id, elsewhere] = [await customer('3201'), await customer('3202')]
  const { must, admin, agent } = company
  const read = async (one: string) =>
    (await must('GET', `/api/v1/conversations/${one}`, agent.credentials)).conversation
  const [own, other] = [await read(id), await read(elsewhere)]
  const merge = { clientKey: uuidv7(), otherId: other.contactId }
  await must('POST', `/api/v1/contacts/${own.contactId}/merges`, admin.credentials, merge)
  provider.faults.push('hold')
  await must('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: { type: 'text', text: 'over there' },
    viaIdentityId: other.identityId,
  })
  await until(() => provider.isHolding())
  await killAll()
  provider.release()
  await company.say('3202', 'I have it')
  await startWorkerProcess()
  await until(async () => (await statesOf(id))[0] === 'unknown')
  await until(async () => (await read(id)).receivedCount === 2)
  expect(sentTo('3202')).toEqual(['over there'])
  expect((await read(elsewhere)).receivedCount).toBe(1)
})

test('killed while replies leave at their time, each of them leaves once', async () => {
  const addresses = ['3301', '3302', '3303', '3304', '3305', '3306', '3307', '3308']
  const ids = await Promise.all(addresses.map(customer))
  const sendAt = new Date(Date.now() + 1_000).toISOString()
  for (const id of ids) {
    const content = { type: 'text', text: 'at its time' }
    const body = { clientKey: uuidv7(), content, sendAt }
    await company.must('POST', `/api/v1/conversations/${id}/scheduled-replies`, company.agent.credentials, body)
  }
  const left = async () =>
    (await db.selectFrom('scheduled_replies').select('id').where('state', '!=', 'waiting').execute()).length
  await until(async () => (await left()) > 0)
  await killAll()
  await startWorkerProcess()
  await until(async () => {
    const rows = await db.selectFrom('scheduled_replies').select('state').execute()
    return rows.every(({ state }) => state === 'sent')
  })
  for (const id of ids) {
    const sent = (await company.entriesOf(id)).filter(({ kind }) => kind === 'message.sent')
    expect(sent).toHaveLength(1)
  }
})

test('two workers share the conversations, keep each in order, send each message once and fetch one token', async () => {
  await startWorkerProcess()
  await db.deleteFrom('channel_tokens').execute()
  const before = provider.tokensGiven()
  const addresses = ['3101', '3102', '3103', '3104', '3105', '3106']
  const ids = await Promise.all(addresses.map(customer))
  const words = ['1', '2', '3', '4', '5']
  await Promise.all(
    ids.map(async (id) => {
      for (const each of words) await company.reply(id, each)
    }),
  )
  for (const id of ids) await until(async () => (await statesOf(id)).join() === words.map(() => 'done').join())
  for (const address of addresses) expect(sentTo(address)).toEqual(words)
  expect(provider.tokensGiven() - before).toBe(1)
})
