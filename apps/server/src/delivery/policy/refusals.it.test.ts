import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { parrotCapabilities, parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import type { Sent } from '../../testing/parrot-provider.ts'

vi.setConfig({ testTimeout: 60_000 })
/** What the provider refuses to whom. */
const refuses = new Map<string, string>()
const template = (name: string, category: string) => ({
  name,
  category,
  language: 'en',
  state: 'approved' as const,
  text: name,
  parameters: [],
})
const channel = parrotWith(
  { text: { ...parrotCapabilities.text, most: 400 }, optOut: null, ordering: { in: 'ordered', settleMs: 0 } },
  { templates: { list: async () => [template('offer', 'MARKETING'), template('parcel', 'UTILITY')] } },
)
const policy = ({ to, template: name = 'free' }: Sent): string | null => refuses.get(`${to} ${name}`) ?? null
const company = await startParrotCompany({ channel, policy })
const { must, call, agent, admin, provider } = company
await until(async () => {
  const path = `/api/v1/inboxes/${company.inbox.id}/templates`
  return (await must('GET', path, agent.credentials)).templates.length === 2
})

let customers = 7000
async function customer(): Promise<{ id: string; to: string }> {
  customers += 1
  const to = String(customers)
  await company.say(to, 'hello')
  return { to, id: await until(() => company.conversationOf(to)) }
}
const policyOf = async (id: string) => must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
const send = async (id: string, name: string) =>
  call('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: { type: 'template', name, language: 'en', parameters: [], text: '-' },
  })
const failures = async (id: string) =>
  (await company.entriesOf(id)).flatMap((entry) => (entry.kind === 'message.failed' ? [entry.body.problem.code] : []))
const failed = (id: string, count = 1) => until(async () => (await failures(id)).length === count)
const allow = async (id: string, who = admin) =>
  call('POST', `/api/v1/conversations/${id}/reply-policy/allow`, who.credentials, { clientKey: uuidv7() })

test.each(['opted-out', 'notice-unwanted', 'quota-used', 'window-closed'])(
  'a template that is refused (%s) leaves answers and other templates open',
  async (code) => {
    const { id, to } = await customer()
    refuses.set(`${to} parcel`, code)
    expect(await send(id, 'parcel')).toMatchObject({ status: 200 })
    await failed(id)
    expect(await policyOf(id)).toMatchObject({ free: { left: 5 }, template: true, promotion: true, why: null })
    expect(await company.reply(id, 'an answer')).toMatchObject({ status: 200 })
    await until(() => provider.sent.some((sent) => sent.to === to && sent.text === 'an answer'))
  },
)

test('who wants no advertising gets answers and notices, and advertising again once staff allow it', async () => {
  const { id, to } = await customer()
  refuses.set(`${to} offer`, 'notice-unwanted')
  await send(id, 'offer')
  await failed(id)
  expect(await policyOf(id)).toMatchObject({ free: { left: 5 }, template: true, promotion: false, allowable: true })
  expect(await send(id, 'offer')).toMatchObject({ status: 409, code: 'promotion-unwanted' })
  expect(await send(id, 'parcel')).toMatchObject({ status: 200 })
  refuses.clear()
  expect(await allow(id)).toMatchObject({ status: 200, body: { promotion: true, allowable: false } })
  expect(await send(id, 'offer')).toMatchObject({ status: 200 })
  await until(() => provider.sent.some((sent) => sent.to === to && sent.template === 'offer'))
})

test('to whom a provider refuses messages, they go again as soon as the customer writes', async () => {
  const { id, to } = await customer()
  refuses.set(`${to} free`, 'opted-out')
  await company.reply(id, 'one')
  await failed(id)
  expect(await company.reply(id, 'two')).toMatchObject({ status: 409, code: 'customer-opted-out' })
  expect(await policyOf(id)).toMatchObject({ free: null, template: false, why: 'opted-out', allowable: true })
  refuses.clear()
  await company.say(to, 'why so silent?')
  await until(async () => (await policyOf(id)).free)
  expect(await company.reply(id, 'three')).toMatchObject({ status: 200 })
})

test('staff with the right allow it again, which the timeline and the log tell; others do not', async () => {
  const { id, to } = await customer()
  refuses.set(`${to} free`, 'opted-out')
  await company.reply(id, 'one')
  await failed(id)
  refuses.clear()
  expect(await allow(id, agent)).toMatchObject({ status: 403 })
  expect(await company.reply(id, 'two')).toMatchObject({ status: 409 })
  expect(await allow(id)).toMatchObject({ status: 200, body: { free: { left: 5 }, allowable: false } })
  expect((await company.entriesOf(id)).at(-1)).toMatchObject({
    kind: 'contact.consented',
    author: { type: 'agent' },
    body: { wanted: true },
  })
  // Nothing is left to allow: nothing is told.
  expect(await allow(id)).toMatchObject({ status: 200 })
  expect((await company.entriesOf(id)).filter(({ kind }) => kind === 'contact.consented')).toHaveLength(1)
  const { items } = await must('GET', '/api/v1/audit?limit=10', admin.credentials)
  const allowed = items.filter(({ action }: { action: string }) => action === 'contact.allowed-again')
  expect(allowed.at(0)).toMatchObject({ details: { conversationId: id } })
  expect(await company.reply(id, 'three')).toMatchObject({ status: 200 })
})

test('what the customer said is theirs to take back', async () => {
  const { id, to } = await customer()
  await provider.deliver(company.callback, [{ id: uuidv7(), from: to, kind: 'consent', fields: { wanted: false } }])
  await until(async () => (await policyOf(id)).why === 'opted-out')
  expect(await policyOf(id)).toMatchObject({ allowable: false })
  expect(await allow(id)).toMatchObject({ status: 409, code: 'customer-opted-out' })
  await company.say(to, 'I am back')
  await until(async () => (await policyOf(id)).free)
})

test('what a provider says later teaches the same, unless the customer has written since', async () => {
  const { id, to } = await customer()
  await company.reply(id, 'one')
  const messageId = await until(async () => {
    const { rows } = await company.pool.query<{ message_id: string }>(
      `select message_id from delivery_parts join deliveries using (entry_id)
       where conversation_id = $1 and delivery_parts.state = 'accepted'`,
      [id],
    )
    return rows[0]?.message_id
  })
  const receipt = (code: string) => {
    const fields = { state: 'failed', messageId, problem: { code } }
    return provider.deliver(company.callback, [{ id: uuidv7(), from: to, kind: 'receipt', fields }])
  }
  await receipt('opted-out')
  await until(async () => (await policyOf(id)).why === 'opted-out')
  expect(await failures(id)).toEqual(['opted-out'])
  await company.say(to, 'what now?')
  await until(async () => (await policyOf(id)).free)
  const last = uuidv7()
  await receipt('window-closed')
  await company.say(to, 'and now?', { id: last })
  await until(async () => (await company.messagesOf(to)).includes('and now?'))
  expect(await policyOf(id)).toMatchObject({ free: { left: 5 } })
})
