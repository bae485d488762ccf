import type { Entry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { beforeEach, expect, test } from 'vitest'
import { addIdentity, createContact } from '#contacts'
import { createLocalBus } from '#platform/bus/bus'
import { manualClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { createAppender } from './appender.ts'
import { closeFor } from './close.ts'
import { type ReceivedMessage, receiveMessage } from './receive-message.ts'

const { db, pool } = await createTestDatabase()
const bus = createLocalBus(createLog({ level: 'error' }))
const clock = manualClock('2026-03-02T10:00:00.000Z')
const deps = { db, pool, bus, clock, appender: createAppender({ pool, bus, clock }) }
const day = 86_400_000

let from: { contactId: string; identityId: string; inboxId: string }
beforeEach(async () => {
  const inboxId = uuidv7()
  await pool.query(`insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', $2, 'Shop', now())`, [
    inboxId,
    inboxId,
  ])
  const contact = await createContact(db, {}, clock.now())
  const identity = await addIdentity(
    db,
    { contactId: contact.id, inboxId, address: uuidv7(), verified: false },
    clock.now(),
  )
  from = { contactId: contact.id, identityId: identity.id, inboxId }
})

const say = (words: string, conversationId: string | null, clientKey: string = uuidv7()): ReceivedMessage => ({
  ...from,
  conversationId,
  clientKey,
  reopenWithinMinutes: 60,
  content: { type: 'text', text: words, markup: 'none' },
})
const kinds = (entries: readonly Entry[]): string[] => entries.map((entry) => entry.kind)
const close = (conversation: { id: string; inboxId: string }) =>
  closeFor(deps, conversation, { type: 'system' }, uuidv7(), 'resolved')

test('a first message starts a conversation; the same again, also at once, starts no second one', async () => {
  const first = say('hello', null)
  const [one, other] = await Promise.all([receiveMessage(deps, first), receiveMessage(deps, first)])
  expect(kinds(one.entries)).toEqual(['conversation.started', 'message.received'])
  expect(other.entries).toEqual(one.entries)
  expect(await receiveMessage(deps, first)).toMatchObject({ conversation: { id: one.conversation.id, lastSeq: 2 } })
})

test('soon after closing it opens again, with whoever held it', async () => {
  const { conversation } = await receiveMessage(deps, say('hello', null))
  await close(conversation)
  clock.advance(59 * 60_000)
  const again = await receiveMessage(deps, say('one more thing', conversation.id))
  expect(kinds(again.entries)).toEqual(['conversation.reopened', 'message.received'])
  expect(again.conversation).toMatchObject({ id: conversation.id, state: 'open' })
})

test('the next day a new one starts that knows its predecessor; all that was on its way lands there, in order', async () => {
  const { conversation } = await receiveMessage(deps, say('hello', null))
  await close(conversation)
  clock.advance(day)
  const words = Array.from({ length: 12 }, (_, turn) => `message ${turn}`)
  const messages = words.map((each) => say(each, conversation.id))
  const results = await Promise.all(messages.map((message) => receiveMessage(deps, message)))
  const successors = new Set(results.map((result) => result.conversation.id))
  expect(successors.size).toBe(1)
  expect(successors.has(conversation.id)).toBe(false)
  const { rows } = await pool.query(
    `select body #>> '{content,text}' as text, body ->> 'previousConversationId' as previous from entries where conversation_id = $1 order by seq`,
    [[...successors][0]],
  )
  expect(rows[0].previous).toBe(conversation.id)
  expect(rows.slice(1).map((row) => row.text)).toEqual(words)

  // A late repeat finds its message in the successor instead of writing it again.
  const repeated = await receiveMessage(deps, messages[1] ?? say('', null))
  expect(repeated.entries.some((entry) => entry.seq === 3)).toBe(true)
  expect((await pool.query('select 1 from entries where conversation_id = $1', [[...successors][0]])).rowCount).toBe(13)
})

test("somebody else's conversation is not there", async () => {
  const { conversation } = await receiveMessage(deps, say('hello', null))
  const stranger = await createContact(db, {}, clock.now())
  const other = { contactId: stranger.id, identityId: uuidv7() }
  await expect(receiveMessage(deps, { ...say('let me in', conversation.id), ...other })).rejects.toMatchObject({
    code: 'not-found',
  })
})
