import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { parrot, parrotCapabilities, parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

/** Under posts only words go out, as an answer to something that is there; and no window shuts. */
const company = await startParrotCompany({
  channel: parrotWith(
    {
      inThreads: {
        public: { window: null, sends: ['text'], attachments: {}, templates: false },
      },
    },
    {
      render(message, config) {
        if (message.thread === undefined) return parrot.render(message, config)
        const problem = { code: 'unsupported', detail: 'Only words, under something that was said' } as const
        const isComment = message.replyTo !== undefined && message.content.type === 'text'
        return isComment ? parrot.render(message, config) : { kind: 'impossible', problem }
      },
    },
  ),
})
const { provider, must, agent } = company
const under = (key: string) => ({ thread: { key, kind: 'public', title: 'New tea' } })
const conversationAt = (address: string) => until(() => company.conversationOf(address))
const sent = (text: string) => until(() => provider.sent.find((each) => each.text === text))
const longAgo = new Date(Date.now() - 30 * 24 * 3_600_000).toISOString()

test('a comment says that it is public, and a plain reply answers the latest one, however long ago it was said', async () => {
  const [first, second] = [uuidv7(), uuidv7()]
  await company.say('701', 'how much?', { id: first, at: longAgo, fields: under('post1') })
  const id = await conversationAt('701 in post1')
  await company.say('701', 'anybody?', { id: second, at: longAgo, fields: under('post1') })
  await until(async () => (await company.messagesOf('701 in post1')).length === 2)
  const item = await must('GET', `/api/v1/conversations/${id}`, agent.credentials)
  expect(item.thread).toEqual({ kind: 'public', title: 'New tea' })
  const policy = await must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  expect(policy).toMatchObject({
    free: { closesAt: null, left: null },
    why: null,
    limits: { sends: ['text'], attachments: {}, templates: false },
  })
  expect((await company.reply(id, '¥128')).status).toBe(200)
  expect(await sent('¥128')).toMatchObject({ to: '701', thread: 'post1', replyTo: second })
  const outlets = await must('GET', `/api/v1/conversations/${id}/outlets`, agent.credentials)
  expect(outlets.outlets).toMatchObject([{ own: true, open: true }])
})

test('a named comment is the one that is answered', async () => {
  const first = uuidv7()
  await company.say('702', 'and this?', { id: first, fields: under('post1') })
  const id = await conversationAt('702 in post1')
  await company.say('702', 'hello?', { fields: under('post1') })
  await until(async () => (await company.messagesOf('702 in post1')).length === 2)
  const [entry] = (await company.entriesOf(id)).filter(({ kind }) => kind === 'message.received')
  const body = { clientKey: uuidv7(), content: { type: 'text', text: 'this one' }, replyToId: entry?.id }
  await must('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, body)
  expect(await sent('this one')).toMatchObject({ replyTo: first })
})

test('what cannot be a comment is refused before it is stored, with words', async () => {
  await company.say('703', 'hi', { fields: under('post2') })
  const id = await conversationAt('703 in post2')
  const content = { type: 'location', latitude: 1, longitude: 2 }
  const refused = await company.call('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content,
  })
  expect(refused).toMatchObject({ status: 422, code: 'content-not-sendable' })
  expect((await company.entriesOf(id)).filter(({ kind }) => kind === 'message.sent')).toEqual([])
})

test('the private chat of the same person keeps its window', async () => {
  await company.say('701', 'in private', { at: longAgo })
  const id = await conversationAt('701')
  expect(await company.reply(id, 'too late')).toMatchObject({ status: 409, code: 'reply-window-closed' })
  expect(parrotCapabilities.window).not.toBeNull()
})
