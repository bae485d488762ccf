import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test, vi } from 'vitest'
import { addIdentity, createContact } from '#contacts'
import { createAppender, entriesAppended, receiveMessage, typingSeen } from '#conversations'
import { createBindLinks } from '#merging'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { openDatabase } from '#platform/database/connect'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { createMailer } from '#platform/mail'
import { createMailQueue } from '#platform/mail-queue'
import { createRateLimiter } from '#platform/rate-limiter'
import { joinNodes } from '#routing'
import { issueVisitorToken } from './visitor-sessions.ts'
import { rememberPlaces } from './place-memory.ts'
import { visitorSockets } from './visitor-socket.ts'

const { pool, url } = await createTestDatabase()
const log = createLog({ level: 'silent' })

/** A visitor and what their sockets are made of. */
async function begin() {
  const { db, close } = await openDatabase({ url, poolSize: 2, applicationName: 'test', log })
  const [bus, clock] = [createLocalBus(log), systemClock]
  const limiter = createRateLimiter({ perMinute: 60, burst: 60 })
  const mails = createMailQueue({ mailer: createMailer(undefined, log), secret: 'secret '.repeat(8), clock, log })
  const bindLinks = createBindLinks('secret '.repeat(8))
  const deps = { db, pool, bus, clock, log, mails, url, bindLinks, appender: createAppender({ pool, bus, clock }) }
  const limits = { sessions: limiter, messages: limiter }
  const node = joinNodes({ pool, log }, uuidv7())
  onTestFinished(() => node.stop())
  const webchat = { ...deps, node, places: rememberPlaces(bus, clock), limits }
  const endpoint = visitorSockets(webchat, log, 20)
  const inboxId = uuidv7()
  await pool.query(
    `insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', $1::uuid::text, 'S', now())`,
    [inboxId],
  )
  const contactId = (await createContact(db, {}, clock.now())).id
  const way = { contactId, inboxId, address: 'a', verified: false }
  const identityId = (await addIdentity(db, way, clock.now())).id
  const who = { contactId, identityId, inboxId, wantsAgent: null }
  const { token } = await issueVisitorToken(db, who, clock.now())
  async function sit() {
    const send = vi.fn<(frame: object | string) => void>()
    const closed = vi.fn<() => void>()
    const started = await endpoint.admit(Object.create(null))
    const session = started?.({ id: uuidv7(), open: true, send, close: closed })
    await session?.onFrame(JSON.stringify({ type: 'hello', token }))
    expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'ready', contactId }))
    send.mockClear()
    return { send, closed, say: (frame: object) => session?.onFrame(JSON.stringify(frame)) }
  }
  return { close, bus, clock, webchat, who, contactId, inboxId, sit }
}

test('whoever sends a message hears of it once, as the answer; their other window hears what was appended', async () => {
  const { webchat, who, close, sit } = await begin()
  onTestFinished(close)
  const content = { type: 'text', text: 'hi', markup: 'none' } as const
  const first = { ...who, conversationId: null, clientKey: uuidv7(), reopenWithinMinutes: 60, content }
  const { conversation } = await receiveMessage(webchat, first)
  const [sender, other] = [await sit(), await sit()]
  const frame = { type: 'send', clientKey: uuidv7(), conversationId: conversation.id, content }
  await sender.say(frame)
  await vi.waitUntil(() => other.send.mock.calls.length > 0)
  // Again, as after an answer that was lost: it is asked for, so it comes as an answer too.
  await sender.say(frame)
  await vi.waitUntil(() => other.send.mock.calls.length > 1)
  const seen = (window: typeof sender) =>
    window.send.mock.calls.map(([sent]): unknown => (typeof sent === 'string' ? JSON.parse(sent) : sent))
  const entries = [expect.objectContaining({ kind: 'message.received', clientKey: frame.clientKey, seq: 3 })]
  const rest = { conversationId: conversation.id, entries }
  const [answer, hint] = [
    { type: 'sent', clientKey: frame.clientKey, ...rest },
    { type: 'entries', ...rest },
  ]
  expect(seen(sender)).toEqual([answer, answer])
  expect(seen(other)).toEqual([hint, hint])
})

test('hints that come while the database is away end neither the socket nor the server', async () => {
  const { close, bus, clock, contactId, inboxId, sit, who } = await begin()
  const { send, closed } = await sit()
  // The run fails of a promise that nobody looks after, as the server would end of it.
  const unhandled = vi.fn<(error: unknown) => void>()
  process.on('unhandledRejection', unhandled)
  onTestFinished(() => void process.off('unhandledRejection', unhandled))

  await close()
  const agentId = uuidv7()
  const scope = {
    id: uuidv7(),
    inboxId,
    contactId,
    identityId: who.identityId,
    teamId: null,
    assigneeId: agentId,
    involvedIds: [],
  }
  bus.publish(typingSeen, { scope, who: { type: 'agent', id: agentId }, typing: true })
  const entry = { id: uuidv7(), conversationId: scope.id, seq: 1, publicSeq: 1, at: clock.now().toISOString() }
  const body = { agentId, fromAgentId: null, cause: 'picked' } as const
  const kind = 'conversation.assigned' as const
  const author = { type: 'system' } as const
  bus.publish(entriesAppended, { scope, before: scope, entries: [{ ...entry, kind, author, body, clientKey: null }] })
  await new Promise((resolve) => setTimeout(resolve, 200))

  expect(unhandled).not.toHaveBeenCalled()
  expect(closed).not.toHaveBeenCalled()
  expect(send.mock.lastCall?.[0]).toContain('"entries"')
})
