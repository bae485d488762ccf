import { findChannel } from '@qiao/channels'
import type { ConversationOutlet, ReplyPolicy, ReplyPreview } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { parrot, parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const hour = 3_600_000
/** Its texts are counted as those of a phone, and files of it are links. */
const channel = parrotWith(
  {},
  {
    segmentsIn: ({ request: { text } }) =>
      findChannel('twilio')?.segmentsIn?.({ request: { Body: text ?? '' } }) ?? { encoding: 'gsm-7', count: 0 },
    render(message, config) {
      if (message.content.type !== 'file') return parrot.render(message, config)
      const words = `See ${Object.values(message.links).join()}`
      return { kind: 'parts', parts: [{ request: { to: message.to, text: words } }], degraded: [words] }
    },
  },
)
const company = await startParrotCompany({ channel })
const { provider, must, call, agent, admin, pool } = company

async function customer(address: string): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7() })
  return until(() => company.conversationOf(address))
}
const policyOf = async (id: string): Promise<ReplyPolicy> =>
  must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
const preview = async (id: string, ...contents: object[]): Promise<ReplyPreview> =>
  must('POST', `/api/v1/conversations/${id}/reply-preview`, agent.credentials, { contents })
const words = (length: number): object => ({ type: 'text', text: 'tea '.repeat(length / 4) })
const setGrants = (address: string, grants: object[]) =>
  pool.query(
    'update reply_ledgers set grants = $2 where identity_id = (select id from identities where address = $1)',
    [address, JSON.stringify(grants)],
  )
const sentTo = (address: string) => provider.sent.filter(({ to }) => to === address)

test('a preview has the parts that are sent, in their order, and stores nothing', async () => {
  const id = await customer('8001')
  const before = await company.entriesOf(id)
  const shown = await preview(id, words(100))
  expect(shown.problem).toBeNull()
  expect(shown.sms).toEqual({ encoding: 'gsm-7', segments: 3, perSegment: 153 })
  const [message] = shown.messages
  expect(message).toMatchObject({ degraded: [], problem: null })
  expect(message?.parts.map(({ segments }) => segments)).toEqual([1, 1, 1])
  expect(await company.entriesOf(id)).toEqual(before)
  expect((await company.reply(id, 'tea '.repeat(25))).status).toBe(200)
  await until(() => sentTo('8001').length === 3)
  expect(message?.parts.map(({ text }) => text)).toEqual(sentTo('8001').map(({ text }) => text))
})

test('what the customer will see instead is said, with the link as long as it will be', async () => {
  const id = await customer('8002')
  const file = uuidv7()
  const query = new URLSearchParams({ conversationId: id, name: 'list.txt' })
  await must('PUT', `/api/v1/attachments/${file}?${query.toString()}`, agent.credentials, Buffer.from('a list'))
  const content = { type: 'file', attachment: { id: file, name: 'list.txt', mime: 'text/plain', bytes: 6 } }
  const shown = await preview(id, content, words(8))
  expect(shown.messages.map(({ degraded }) => degraded.length)).toEqual([1, 0])
  expect(shown.messages[0]?.degraded[0]).toMatch(new RegExp(`^See http.*${file}`))
  // Nobody gets a link to what somebody else has brought.
  const path = `/api/v1/conversations/${id}/reply-preview`
  expect((await call('POST', path, admin.credentials, { contents: [content] })).code).toBe('attachment-not-found')
  const form = { type: 'location', latitude: 1, longitude: 2 }
  expect((await preview(id, form)).messages[0]?.problem).toMatchObject({ code: 'unsupported' })
})

test('of the quota both numbers are told, and more parts than are left are refused as a whole', async () => {
  const id = await customer('8003')
  expect((await policyOf(id)).free).toMatchObject({ left: 5, of: 5 })
  expect((await company.reply(id, 'tea '.repeat(25))).status).toBe(200)
  await until(() => sentTo('8003').length === 3)
  await expect.poll(async () => (await policyOf(id)).free).toMatchObject({ left: 2, of: 5 })
  const shown = await preview(id, words(40), words(80))
  expect(shown.problem).toMatchObject({ code: 'quota-used', detail: expect.stringMatching(/ 3 .* 2 /) })
  const refused = await company.reply(id, 'tea '.repeat(25))
  expect(refused).toMatchObject({ code: 'reply-quota-used' })
  expect(refused.body.detail).toMatch(/ 3 .* 2 /)
  expect((await company.reply(id, 'tea')).status).toBe(200)
  await until(() => sentTo('8003').length === 4)
})

test('two that are written at once and do not both fit: one goes out, of the other nothing', async () => {
  const id = await customer('8004')
  provider.faults.push(429, 429, 429)
  const long = 'tea '.repeat(25)
  const answers = [await company.reply(id, long), await company.reply(id, long)]
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  const trouble = await until(async () => (await company.entriesOf(id)).find(({ kind }) => kind === 'message.failed'))
  expect(trouble).toMatchObject({
    body: { problem: { code: 'quota-used', detail: expect.stringMatching(/ 3 .* 2 /) } },
  })
  expect(sentTo('8004')).toHaveLength(3)
})

test('a window that is shut says since when, and what opens it; who wants nothing, what starts it again', async () => {
  const id = await customer('8005')
  const openedAt = Date.now() - 49 * hour
  await setGrants('8005', [{ act: 'message', openedAt, used: 1 }])
  const closed = await policyOf(id)
  expect(closed).toMatchObject({ free: null, why: 'window-closed', opens: ['message', 'click'], startWords: [] })
  expect(Math.abs(Date.parse(closed.closedAt ?? '') - openedAt - 48 * hour)).toBeLessThanOrEqual(60_000)
  expect((await preview(id, words(8))).problem).toMatchObject({ code: 'window-closed' })
  await setGrants('8005', [{ act: 'message', openedAt: Date.now() - hour, used: 5 }])
  expect(await policyOf(id)).toMatchObject({ why: 'quota-used', closedAt: null, opens: ['message', 'click'] })
  await company.say('8005', 'STOP', { id: uuidv7() })
  await expect.poll(async () => policyOf(id)).toMatchObject({ why: 'opted-out', opens: [], startWords: ['START'] })
})

test('each way tells the same of itself as the policy does of the own one', async () => {
  const id = await customer('8006')
  const outlets: { outlets: ConversationOutlet[] } = await must(
    'GET',
    `/api/v1/conversations/${id}/outlets`,
    agent.credentials,
  )
  const { channel: _, ...policy } = await policyOf(id)
  expect(outlets.outlets).toMatchObject([{ own: true, open: true, ...policy }])
  // This channel declares that it changes nothing that was sent.
  expect(policy.limits).toMatchObject({ edits: { out: false }, recalls: { out: false }, replyTo: true })
})
