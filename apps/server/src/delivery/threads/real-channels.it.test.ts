import type { MessageEntry } from '@qiao/protocol'
import { type Simulator, simulators } from '@qiao/channels/simulators'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'

const port = await freePort()
const company = await startCompany({
  QIAO_ROLES: 'web,worker',
  PORT: String(port),
  QIAO_URL: `http://127.0.0.1:${port}`,
})
const { must, admin, agent } = company

async function open(channel: string): Promise<{ simulator: Simulator; inboxId: string }> {
  const simulator = await simulators[channel]?.()
  if (!simulator) throw new Error(`No provider of ${channel}`)
  afterAll(() => simulator.stop())
  const body = { name: channel, channel, teamIds: [company.teams.first] }
  const { id } = await must('POST', '/api/v1/inboxes', admin.credentials, body)
  const path = `/api/v1/inboxes/${id}/account`
  const { version, callbackUrl } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: simulator.config })
  simulator.pointTo(String(callbackUrl))
  return { simulator, inboxId: id }
}
const itemsOf = async (inboxId: string) =>
  (await must('GET', `/api/v1/conversations?view=all&inboxId=${inboxId}`, agent.credentials)).items
const itemOf = async (inboxId: string, said: number) =>
  until(async () =>
    (await itemsOf(inboxId)).find(
      (item: { conversation: { receivedCount: number } }) => item.conversation.receivedCount >= said,
    ),
  )
const reply = (conversationId: string, text: string) =>
  must('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: { type: 'text', text },
  })
const writers = async (conversationId: string): Promise<(string | undefined)[]> => {
  const { entries } = await must('GET', `/api/v1/conversations/${conversationId}/entries?limit=200`, agent.credentials)
  return entries
    .filter(({ kind }: MessageEntry) => kind === 'message.received')
    .map(({ body }: { body: { by?: { name: string } } }) => body.by?.name)
}
const shownOn = (simulator: Simulator, name: string): string[] =>
  simulator
    .phone(name)
    .screen.filter(({ mine }) => !mine)
    .map(({ text }) => text)

test('agents react where the provider takes it; elsewhere they hear why not, before they try and when they do', async () => {
  const own = await open('open-channel')
  const telegram = await open('telegram')
  const policyOf = (id: string) => must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  const reactIn = async (id: string) => {
    const { entries } = await must('GET', `/api/v1/conversations/${id}/entries?limit=50`, agent.credentials)
    const targetId = entries.findLast(({ kind }: MessageEntry) => kind === 'message.received').id
    const body = { clientKey: uuidv7(), targetId, emoji: '👍' }
    return company.call('POST', `/api/v1/conversations/${id}/reactions`, agent.credentials, body)
  }
  const reactionOn = ({ simulator }: typeof own, name: string) => simulator.phone(name).screen.at(-1)?.reaction

  await own.simulator.phone('Zhou').say({ type: 'text', text: 'thanks' })
  const { conversation: mine } = await itemOf(own.inboxId, 1)
  expect((await policyOf(mine.id)).limits.reactions).toEqual({ in: true, out: true })
  expect(await reactIn(mine.id)).toMatchObject({ status: 200 })
  await until(() => reactionOn(own, 'Zhou') === '👍')
  // The owner takes it back: nobody is asked any more.
  const path = `/api/v1/inboxes/${own.inboxId}/account`
  const { version, config } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: { ...config, reactions: false } })
  expect((await policyOf(mine.id)).limits.reactions).toEqual({ in: true, out: false })
  expect(await reactIn(mine.id)).toMatchObject({ status: 422, code: 'content-not-sendable' })

  const customer = telegram.simulator.phone('Sun')
  await customer.act('business')
  await customer.say({ type: 'text', text: 'thanks' })
  const { conversation: theirs } = await itemOf(telegram.inboxId, 1)
  const { reactions } = (await policyOf(theirs.id)).limits
  expect(reactions).toMatchObject({ out: false, why: { zh: expect.stringContaining('商业账号') } })
  expect(await reactIn(theirs.id)).toMatchObject({ status: 422, body: { detail: reactions.why.en } })
  expect(telegram.simulator.refusals).toEqual([])
})

test('a group of Telegram is one conversation, also after it has grown', async () => {
  const { simulator, inboxId } = await open('telegram')
  for (const name of ['Li', 'Wang']) await simulator.phone(name).act('group:Neighbours')
  await simulator.phone('Li').say({ type: 'text', text: 'is it open?' })
  await simulator.phone('Wang').say({ type: 'text', text: 'I ask too' })
  const { conversation, contact, thread } = await itemOf(inboxId, 2)
  expect(await itemsOf(inboxId)).toHaveLength(1)
  expect({ name: contact.name, thread }).toEqual({ name: 'Neighbours', thread: { kind: 'group', title: 'Neighbours' } })
  expect(new Set(await writers(conversation.id))).toEqual(new Set(['Li', 'Wang']))
  await reply(conversation.id, 'until eight')
  await until(() => shownOn(simulator, 'Li').includes('until eight'))
  await simulator.phone('Li').act('upgrade')
  await simulator.phone('Li').say({ type: 'text', text: 'thanks' })
  await until(async () => (await itemOf(inboxId, 3)).conversation.id === conversation.id)
  expect(await itemsOf(inboxId)).toHaveLength(1)
})

test('a group of WhatsApp is answered in the group', async () => {
  const { simulator, inboxId } = await open('whatsapp')
  for (const name of ['Lin', 'Wang']) await simulator.phone(name).act(`group:from ${name}`)
  const { conversation, thread } = await itemOf(inboxId, 2)
  expect(thread).toEqual({ kind: 'group', title: null })
  await reply(conversation.id, 'to all')
  await until(() => ['Lin', 'Wang'].every((name) => shownOn(simulator, name).includes('to all')))
  const marks = async () => (await must('GET', `/api/v1/conversations/${conversation.id}`, agent.credentials)).marks
  await until(async () => (await marks()).contactDeliveredSeq > 0)
  expect(simulator.refusals).toEqual([])
})

test('comments and mentions of Instagram are public, and a plain reply goes under them', async () => {
  const { simulator, inboxId } = await open('instagram')
  const lin = simulator.phone('Lin')
  await lin.act('comment:how much?')
  const comment = await itemOf(inboxId, 1)
  expect(comment.thread).toEqual({ kind: 'public', title: null })
  await reply(comment.conversation.id, '¥128')
  await until(() => shownOn(simulator, 'Lin').includes('¥128'))
  await lin.act('mention:@shop what is this?')
  const mention = await until(async () =>
    (await itemsOf(inboxId)).find(
      (item: { conversation: { id: string } }) => item.conversation.id !== comment.conversation.id,
    ),
  )
  expect(mention).toMatchObject({ thread: { kind: 'public' }, contact: { name: 'lin' } })
  await reply(mention.conversation.id, 'It is tea')
  await until(() => shownOn(simulator, 'Lin').includes('It is tea'))
  const refused = await company.call(
    'POST',
    `/api/v1/conversations/${comment.conversation.id}/messages`,
    agent.credentials,
    {
      clientKey: uuidv7(),
      content: { type: 'template', name: 'x', language: 'en', parameters: [], text: 'x' },
    },
  )
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(simulator.refusals).toEqual([])
})
