import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { signParrot } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { text } from '../../testing/parrot-provider.ts'

const company = await startParrotCompany()
const { provider, callback, say, db, inbox, call, must, admin, agent } = company
const stateOf = async (eventId: string) =>
  (await db.selectFrom('channel_events').select(['state', 'reason']).where('event_id', '=', eventId).executeTakeFirst())
    ?.state
const settled = (eventId: string) =>
  until(async () => ['done', 'failed', 'unknown'].includes((await stateOf(eventId)) ?? ''))

test('a message becomes a conversation with a contact, and its repeats change nothing', async () => {
  const id = uuidv7()
  const more = { id, fields: { name: 'Wang Fang' } }
  expect(await say('1001', 'hello', more)).toEqual({ status: 200, body: 'success' })
  expect((await say('1001', 'hello', more)).status).toBe(200)
  await settled(id)
  // The provider gives the same message a second event id: still the same message.
  await provider.deliver(callback, [
    { id: `${id}-again`, from: '1001', fields: { id, ...text('hello'), name: 'Wang Fang' } },
  ])
  await settled(`${id}-again`)
  expect(await company.messagesOf('1001')).toEqual(['hello'])
  const conversationId = (await company.conversationOf('1001')) ?? ''
  const item = await must('GET', `/api/v1/conversations/${conversationId}`, agent.credentials)
  expect(item).toMatchObject({ contact: { name: 'Wang Fang' }, conversation: { inboxId: inbox.id } })
  expect(item.marks.sentSeq).toBe(0)
})

test('events that are there together are worked off in the order of the provider', async () => {
  const said = ['three', 'one', 'two'].map((words, at) => {
    const id = uuidv7()
    return { id, from: '1002', position: [3, 1, 2][at] ?? 0, fields: { id, ...text(words) } }
  })
  await provider.deliver(callback, said)
  await Promise.all(said.map(({ id }) => settled(id)))
  expect(await company.messagesOf('1002')).toEqual(['one', 'two', 'three'])
})

test('what was said is edited, recalled, reacted to and answered by its id', async () => {
  const [first, second] = [uuidv7(), uuidv7()]
  await say('1003', 'I want a cup', { id: first, position: 1 })
  await say('1003', 'and a plate', { id: second, position: 2, fields: { replyTo: first } })
  const events = [
    {
      id: uuidv7(),
      from: '1003',
      position: 3,
      kind: 'edited',
      fields: { messageId: first, ...text('I want two cups') },
    },
    { id: uuidv7(), from: '1003', position: 4, kind: 'reacted', fields: { messageId: first, emoji: '👍' } },
    { id: uuidv7(), from: '1003', position: 5, kind: 'recalled', fields: { messageId: second } },
  ]
  await provider.deliver(callback, events)
  await settled(events[2]?.id ?? '')
  const entries = await company.entriesOf((await company.conversationOf('1003')) ?? '')
  const [one, two] = entries.filter((entry) => entry.kind === 'message.received')
  expect(one?.revision?.content).toMatchObject({ text: 'I want two cups' })
  expect(two?.revision?.recalledAt).not.toBeNull()
  expect(two?.body.replyToId).toBe(one?.id)
  expect(entries.find((entry) => entry.kind === 'message.reacted')?.body).toEqual({ targetId: one?.id, emoji: '👍' })
})

test('a picture is fetched and kept; what cannot be had is said', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  provider.media.set('m1', png)
  provider.media.set('m2', 503)
  const [kept, gone] = [uuidv7(), uuidv7()]
  const picture = (media: string) => ({
    content: { type: 'image', media: { id: media, name: 'cup.png' }, caption: 'look' },
  })
  await provider.deliver(callback, [
    { id: kept, from: '1004', position: 1, fields: { id: kept, ...picture('m1') } },
    { id: gone, from: '1004', position: 2, fields: { id: gone, ...picture('m2') } },
  ])
  await settled(gone)
  const entries = await company.entriesOf((await company.conversationOf('1004')) ?? '')
  const [one, two] = entries.filter((entry) => entry.kind === 'message.received')
  expect(one?.body.content).toMatchObject({
    type: 'image',
    caption: 'look',
    attachment: { mime: 'image/png', bytes: png.length },
  })
  expect(two?.body.content).toMatchObject({ type: 'unsupported', raw: { problem: 'media-gone', caption: 'look' } })
  const id = one && 'attachment' in one.body.content ? one.body.content.attachment.id : ''
  const { attachments } = await must('POST', '/api/v1/attachments/links', agent.credentials, { ids: [id] })
  expect(attachments).toHaveLength(1)
})

