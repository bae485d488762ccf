import { Socket } from 'node:net'
import { applyEntry, type Conversation, type Entry } from '@qiao/protocol'
import * as fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { AppError } from '#platform/errors'
import { createLog } from '#platform/log'
import { type AppendCommand, type NewEntry } from './append.ts'
import { createAppender } from './appender.ts'
import { conversationColumns, entryColumns, toConversation, toEntry } from './conversation-row.ts'
import { entriesAppended } from './topics.ts'

const database = await createTestDatabase()
const { pool } = database
const bus = createLocalBus(createLog({ level: 'error' }))
const appender = createAppender({ pool, bus, clock: systemClock })
const otherProcess = createAppender({ pool, bus, clock: systemClock })

const contactId = uuidv7()
const inboxId = uuidv7()
const identityId = uuidv7()
const author = { type: 'contact', id: contactId } as const

beforeAll(async () => {
  await pool.query(`insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'k', 'Shop', now())`, [
    inboxId,
  ])
  await pool.query('insert into contacts (id, created_at) values ($1, now())', [contactId])
  await pool.query(
    `insert into identities (id, contact_id, inbox_id, address, created_at) values ($1, $2, $3, 'a', now())`,
    [identityId, contactId, inboxId],
  )
})

async function newConversation(): Promise<string> {
  const id = uuidv7()
  await pool.query(
    `insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, created_at, last_activity_at)
     values ($1, $2, $3, $4, $5, 'open', now(), now())`,
    [id, inboxId, contactId, identityId, id],
  )
  return id
}

const received = (text: string): NewEntry => ({
  kind: 'message.received',
  body: { content: { type: 'text', text, markup: 'none' } },
})
const say = (conversationId: string, text: string, clientKey: string = uuidv7()): AppendCommand => ({
  conversationId,
  clientKey,
  author,
  decide: () => [received(text)],
})

async function stored(id: string): Promise<{ conversation: Conversation; entries: Entry[] }> {
  const { rows } = await pool.query(`select ${conversationColumns} from conversations where id = $1`, [id])
  const { rows: entries } = await pool.query(
    `select ${entryColumns} from entries where conversation_id = $1 order by seq`,
    [id],
  )
  return { conversation: toConversation(rows[0]), entries: entries.map(toEntry) }
}

const textOf = (entry: Entry): string =>
  entry.kind === 'message.received' && entry.body.content.type === 'text' ? entry.body.content.text : ''

