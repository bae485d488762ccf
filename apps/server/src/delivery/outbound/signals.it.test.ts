import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { parrotWith } from '../../testing/parrot-channel.ts'
import { connect } from '../../testing/socket-peer.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { takeTurn } from './send-rate.ts'

const company = await startParrotCompany({ channel: parrotWith({ typing: { in: true, out: true }, readsOut: true }) })
const { provider, must, agent, db } = company
const peer = await connect(company.url, '/ws/agent', agent.credentials)
await peer.next((frame) => frame.type === 'ready')

async function customer(address: string, more: { at?: string } = {}): Promise<{ id: string; messageId: string }> {
  const messageId = uuidv7()
  await company.say(address, 'hello', { id: messageId, ...more })
  return { id: await until(() => company.conversationOf(address)), messageId }
}
const type = (conversationId: string) => peer.send({ type: 'typing', conversationId, typing: true })
const signalsTo = (address: string) =>
  provider.asked.filter(({ path, body }) => path === '/signal' && body['to'] === address).map(({ body }) => body)

test('that an agent types is told while the window is open, now and then, and naming what the customer wrote last', async () => {
  const shut = await customer('8001', { at: new Date(Date.now() - 49 * 3_600_000).toISOString() })
  const open = await customer('8002')
  type(shut.id)
  for (const _ of [1, 2, 3]) type(open.id)
  await until(() => signalsTo('8002').length > 0)
  // Whatever was asked for before has been worked off by then.
  const other = await customer('8003')
  type(other.id)
  await until(() => signalsTo('8003').length > 0)
  expect(signalsTo('8001')).toEqual([])
  expect(signalsTo('8002')).toEqual([{ kind: 'typing', to: '8002', messageId: open.messageId }])
})

test('all processes together keep the pause', async () => {
  const now = new Date()
  const taken = await Promise.all([1, 2, 3, 4].map(() => takeTurn(db, 'typing somebody', 5_000, now)))
  expect(taken.filter(Boolean)).toHaveLength(1)
  expect(await takeTurn(db, 'typing somebody', 5_000, new Date(now.getTime() + 4_999))).toBe(false)
  expect(await takeTurn(db, 'typing somebody', 5_000, new Date(now.getTime() + 5_000))).toBe(true)
})

test('reading is told once for the newest message, also when two agents read, and a refusal disturbs nobody', async () => {
  const { id, messageId } = await customer('8004')
  const read = async (upToPublicSeq: number) =>
    must('POST', `/api/v1/conversations/${id}/read`, agent.credentials, { upToPublicSeq })
  await read(100)
  await read(100)
  await must('POST', `/api/v1/conversations/${id}/read`, company.admin.credentials, { upToPublicSeq: 100 })
  await until(() => signalsTo('8004').length > 0)
  const second = uuidv7()
  await company.say('8004', 'and another', { id: second })
  await until(async () => (await company.messagesOf('8004')).length === 2)
  provider.answers.set('/signal', { status: 500, body: {} })
  await read(100)
  await until(() => signalsTo('8004').length > 1)
  provider.answers.clear()
  expect(signalsTo('8004')).toEqual([
    { kind: 'read', to: '8004', messageId },
    { kind: 'read', to: '8004', messageId: second },
  ])
  expect((await company.reply(id, 'still here')).status).toBe(200)
  await until(() => provider.sent.some(({ to }) => to === '8004'))
})

test('that a customer types is shown to agents', async () => {
  const { id } = await customer('8005')
  const typing = (on: boolean) => ({ id: uuidv7(), from: '8005', kind: 'typing', fields: { on } })
  await provider.deliver(company.callback, [typing(true)])
  const shown = (on: boolean) =>
    peer.next(({ type: kind, conversationId, ...rest }) => {
      return kind === 'typing' && conversationId === id && rest['typing'] === on
    })
  expect(await shown(true)).toMatchObject({ who: { type: 'contact' } })
  await provider.deliver(company.callback, [typing(false)])
  await shown(false)
})
