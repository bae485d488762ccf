import type { EntryOf } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

const company = await startParrotCompany()
const { provider, db, must, agent } = company

async function customer(address: string): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7() })
  return until(() => company.conversationOf(address))
}
const sentTo = (address: string) => provider.sent.filter(({ to }) => to === address)
const wordsTo = (address: string) => sentTo(address).map(({ text }) => text)
const statesOf = async (conversationId: string) =>
  (
    await db
      .selectFrom('deliveries')
      .select('state')
      .where('conversation_id', '=', conversationId)
      .orderBy('seq')
      .execute()
  ).map(({ state }) => state)
const troubleOf = async (conversationId: string) =>
  (await company.entriesOf(conversationId))
    .filter((entry): entry is EntryOf<'message.sent'> => entry.kind === 'message.sent')
    .map((entry) => entry.revision?.outgoing?.state ?? null)
const kindsOf = async (conversationId: string) =>
  (await company.entriesOf(conversationId))
    .map(({ kind }) => kind)
    .filter((kind) => /accepted|resent|unsure/.test(kind))
const receipt = (from: string, state: string, fields: Record<string, unknown>) =>
  provider.deliver(company.callback, [{ id: uuidv7(), from, kind: 'receipt', fields: { state, ...fields } }])

test('a receipt that names our key settles a send of which nobody knew, and later receipts find it by its id', async () => {
  const id = await customer('9001')
  provider.faults.push('silence-after')
  await company.reply(id, 'lost?')
  await until(async () => (await troubleOf(id))[0] === 'unknown')
  const [sent] = sentTo('9001')
  await receipt('9001', 'delivered', { messageId: 'theirs-1', key: sent?.key })
  await until(async () => (await troubleOf(id))[0] === null)
  expect(await statesOf(id)).toEqual(['done'])
  expect(await kindsOf(id)).toEqual(['message.unsure', 'message.accepted'])
  await until(async () => (await company.marksOf(id)).contactDeliveredSeq > 0)
  await receipt('9001', 'read', { messageId: 'theirs-1' })
  await until(async () => (await company.marksOf(id)).contactReadSeq > 0)
  expect(wordsTo('9001')).toEqual(['lost?'])
})

test('an echo does so too, is no message of its own, and the rest of a split message goes out after it', async () => {
  const id = await customer('9002')
  provider.faults.push('silence-after')
  await company.reply(id, 'First there is a sentence that fits. And then another one that does not.')
  await until(async () => (await troubleOf(id))[0] === 'unknown')
  const [first] = sentTo('9002')
  const content = { type: 'text', text: first?.text, markup: 'none' }
  const echo = { id: 'theirs-2', content, ours: false, key: first?.key }
  await provider.deliver(company.callback, [{ id: uuidv7(), from: '9002', kind: 'echo', fields: echo }])
  await until(async () => (await statesOf(id))[0] === 'done')
  expect(wordsTo('9002')).toEqual(['First there is a sentence that fits.', 'And then another one that does not.'])
  expect(await troubleOf(id)).toEqual([null])
  expect(await kindsOf(id)).toEqual(['message.unsure', 'message.resent', 'message.accepted'])
})

test('what the provider took but answered with an error is not tried again once a receipt says so', async () => {
  const id = await customer('9003')
  provider.faults.push('hold-500')
  await company.reply(id, 'held')
  await until(() => provider.isHolding())
  const [sent] = sentTo('9003')
  await receipt('9003', 'delivered', { messageId: 'theirs-3', key: sent?.key })
  await until(async () => (await company.marksOf(id)).contactDeliveredSeq > 0)
  provider.release()
  await company.reply(id, 'next')
  await until(async () => (await statesOf(id)).join() === 'done,done')
  expect(wordsTo('9003')).toEqual(['held', 'next'])
  expect(await kindsOf(id)).toEqual([])
})

test('sent again by a person, and then the receipt of the first try comes: the second does not go out', async () => {
  const id = await customer('9004')
  provider.faults.push('silence-after')
  await company.reply(id, 'twice?')
  await until(async () => (await troubleOf(id))[0] === 'unknown')
  // Nothing can be sent for a while, so that the second try waits.
  await db.updateTable('channel_accounts').set({ config: null }).returning('config').execute()
  const [before] = await db.selectFrom('deliveries').select('entry_id').where('conversation_id', '=', id).execute()
  await must('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, {
    clientKey: uuidv7(),
    targetId: before?.entry_id,
  })
  const { version } = await must('GET', company.accountPath, company.admin.credentials)
  await db
    .updateTable('deliveries')
    .set({ next_attempt_at: new Date(Date.now() + 3_600_000) })
    .where('conversation_id', '=', id)
    .execute()
  await must('PUT', company.accountPath, company.admin.credentials, { version, config: provider.config })
  await receipt('9004', 'sent', { messageId: 'theirs-4', key: sentTo('9004')[0]?.key })
  await until(async () => (await statesOf(id))[0] === 'done')
  expect(await troubleOf(id)).toEqual([null])
  expect(wordsTo('9004')).toEqual(['twice?'])
})

test('a key of nothing here is passed over', async () => {
  const id = await customer('9005')
  await company.reply(id, 'one')
  await until(async () => (await statesOf(id))[0] === 'done')
  const [row] = await db
    .selectFrom('channel_messages')
    .select('message_id')
    .where('conversation_id', '=', id)
    .where('ours', '=', true)
    .execute()
  await receipt('9005', 'read', { messageId: row?.message_id, key: `${uuidv7()}-1-0` })
  await until(async () => (await company.marksOf(id)).contactReadSeq > 0)
  await receipt('9005', 'failed', { key: sentTo('9005')[0]?.key, problem: { code: 'unreachable' } })
  await until(async () => (await troubleOf(id))[0] === 'failed')
  expect(await statesOf(id)).toEqual(['failed'])
})
