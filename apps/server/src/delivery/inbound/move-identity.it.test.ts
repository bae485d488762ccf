import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

const company = await startParrotCompany()
const { provider, db, must, agent } = company

async function customer(address: string): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7() })
  return until(() => company.conversationOf(address))
}
const move = (from: string, toAddress: string) =>
  provider.deliver(company.callback, [{ id: uuidv7(), from, kind: 'moved', fields: { toAddress } }])
const noted = async (id: string) =>
  (await company.entriesOf(id)).flatMap((entry) => (entry.kind === 'contact.acted' ? [entry.body.words] : []))
const wordsTo = (address: string) => provider.sent.filter(({ to }) => to === address).map(({ text }) => text)

test('a customer under a new address goes on where it was, and the thread says so', async () => {
  const id = await customer('6001')
  await move('6001', '6002')
  await until(async () => (await noted(id)).length > 0)
  await company.reply(id, 'after the move')
  await until(() => wordsTo('6002').length > 0)
  await company.say('6002', 'here', { id: uuidv7() })
  await until(async () => (await company.messagesOf('6002')).length === 3)
  expect(await company.conversationOf('6002')).toBe(id)
  expect(wordsTo('6001')).toEqual([])
})

test('moved to an address that is known: each keeps what was said, answers of both go there under one allowance', async () => {
  const old = await customer('6101')
  const known = await customer('6102')
  await move('6101', '6102')
  await until(async () => (await noted(old)).length > 0)
  expect(known).not.toBe(old)
  await company.reply(old, 'from the old one')
  await until(() => wordsTo('6102').length === 1)
  for (const words of ['2', '3', '4', '5']) await company.reply(known, words)
  await until(() => wordsTo('6102').length === 5)
  // The quota of five is the person's: neither has any left.
  const why = async (id: string) =>
    (await must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)).why
  await until(async () => (await why(old)) === 'quota-used' && (await why(known)) === 'quota-used')
  expect(await company.reply(old, '6')).toMatchObject({ code: 'reply-quota-used' })
  // Receipts name the new address, for messages of both.
  await until(async () => (await company.marksOf(old)).sentSeq > 0)
  const upTo = { state: 'read', upTo: new Date(Date.now() + 60_000).toISOString() }
  await provider.deliver(company.callback, [{ id: uuidv7(), from: '6102', kind: 'receipt', fields: upTo }])
  await until(async () => (await company.marksOf(old)).contactReadSeq > 0)
  await until(async () => (await company.marksOf(known)).contactReadSeq > 0)
  expect(wordsTo('6101')).toEqual([])
  // And back again: nothing goes in circles.
  await move('6102', '6101')
  await until(async () => (await noted(known)).length > 0)
  const rows = await db
    .selectFrom('identities')
    .select(['address', 'moved_to'])
    .where('address', 'in', ['6101', '6102'])
    .execute()
  const back = rows.find(({ address }) => address === '6101')
  expect(back?.moved_to).toBeNull()
  await company.say('6101', 'back', { id: uuidv7() })
  await until(async () => (await why(known)) === null)
  await company.reply(known, 'found you')
  await until(() => wordsTo('6101').length === 1)
})