describe('append', () => {
  test('numbers without a gap, in the order of the calls, under two writers at once', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, newConversation))
    await Promise.all(
      Array.from({ length: 400 }, (_, turn) => {
        const id = ids[turn % ids.length] ?? ''
        return (turn % 3 === 0 ? otherProcess : appender).append(say(id, `${turn}`))
      }),
    )
    for (const id of ids) {
      const { conversation, entries } = await stored(id)
      expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1))
      expect(entries.map((entry) => entry.publicSeq)).toEqual(entries.map((_, index) => index + 1))
      expect(conversation.lastSeq).toBe(50)
      expect(conversation.receivedCount).toBe(50)
      const byWriter = (mine: boolean) =>
        entries
          .map(textOf)
          .map(Number)
          .filter((turn) => (turn % 3 === 0) === mine)
      for (const turns of [byWriter(true), byWriter(false)]) expect(turns).toEqual(turns.toSorted((a, b) => a - b))
    }
  })

  test('a conversation that somebody holds keeps its order and keeps no other waiting', async () => {
    const [held, free] = await Promise.all([newConversation(), newConversation()])
    const holder = await pool.connect()
    await holder.query('begin')
    await holder.query('select from conversations where id = $1 for update', [held])
    const first = appender.append(say(held, 'first'))
    await new Promise(setImmediate)
    const second = appender.append(say(held, 'second'))
    await appender.append(say(free, 'passes'))
    await appender.append(say(free, 'passes again'))
    expect((await stored(held)).entries).toEqual([])
    await holder.query('commit')
    holder.release()
    await Promise.all([first, second])
    expect((await stored(held)).entries.map(textOf)).toEqual(['first', 'second'])
    expect((await stored(free)).entries.map(textOf)).toEqual(['passes', 'passes again'])
  })

  test('a repeat gives the first result and no second effect, also within one batch', async () => {
    const id = await newConversation()
    const key = uuidv7()
    const results = await Promise.all([1, 2, 3].map(() => appender.append(say(id, 'once', key))))
    const again = await otherProcess.append(say(id, 'once', key))
    for (const result of [...results, again]) expect(result.entries).toEqual(results[0]?.entries)
    expect((await stored(id)).entries).toHaveLength(1)
  })

  test('takes two turns with the database: what is written and its commit travel together', async () => {
    const id = await newConversation()
    // The connection knows its prepared statements from then on.
    await appender.append(say(id, 'first'))
    const turns = async (text: string): Promise<number> => {
      const writes = [vi.spyOn(Socket.prototype, '_write'), vi.spyOn(Socket.prototype, '_writev')]
      await appender.append(say(id, text))
      const count = writes.reduce((sum, { mock }) => sum + mock.calls.length, 0)
      for (const write of writes) write.mockRestore()
      return count
    }
    // Others of this process write meanwhile, at times.
    const counts = [await turns('one'), await turns('two'), await turns('three')]
    expect(Math.min(...counts)).toBe(2)
    expect((await stored(id)).entries.map(textOf)).toEqual(['first', 'one', 'two', 'three'])
  })

  test("somebody else's key gives nothing away", async () => {
    const id = await newConversation()
    const key = uuidv7()
    await appender.append(say(id, 'mine', key))
    const theirs = appender.append({ ...say(id, 'theirs', key), author: { type: 'agent', id: uuidv7() } })
    await expect(theirs).rejects.toMatchObject({ code: 'client-key-reused' })
  })

  test('a refusal, a missing conversation and a row that PostgreSQL refuses do not fail their neighbours', async () => {
    const id = await newConversation()
    const outcomes = await Promise.allSettled([
      appender.append(say(id, 'first')),
      appender.append({
        ...say(id, 'no'),
        decide: () => {
          throw new AppError('forbidden')
        },
      }),
      appender.append(say(uuidv7(), 'nowhere')),
      appender.append(say(id, 'bad \u0000 byte')),
      appender.append(say(id, 'last')),
    ])
    // What the database said of the row, not what it said of the statements behind it.
    expect(outcomes[3]).toMatchObject({ reason: { code: '22P05' } })
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    const { entries } = await stored(id)
    expect(entries.map(textOf)).toEqual(['first', 'last'])
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2])
  })

  test('a repeat is announced again: the first attempt may have died before it could', async () => {
    const id = await newConversation()
    const key = uuidv7()
    await appender.append(say(id, 'hello', key))
    const heard: string[] = []
    const stop = bus.subscribe(entriesAppended, ({ entries }) => heard.push(...entries.map((entry) => entry.id)))
    const { entries } = await appender.append(say(id, 'hello', key))
    stop()
    expect(heard).toEqual(entries.map((entry) => entry.id))
  })

  test('notes and tags have no public number', async () => {
    const id = await newConversation()
    await appender.append(say(id, 'hi'))
    await appender.append({
      ...say(id, ''),
      decide: () => [{ kind: 'note.added', body: { text: 'careful', mentions: [], attachmentIds: [] } }],
    })
    await appender.append(say(id, 'there'))
    const { entries, conversation } = await stored(id)
    expect(entries.map((entry) => [entry.seq, entry.publicSeq])).toEqual([
      [1, 1],
      [2, null],
      [3, 2],
    ])
    expect(conversation).toMatchObject({ lastSeq: 3, lastPublicSeq: 2 })
  })

  test('edits and recalls of one message in one batch see each other', async () => {
    const id = await newConversation()
    const { entries } = await appender.append(say(id, 'tpyo'))
    const targetId = entries[0]?.id ?? ''
    const revise = (decide: AppendCommand['decide']): AppendCommand => ({ ...say(id, ''), targetId, decide })
    const outcomes = await Promise.allSettled([
      appender.append(
        revise(() => [
          { kind: 'message.edited', body: { targetId, content: { type: 'text', text: 'typo', markup: 'none' } } },
        ]),
      ),
      appender.append(
        revise((_conversation, _now, target) => {
          expect(target?.revision?.content).toMatchObject({ text: 'typo' })
          return [{ kind: 'message.recalled', body: { targetId } }]
        }),
      ),
    ])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled'])
    const [first] = (await stored(id)).entries
    expect(first).toMatchObject({ revision: { content: null } })
    expect(first && 'revision' in first && first.revision?.recalledAt).toBeTruthy()
  })
})

/** Any series of entries, however batched: what is stored is what a client gets by applying them to an old state. */
test('stored columns = entries applied to any earlier snapshot', async () => {
  const step = fc.constantFrom<(turn: number) => NewEntry[]>(
    (turn) => [received(`m${turn}`)],
    (turn) => [
      {
        kind: 'message.sent',
        body: { content: { type: 'text', text: `r${turn}`, markup: 'none' } },
        author: { type: 'agent', id: uuidv7() },
      },
    ],
    (turn) => [{ kind: 'conversation.tagged', body: { added: [`t${turn % 3}`], removed: [`t${(turn + 1) % 3}`] } }],
    () => [
      { kind: 'conversation.closed', body: { reason: 'resolved' } },
      { kind: 'survey.requested', body: { surveyId: uuidv7(), scale: 'stars' } },
    ],
    () => [{ kind: 'conversation.reopened', body: { cause: 'customer-wrote' } }, received('again')],
    () => [{ kind: 'conversation.snoozed', body: { until: '2030-01-01T00:00:00.000Z' } }],
    () => [{ kind: 'conversation.woken', body: { cause: 'agent' } }],
    () => [{ kind: 'conversation.silence-warned', body: { closesAt: '2030-01-01T00:00:00.000Z' } }],
    () => [{ kind: 'note.added', body: { text: 'n', mentions: [], attachmentIds: [] } }],
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(), async (steps, at) => {
      const id = await newConversation()
      const { conversation: empty } = await stored(id)
      const commands = steps.map((make, turn): AppendCommand => ({ ...say(id, ''), decide: () => make(turn) }))
      const early = commands.slice(0, at % commands.length)
      await Promise.all(early.map((command) => appender.append(command)))
      const { conversation: stale } = await stored(id)
      await Promise.all(commands.slice(early.length).map((command) => appender.append(command)))
      const { conversation: fresh, entries } = await stored(id)
      expect(entries.reduce(applyEntry, stale)).toEqual(fresh)
      expect(entries.reduce(applyEntry, empty)).toEqual(fresh)
    }),
    { numRuns: 40 },
  )
})
