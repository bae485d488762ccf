import { channels } from '@qiao/channels'
import { inboxSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { type Options, startCourierCompany } from '../../testing/courier-company.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn, simulatedInbox } from '../../testing/simulated-inbox.ts'

vi.setConfig({ testTimeout: 30_000 })
// Where the other channel's provider calls has to be known before the server listens.
const port = await freePort()
const company = await startCourierCompany({
  settings: { QIAO_ROLES: 'web,worker,router', PORT: String(port), QIAO_URL: `http://127.0.0.1:${port}` },
  channels: channels.filter(({ about }) => about.id === 'telegram'),
})
const { db, must, agent, admin, write, entriesOf, office } = company
const acknowledgement = { on: true, zh: '', en: 'Received.' }
const announcements = { shortSeconds: 0, everyMinutes: 1 }
const never = await must('POST', '/api/v1/calendars', admin.credentials, {
  name: 'Never',
  timeZone: 'UTC',
  weekly: [[], [], [], [], [], [], []],
})

/** What is written goes into a queue from now on, in which somebody who chats waits as well. */
async function queueOf(settings: object): Promise<string> {
  const id = await addQueue(db, JSON.parse(JSON.stringify({ announcements, ...settings })))
  const { inboxes } = await must('GET', '/api/v1/inboxes', admin.credentials)
  const { version } = inboxes.find((each: { id: string }) => each.id === company.inbox.id)
  await must('PATCH', `/api/v1/inboxes/${company.inbox.id}`, admin.credentials, {
    version,
    settings: inboxSettings.parse({
      mail: { acknowledgement },
      defaultLocale: 'en',
      routing: { queueId: id, departments: [] },
    }),
  })
  return id
}
const close = (queueId: string) =>
  db.updateTable('queues').set({ calendar_id: never.id }).where('id', '=', queueId).execute()

/** Whoever chats in the same queue has been told: so would everybody else who was to be. */
async function told(queueId: string, most: number): Promise<void> {
  const chat = await simulatedInbox(company, 'telegram', queueId)
  const phone = await chat.writes(`chatter ${queueId}`, 'hello')
  await until(() => shownOn(phone).length >= most)
}
const take = (id: string) =>
  must('POST', `/api/v1/conversations/${id}/assign`, agent.credentials, { clientKey: uuidv7(), agentId: agent.id })
const mailed = (address: string) => office.posted.filter(({ to }) => to.includes(address)).map(({ text }) => text)
/** Everything that came in and what was to be done about it is worked off. */
const quiet = () =>
  until(async () => {
    const { rows } = await company.pool.query(
      `select 1 from channel_events where state = 'waiting' union all select 1 from deliveries where state = 'waiting'
       union all select 1 from graphile_worker._private_jobs
         where run_at <= now() and payload::text like '%conversationId%'`,
    )
    return rows.length === 0
  })

const strangers: readonly [string, Options][] = [
  ['robot@example.com', { headers: { 'Auto-Submitted': 'auto-generated' } }],
  ['news@example.com', { headers: { 'List-Unsubscribe': '<https://example.com/u>', Precedence: 'bulk' } }],
  ['victim@example.com', { subject: 'forged' }],
  ['no-reply@example.com', {}],
]

/** One of everybody who may stand behind a letter. Gives the conversations, the person's first. */
async function everybodyWrites(when: string): Promise<string[]> {
  const all: readonly [string, Options][] = [['person@example.com', {}], ...strangers]
  const ids: string[] = []
  for (const [from, more] of all) {
    const letter = { subject: 'Tea', text: 'hello', ...more, from: from.replace('@', `+${when}@`) }
    ids.push((await write(letter)).conversationId)
  }
  return ids
}
const mailedTo = (when: string) => [
  ...mailed(`person+${when}@example.com`),
  ...strangers.flatMap(([from]) => mailed(from.replace('@', `+${when}@`))),
]
const sentIn = async (ids: readonly string[]) =>
  (await Promise.all(ids.map(entriesOf))).flat().filter((entry) => entry.kind === 'message.sent')

test('by letter nobody is told a place, nor who serves them; a person has the acknowledgement', async () => {
  const queueId = await queueOf({})
  const ids = await everybodyWrites('open')
  await told(queueId, 1)
  for (const id of ids) await take(id)
  await quiet()
  expect(mailedTo('open')).toEqual(['Received.'])
  expect(await sentIn(ids)).toHaveLength(1)
  const { rows } = await company.pool.query(
    'select from told_stays join entries on entries.id = entry_id where entries.conversation_id = any($1)',
    [ids],
  )
  expect(rows).toEqual([])
})

test('by letter nobody is told that nobody is on duty', async () => {
  const queueId = await queueOf({ overflow: { whenClosed: { to: 'message' } } })
  await close(queueId)
  const ids = await everybodyWrites('closed')
  await told(queueId, 1)
  await quiet()
  expect(mailedTo('closed')).toEqual(['Received.'])
  expect(await sentIn(ids)).toHaveLength(1)
})

test('by letter the queue turns nobody away with its own words, at once or later', async () => {
  const en = { closed: 'Closed. Come back tomorrow.', full: 'Full.' }
  const queueId = await queueOf({ words: { en }, overflow: { whenClosed: { to: 'closed' } } })
  const ids = await everybodyWrites('evening')
  // Known from elsewhere: the queue has words in it.
  await db.updateTable('conversations').set({ language: 'en' }).where('id', 'in', ids).execute()
  await close(queueId)
  const outside = () =>
    until(async () => {
      const { rows } = await company.pool.query(
        `select from conversations where id = any($1) and (queue is not null or state <> 'open')`,
        [ids],
      )
      return rows.length === 0
    })
  await outside()
  const [person = ''] = ids
  await must('POST', `/api/v1/conversations/${person}/close`, agent.credentials, { clientKey: uuidv7() })
  const { conversation } = await must('GET', `/api/v1/conversations/${person}`, agent.credentials)
  await write({
    from: 'person+evening@example.com',
    subject: `Re: [#${conversation.number}] Tea`,
    text: 'and now?',
  })
  await outside()
  await quiet()
  expect((await entriesOf(person)).filter(({ kind }) => kind === 'conversation.queue-left')).toHaveLength(2)
  expect(mailedTo('evening')).toEqual(['Received.'])
  expect(await sentIn(ids)).toHaveLength(1)
})
