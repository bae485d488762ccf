import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { text } from '../../testing/parrot-provider.ts'
import { storeEvents } from './store-events.ts'

const company = await startParrotCompany()
const { db, pool, inbox } = company

/** Committed by a process that died before it told anybody. */
async function storeUnheard(from: string, words: readonly string[]): Promise<void> {
  const events = words.map((word, position) => {
    const id = uuidv7()
    const at = new Date().toISOString()
    const data = { id, from, at, position, kind: 'message', fields: { id, ...text(word) } }
    return { id, orderKey: from, position, data }
  })
  await db.transaction().execute((tx) => storeEvents(tx, [{ inboxId: inbox.id, events, settleMs: 0 }], new Date()))
}

test('what nobody was told of is found, in order, and once', async () => {
  await storeUnheard('2001', ['one', 'two', 'three'])
  await until(async () => (await company.messagesOf('2001')).length === 3)
  expect(await company.messagesOf('2001')).toEqual(['one', 'two', 'three'])
})

test('customers whom somebody else is serving are left to them', async () => {
  const client = await pool.connect()
  const name = `channel events ${inbox.id} 2002`
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
  await company.say('2002', 'is anybody there?')
  await company.say('2003', 'me too')
  await until(async () => (await company.messagesOf('2003')).length === 1)
  expect(await company.conversationOf('2002')).toBeFalsy()
  // Whoever served them dies: its connection ends, and with it the lock.
  client.release(true)
  await until(async () => (await company.conversationOf('2002')) && (await company.messagesOf('2002')).length === 1)
})

test('what follows a message names it: the mark of an event and the name of its message are written together', async () => {
  const id = uuidv7()
  await company.say('2004', 'a cup', { id })
  await until(async () => (await company.conversationOf('2004')) && (await company.messagesOf('2004')).length === 1)
  const { rows } = await pool.query<{ state: string; named: boolean }>(
    `select state, exists (select from channel_messages where message_id = $1) as named
     from channel_events where event_id = $1`,
    [id],
  )
  expect(rows[0]?.named).toBe(rows[0]?.state === 'done')
})
