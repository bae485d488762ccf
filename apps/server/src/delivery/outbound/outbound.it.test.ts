import { setTimeout as sleep } from 'node:timers/promises'
import { applyEntry, applyRevision, type Conversation, type Entry, type EntryOf } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { createLog } from '#platform/log'
import { connect } from '../../testing/socket-peer.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

/** All that the server logs, at its most talkative. */
const logged: string[] = []
const log = createLog({ level: 'trace', destination: { write: (line) => void logged.push(line) } })
const company = await startParrotCompany({ log })
const { provider, db, must, agent, admin } = company

async function customer(address: string): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7() })
  return until(() => company.conversationOf(address))
}
const sentTo = (address: string) => provider.sent.filter(({ to }) => to === address).map(({ text: words }) => words)
const stateOf = async (conversationId: string) =>
  (
    await db
      .selectFrom('deliveries')
      .select('state')
      .where('conversation_id', '=', conversationId)
      .orderBy('seq', 'desc')
      .executeTakeFirst()
  )?.state
const outgoingOf = async (conversationId: string) =>
  (await company.entriesOf(conversationId))
    .filter((entry): entry is EntryOf<'message.sent'> => entry.kind === 'message.sent')
    .map((entry) => entry.revision?.outgoing ?? null)
const kindsOf = async (conversationId: string) =>
  (await company.entriesOf(conversationId)).map(({ kind }) => kind).filter((kind) => kind.startsWith('message.'))

test('replies go out in order, a long one in parts, and marks say how far they came', async () => {
  const id = await customer('2001')
  provider.faults.push(500, 429)
  await company.reply(id, 'First there is a sentence that fits. And then another one that does not.')
  await company.reply(id, 'second')
  await until(async () => (await company.marksOf(id)).sentSeq === 5)
  expect(sentTo('2001')).toEqual([
    'First there is a sentence that fits.',
    'And then another one that does not.',
    'second',
  ])
})

