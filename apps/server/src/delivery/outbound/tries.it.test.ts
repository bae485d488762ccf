import { applyRevision, type Entry, isMessage } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startCourierCompany } from '../../testing/courier-company.ts'
import { until } from '../../testing/parrot-company.ts'

const { must, call, write, agent, outsider, reply, entriesOf, office, db } = await startCourierCompany()

const sent = async (id: string) => (await entriesOf(id)).findLast((entry) => entry.kind === 'message.sent')
const outgoingOf = async (id: string) => (await sent(id))?.revision?.outgoing
const triesOf = async (id: string) => (await must('GET', `/api/v1/conversations/${id}/tries`, agent.credentials)).tries
const press = async (what: string, id: string, who = agent) =>
  call('POST', `/api/v1/conversations/${id}/${what}`, who.credentials, {
    clientKey: uuidv7(),
    targetId: (await sent(id))?.id,
  })
const kindsOf = async (id: string) => (await entriesOf(id)).map(({ kind }) => kind)
const postedTo = (words: string) => office.posted.filter(({ text }) => text === words)

/** What is stored beside the message is what its entries say. */
async function sameFromEntries(id: string): Promise<void> {
  const entries = await entriesOf(id)
  const bare: readonly Entry[] = entries.map((entry) => (isMessage(entry) ? { ...entry, revision: null } : entry))
  expect(entries.reduce((held, change) => applyRevision(held, change), bare)).toEqual(entries)
}

/** A letter that its server does not take at present; gives the conversation. */
async function waiting(from: string, words: string): Promise<string> {
  office.later.add(from)
  const { conversationId: id } = await write({ from, subject: 'Tea', text: 'hello' })
  await reply(id, { type: 'text', text: words })
  await until(async () => (await outgoingOf(id))?.state === 'retrying')
  return id
}

test('what is tried again says since when, why and when next; it is told once, and over when it has gone', async () => {
  const id = await waiting('grey@example.com', 'grey words')
  expect(await outgoingOf(id)).toMatchObject({
    problem: { code: 'provider-failed', detail: '451 4.7.1 Greylisted' },
    dismissed: false,
  })
  const [one, ...more] = await triesOf(id)
  expect(more).toEqual([])
  expect(one).toMatchObject({ targetId: (await sent(id))?.id, tries: 1, problem: { code: 'provider-failed' } })
  expect(one.since).toBe((await outgoingOf(id))?.since)
  expect(Date.parse(one.nextAt)).toBeGreaterThan(Date.now() + 3_000_000)

  // Tried now, and not taken again: counted, and not told a second time.
  expect((await press('try-now', id)).status).toBe(200)
  await until(async () => (await triesOf(id))[0]?.tries === 2)
  expect((await kindsOf(id)).filter((kind) => kind === 'message.retrying')).toHaveLength(1)

  office.later.clear()
  // Twice at once: it goes out once.
  await Promise.all([press('try-now', id), press('try-now', id)])
  await until(async () => (await outgoingOf(id)) === undefined)
  expect(await triesOf(id)).toEqual([])
  expect(postedTo('grey words')).toHaveLength(1)
  expect((await kindsOf(id)).at(-1)).toBe('message.accepted')
  await sameFromEntries(id)
})

test('given up it has failed and is tried no more, until somebody sends it again', async () => {
  const id = await waiting('never@example.com', 'given up')
  expect((await press('give-up', id, outsider)).code).toBe('not-found')
  expect((await outgoingOf(id))?.state).toBe('retrying')
  const answers = await Promise.all([press('give-up', id), press('give-up', id)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await outgoingOf(id)).toMatchObject({ state: 'failed', problem: { code: 'provider-failed' } })
  expect((await kindsOf(id)).filter((kind) => kind === 'message.failed')).toHaveLength(1)
  // Whoever gave it up knows.
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(conversation.undelivered).toEqual([])
  expect(await triesOf(id)).toEqual([])
  office.later.clear()
  expect((await press('try-now', id)).status).toBe(200)
  await reply(id, { type: 'text', text: 'what comes after it goes out' })
  await until(async () => postedTo('what comes after it goes out').length === 1)
  expect(postedTo('given up')).toEqual([])
  expect((await press('resend', id)).status).toBe(200)
  await sameFromEntries(id)
})

test('a press that comes once more later does not undo what was done since', async () => {
  const id = await waiting('twice@example.com', 'pressed twice')
  const body = { clientKey: uuidv7(), targetId: (await sent(id))?.id }
  const giveUp = async () => must('POST', `/api/v1/conversations/${id}/give-up`, agent.credentials, body)
  const first = await giveUp()
  await press('resend', id)
  await until(async () => (await outgoingOf(id))?.state === 'retrying')
  expect(await giveUp()).toEqual(first)
  expect((await outgoingOf(id))?.state).toBe('retrying')
  office.later.clear()
  await press('try-now', id)
  await until(async () => (await outgoingOf(id)) === undefined)
  expect(postedTo('pressed twice')).toHaveLength(1)
})

test('what is sent again after days is tried as long as a new one', async () => {
  const id = await waiting('old@example.com', 'old words')
  const entryId = (await sent(id))?.id ?? ''
  await press('give-up', id)
  const days = new Date(Date.now() - 30 * 86_400_000)
  await db
    .updateTable('deliveries')
    .set({ created_at: days, changed_at: days })
    .where('entry_id', '=', entryId)
    .execute()
  await press('resend', id)
  await until(async () => (await outgoingOf(id))?.state === 'retrying')
  office.later.clear()
  await press('try-now', id)
  await until(async () => (await outgoingOf(id)) === undefined)
  expect(postedTo('old words')).toHaveLength(1)
})

test('nobody else’s, and nothing that is none', async () => {
  const id = await waiting('other@example.com', 'not yours')
  expect((await call('GET', `/api/v1/conversations/${id}/tries`, outsider.credentials)).code).toBe('not-found')
  expect((await press('try-now', id, outsider)).code).toBe('not-found')
  expect((await triesOf(id))[0]?.tries).toBe(1)
  office.later.clear()
})