test('words for stop and start are heard, and people whom we blocked are not', async () => {
  const [hello, stop] = [uuidv7(), uuidv7()]
  await say('1005', 'hello', { id: hello, position: 1 })
  await say('1005', ' stop ', { id: stop, position: 2 })
  await settled(stop)
  const id = (await company.conversationOf('1005')) ?? ''
  expect((await company.entriesOf(id)).at(-1)).toMatchObject({ kind: 'contact.consented', body: { wanted: false } })
  expect(await company.reply(id, 'are you sure?')).toMatchObject({ status: 409, code: 'customer-opted-out' })
  const { conversation } = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  await must('POST', `/api/v1/contacts/${conversation.contactId}/block`, admin.credentials, { blocked: true })
  const blocked = uuidv7()
  await say('1005', 'START', { id: blocked })
  await settled(blocked)
  expect(await company.messagesOf('1005')).toEqual(['hello', ' stop '])
})

test('what the business writes in the provider’s own app is part of the conversation and is not sent again', async () => {
  const [asked, told] = [uuidv7(), uuidv7()]
  await say('1006', 'where is it?', { id: asked, position: 1 })
  const event = { from: '1006', position: 2, kind: 'echo', fields: { id: told, ours: false, ...text('on its way') } }
  await provider.deliver(callback, [{ id: told, ...event }])
  await settled(told)
  const entries = await company.entriesOf((await company.conversationOf('1006')) ?? '')
  expect(entries.at(-1)).toMatchObject({
    kind: 'message.sent',
    author: { type: 'system' },
    body: { elsewhere: true, content: { text: 'on its way' } },
  })
  expect(provider.sent.filter(({ to }) => to === '1006')).toEqual([])
})

test('an event that throws is set aside without holding up its customer, is shown, and can be worked off again', async () => {
  const [boom, odd, after] = [uuidv7(), uuidv7(), uuidv7()]
  await provider.deliver(callback, [
    { id: boom, from: '1007', position: 1, kind: 'boom' },
    { id: odd, from: '1007', position: 2, kind: 'poll' },
    { id: after, from: '1007', position: 3, fields: { id: after, ...text('still here') } },
  ])
  // Its retries would take minutes: they are brought forward.
  await until(async () => {
    await db.updateTable('channel_events').set({ retry_at: null }).where('event_id', '=', boom).execute()
    await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, { paused: false })
    return (await stateOf(boom)) === 'failed'
  })
  await settled(after)
  expect(await company.messagesOf('1007')).toEqual(['still here'])
  expect(await stateOf(odd)).toBe('unknown')
  const page = await must('GET', `${company.accountPath}/dead-letters?limit=1`, admin.credentials)
  const next = await must(
    'GET',
    `${company.accountPath}/dead-letters?limit=1&cursor=${page.nextCursor}`,
    admin.credentials,
  )
  const letters = [...page.items, ...next.items]
  expect(new Set(letters.map((letter) => letter.reason))).toEqual(new Set(['The channel has a bug', 'a poll']))
  expect(await must('GET', `${company.accountPath}/status`, admin.credentials)).toMatchObject({
    state: 'failing',
    incoming: { failed: 1, unknown: 1 },
  })
  // Whoever looks over the inboxes sees that a customer's message is not where it belongs.
  const listed = async () => (await must('GET', '/api/v1/channels/accounts', admin.credentials)).accounts
  expect(await listed()).toMatchObject([{ inboxId: inbox.id, state: 'failing' }])
  const failed = letters.find((letter) => letter.state === 'failed')
  // Since then the channel has learned it.
  const data = { id: boom, from: '1007', at: new Date().toISOString(), position: 1, kind: 'message' }
  const fields = { id: boom, ...text('understood now') }
  await db
    .updateTable('channel_events')
    .set({ data: JSON.stringify({ ...data, fields }) })
    .where('event_id', '=', boom)
    .execute()
  await must('POST', `${company.accountPath}/dead-letters/${failed.id}/replay`, admin.credentials)
  await until(async () => (await stateOf(boom)) === 'done')
  expect(await company.messagesOf('1007')).toEqual(['still here', 'understood now'])
  expect(await listed()).toMatchObject([{ inboxId: inbox.id, state: 'working' }])
  // All the others at once, of this direction only: of what went out each is decided upon.
  const all = (direction: string) =>
    call('POST', `${company.accountPath}/dead-letters/replay`, admin.credentials, { direction })
  await db
    .updateTable('channel_events')
    .set({ data: JSON.stringify({ ...data, id: odd, fields: { id: odd, ...text('the poll, too') } }) })
    .where('event_id', '=', odd)
    .execute()
  expect((await all('out')).status).toBe(422)
  expect((await all('in')).body).toEqual({ count: 1 })
  await until(async () => (await stateOf(odd)) === 'done')
  expect(await company.messagesOf('1007')).toEqual(['still here', 'understood now', 'the poll, too'])
  expect((await all('in')).body).toEqual({ count: 0 })
})