test('what went out without an answer is shown, sent again only when a person says so, and cleared when it arrived', async () => {
  const id = await customer('2002')
  provider.faults.push('silence-after')
  await company.reply(id, 'did it arrive?')
  await until(async () => (await stateOf(id)) === 'unknown')
  await company.reply(id, 'the next one is not held up')
  await until(async () => (await stateOf(id)) === 'done')
  expect(sentTo('2002')).toEqual(['did it arrive?', 'the next one is not held up'])
  expect((await outgoingOf(id))[0]).toMatchObject({
    state: 'unknown',
    problem: { code: 'no-answer' },
    dismissed: false,
  })
  const targetId = (await company.entriesOf(id)).find(({ kind }) => kind === 'message.sent')?.id
  await must('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, { clientKey: uuidv7(), targetId })
  await until(async () => (await kindsOf(id)).includes('message.accepted'))
  expect(sentTo('2002')).toHaveLength(3)
  expect(await outgoingOf(id)).toEqual([null, null])
  // A second press finds nothing to do.
  const again = { clientKey: uuidv7(), targetId }
  expect((await must('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, again)).entries).toEqual([])
})

test('what the provider took and gave back later is sent again as a whole', async () => {
  const id = await customer('2011')
  const [first, second] = ['First there is a sentence that fits.', 'And then another one that does not.']
  await company.reply(id, `${first} ${second}`)
  await until(async () => (await stateOf(id)) === 'done')
  const { message_id: messageId } = await db
    .selectFrom('channel_messages')
    .select('message_id')
    .where('conversation_id', '=', id)
    .where('ours', '=', true)
    .orderBy('message_id')
    .executeTakeFirstOrThrow()
  const fields = { state: 'failed', messageId, problem: { code: 'unreachable' } }
  await provider.deliver(company.callback, [{ id: uuidv7(), from: '2011', kind: 'receipt', fields }])
  await until(async () => (await stateOf(id)) === 'failed')
  const targetId = (await company.entriesOf(id)).find(({ kind }) => kind === 'message.sent')?.id
  await must('POST', `/api/v1/conversations/${id}/resend`, agent.credentials, { clientKey: uuidv7(), targetId })
  await until(async () => (await stateOf(id)) === 'done')
  expect(sentTo('2011')).toEqual([first, second, first, second])
  expect(await outgoingOf(id)).toEqual([null])
})

test('what the provider refuses is told with its reason, and can be left at that', async () => {
  const id = await customer('2003')
  provider.faults.push({ status: 400, body: '{"code":"window-closed"}' })
  await company.reply(id, 'too late')
  await until(async () => (await stateOf(id)) === 'failed')
  expect(await outgoingOf(id)).toMatchObject([{ state: 'failed', problem: { code: 'window-closed' } }])
  // The provider knows better than our book.
  expect(await company.reply(id, 'again')).toMatchObject({ status: 409, code: 'reply-window-closed' })
  const targetId = (await company.entriesOf(id)).find(({ kind }) => kind === 'message.sent')?.id
  await must('POST', `/api/v1/conversations/${id}/dismiss`, agent.credentials, { clientKey: uuidv7(), targetId })
  expect(await outgoingOf(id)).toMatchObject([{ state: 'failed', dismissed: true }])
  const policy = await must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  expect(policy).toMatchObject({ free: null, why: 'window-closed', template: true, limits: { text: { most: 40 } } })
})

test('receipts of the provider move the marks, and a late failure is told', async () => {
  const id = await customer('2004')
  await company.reply(id, 'one')
  await company.reply(id, 'two')
  await until(async () => (await company.marksOf(id)).sentSeq === 5)
  const rows = await db
    .selectFrom('channel_messages')
    .select(['message_id', 'public_seq'])
    .where('conversation_id', '=', id)
    .where('ours', '=', true)
    .orderBy('public_seq')
    .execute()
  const [one, two] = rows.map((row) => row.message_id)
  const receipt = (state: string, messageId: string | undefined, more = {}) => ({
    id: uuidv7(),
    from: '2004',
    kind: 'receipt',
    fields: { state, messageId, ...more },
  })
  await provider.deliver(company.callback, [receipt('delivered', two), receipt('read', one)])
  await until(async () => (await company.marksOf(id)).contactReadSeq === rows[0]?.public_seq)
  await until(async () => (await company.marksOf(id)).contactDeliveredSeq === rows[1]?.public_seq)
  await provider.deliver(company.callback, [receipt('failed', two, { problem: { code: 'unreachable' } })])
  await until(async () => (await kindsOf(id)).includes('message.failed'))
  expect((await outgoingOf(id))[1]).toMatchObject({ state: 'failed', problem: { code: 'unreachable' } })
})

test('the quota of the channel is refused early, counted down and opened by the next message', async () => {
  const id = await customer('2005')
  for (const words of ['1', '2', '3', '4', '5']) await company.reply(id, words)
  await until(async () => (await company.marksOf(id)).sentSeq === 8)
  const policy = () => must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  await until(async () => (await policy()).why === 'quota-used')
  expect(await company.reply(id, '6')).toMatchObject({ status: 409, code: 'reply-quota-used' })
  await company.say('2005', 'go on', { id: uuidv7() })
  expect(await until(async () => (await policy()).free)).toMatchObject({ left: 5 })
  const content = { type: 'location', latitude: 1, longitude: 1 }
  const body = { clientKey: uuidv7(), content }
  expect(await company.call('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, body)).toMatchObject({
    status: 422,
    code: 'content-not-sendable',
  })
  const sent = (await company.entriesOf(id)).find(({ kind }) => kind === 'message.sent')
  const recall = { clientKey: uuidv7(), targetId: sent?.id }
  expect(await company.call('POST', `/api/v1/conversations/${id}/recall`, agent.credentials, recall)).toMatchObject({
    code: 'message-not-editable',
  })
})

test('apply(frames, stale) = fresh for trouble on the way out and what is done about it', async () => {
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  await peer.next((frame) => frame.type === 'ready')
  const id = await customer('2007')
  const read = async () => (await must('GET', `/api/v1/conversations/${id}`, agent.credentials)).conversation
  const stale: Conversation = await read()
  const staleEntries = await company.entriesOf(id)
  provider.faults.push('silence-after', { status: 400, body: '{}' }, { status: 400, body: '{}' })
  for (const words of ['lost?', 'refused', 'refused too']) await company.reply(id, words)
  await until(async () => (await outgoingOf(id)).every((outgoing) => outgoing !== null))
  const [lost, refused] = (await company.entriesOf(id)).filter(({ kind }) => kind === 'message.sent')
  const command = (name: string, targetId: string | undefined) =>
    must('POST', `/api/v1/conversations/${id}/${name}`, agent.credentials, { clientKey: uuidv7(), targetId })
  await command('dismiss', refused?.id)
  await command('resend', lost?.id)
  await until(async () => (await kindsOf(id)).includes('message.accepted'))
  const fresh = await read()
  const entriesIn = (frame: { type: string; [field: string]: unknown }): Entry[] =>
    frame.type === 'entries' && frame['conversationId'] === id ? (frame['entries'] as Entry[]) : []
  await peer.next((frame) => entriesIn(frame).some(({ seq }) => seq === fresh.lastSeq))
  const told = peer.frames.flatMap(entriesIn).filter(({ seq }) => seq > stale.lastSeq)
  expect(told.toSorted((one, other) => one.seq - other.seq).reduce(applyEntry, stale)).toEqual(fresh)
  const shown = told.reduce<readonly Entry[]>((held, entry) => [...applyRevision(held, entry), entry], staleEntries)
  expect(shown).toEqual(await company.entriesOf(id))
  peer.close()
})

test('several senders fetch one token between them', () => expect(provider.tokensGiven()).toBe(1))

test('secrets are in no log and in no answer, and change over without losing a call', async () => {
  const { apiKey, signingSecret } = provider.config
  const before = await must('GET', company.accountPath, admin.credentials)
  expect(before).toMatchObject({ secretsSet: ['apiKey', 'signingSecret'], config: { apiUrl: provider.config.apiUrl } })
  const change = {
    version: before.version,
    config: { apiUrl: provider.config.apiUrl, signingSecret: 'a-newer-secret' },
    keepOldHours: 1,
  }
  const after = await must('PUT', company.accountPath, admin.credentials, change)
  expect(await company.call('PUT', company.accountPath, admin.credentials, change)).toMatchObject({
    code: 'changed-meanwhile',
  })
  const wrong = { version: after.version, config: { apiUrl: 5, apiKey: 'short-one' } }
  const refused = await company.call('PUT', company.accountPath, admin.credentials, wrong)
  expect(refused).toMatchObject({ status: 422, code: 'invalid-input' })
  const event = {
    id: uuidv7(),
    from: '2006',
    fields: { id: uuidv7(), content: { type: 'text', text: 'hi', markup: 'none' } },
  }
  expect((await provider.deliver(company.callback, [event])).status).toBe(200)
  expect((await provider.deliver(company.callback, [event], 'a-newer-secret')).status).toBe(200)
  await must('PUT', company.accountPath, admin.credentials, { ...change, version: after.version, keepOldHours: 0 })
  expect((await provider.deliver(company.callback, [event])).status).toBe(401)
  await sleep(1_100)
  const paths = ['', '/status', '/dead-letters']
  const answers = await Promise.all(
    paths.map((path) => company.call('GET', company.accountPath + path, admin.credentials)),
  )
  const audit = await company.call('GET', '/api/v1/audit-events', admin.credentials)
  const told = [...logged, ...answers.map((answer) => answer.text), audit.text, refused.text, JSON.stringify(after)]
  expect(logged.some((line) => line.includes('sending with [redacted]'))).toBe(true)
  for (const secret of [apiKey, signingSecret, 'a-newer-secret', 'short-one', 'token-1-secret']) {
    expect(told.filter((line) => line.includes(secret))).toEqual([])
  }
  const stored = await db.selectFrom('deliveries').select('problem').execute()
  expect(JSON.stringify(stored)).not.toContain(apiKey)
})