test('a paused inbox keeps what comes until it works again', async () => {
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, { paused: true })
  const id = uuidv7()
  expect((await say('1008', 'anybody?', { id })).status).toBe(200)
  await until(async () => {
    const { rows } = await company.pool.query(
      `select from graphile_worker._private_jobs where payload ->> 'orderKey' = '1008'`,
    )
    return rows.length === 0
  })
  expect(await stateOf(id)).toBe('waiting')
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, { paused: false })
  await settled(id)
  expect(await company.messagesOf('1008')).toEqual(['anybody?'])
})

test('forged, broken, huge and poisonous calls are refused or kept, never an error of ours', async () => {
  const secret = provider.config.signingSecret
  expect((await provider.post(callback, '{}', 'nonsense')).status).toBe(401)
  const xxe = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
  for (const body of ['', '{"events":', xxe, '[]', '\u0000', '{"events":[{"id":1}]}']) {
    expect((await provider.post(callback, body, signParrot(body, secret), 'text/xml')).status).toBe(400)
  }
  const huge = new Uint8Array(8_388_609)
  expect((await provider.post(callback, huge, 'x', 'application/octet-stream')).status).toBe(413)
  expect((await provider.post(`${callback}x`, '{}', 'x')).status).toBe(404)
  expect(await (await fetch(`${callback}?challenge=42`)).text()).toBe('42')
  const nul = uuidv7()
  expect((await say('1009', 'a\u0000b \ud83d C:\\u0000 end', { id: nul })).status).toBe(200)
  await settled(nul)
  expect(await company.messagesOf('1009')).toEqual(['a\ufffdb \ufffd C:\\u0000 end'])
  const long = 'x'.repeat(5_000)
  expect((await say(long.replaceAll('x', '7'), 'long address', { id: long })).status).toBe(200)
  await until(async () => {
    const status = await must('GET', `${company.accountPath}/status`, admin.credentials)
    return status.refused.count >= 7
  })
  const status = await must('GET', `${company.accountPath}/status`, admin.credentials)
  expect(JSON.stringify(status)).not.toContain(secret)
  // What the provider itself sends in a way that cannot be used is told as a problem, which has words.
  expect(status).toMatchObject({
    state: 'failing',
    lastProblem: { code: 'mail-incomplete', detail: 'not whole, signed with [redacted]' },
  })
})

test('where a key has to be fetched to know whose a call is, nothing of it is kept before', async () => {
  const body = {
    id: uuidv7(),
    fields: { id: uuidv7(), content: { type: 'text', text: 'countersigned', markup: 'none' } },
  }
  const callOf = async (from: string) => (await provider.deliver(callback, [{ ...body, from }])).status
  provider.answers.set('/countersigned', { status: 500, body: {} })
  expect(await callOf('1010')).toBe(503)
  provider.answers.set('/countersigned', { status: 404, body: {} })
  expect(await callOf('1010')).toBe(403)
  expect(await stateOf(body.id)).toBeUndefined()
  provider.answers.delete('/countersigned')
  expect(await callOf('1010')).toBe(200)
  await settled(body.id)
  expect(await company.messagesOf('1010')).toEqual(['countersigned'])
})
