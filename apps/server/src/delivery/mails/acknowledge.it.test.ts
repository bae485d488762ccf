import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { compose, type Options, type Posted, startCourierCompany } from '../../testing/courier-company.ts'

const words = {
  acknowledgement: {
    on: true,
    zh: '已收到，编号 {number}，{expected}回复。',
    en: 'Received as #{number}; we answer {expected}.',
  },
}
type Deliver = (letter: Posted) => Promise<unknown>

/** What every server that it could reach does with a letter: two of ours, a robot on holiday, and a list. */
const routes = new Map<string, Deliver>()
const post = async (letter: Posted): Promise<void> => {
  for (const address of [...letter.to, ...letter.cc]) {
    const plain = address.replace(/\+[^@]*/, '')
    // Not before we have answered: as on the wire, one does not wait for what the other makes of it.
    setImmediate(() => void routes.get(plain)?.(letter))
  }
}
const one = await startCourierCompany({ address: 'help@one.example', mail: words, onPosted: post })
const two = await startCourierCompany({ address: 'help@two.example', mail: words, onPosted: post })

/** A letter of ours as it is on the wire. */
const onWire = (
  { from, to, cc, subject, text, messageId, replyTo, automatic, references }: Posted,
  more: Options = {},
) =>
  compose({
    from,
    to,
    cc,
    subject,
    text,
    messageId,
    replyTo,
    references,
    ...(automatic ? { headers: { 'Auto-Submitted': 'auto-replied' } } : {}),
    ...more,
  })
for (const company of [one, two]) routes.set(company.address, async (letter) => company.deliver(await onWire(letter)))

const acknowledged = (company: typeof one, address: string) =>
  company.office.posted.filter(({ to, automatic }) => automatic && to.includes(address))
/** Everything that is on its way has come to rest. */
async function quiet(company: typeof one): Promise<void> {
  for (;;) {
    const open = await company.db.selectFrom('channel_events').select('id').where('state', '=', 'waiting').execute()
    const leaving = await company.db
      .selectFrom('deliveries')
      .select('entry_id')
      .where('state', '=', 'waiting')
      .execute()
    if (open.length + leaving.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('who begins is told the number, in their language, and once', async () => {
  const first = await one.write({ from: 'fang@example.com', subject: '茶叶', text: '到货了吗？' })
  const letter = await one.posted(({ to, automatic }) => automatic && to.includes('fang@example.com'))
  const { conversation } = await one.must('GET', `/api/v1/conversations/${first.conversationId}`, one.agent.credentials)
  expect(letter.text).toBe(`已收到，编号 ${conversation.number}，尽快回复。`)
  expect(letter.references).toHaveLength(1)
  // Nobody has answered yet.
  expect(conversation).toMatchObject({ sentCount: 0, firstReplyAt: null })
  expect(conversation.waitingSince).not.toBeNull()
  await one.write({ from: 'fang@example.com', subject: 'Cups', text: 'and cups?' })
  await quiet(one)
  expect(acknowledged(one, 'fang@example.com')).toHaveLength(1)
})

test.each<[string, Options & { from?: string }]>([
  ['a robot', { headers: { 'Auto-Submitted': 'auto-generated' } }],
  ['somebody on holiday', { headers: { 'Auto-Submitted': 'auto-replied' } }],
  ['a newsletter', { headers: { Precedence: 'bulk' } }],
  ['a list', { headers: { 'List-Id': '<tea.lists.example>' } }],
  ['a blind copy', { to: 'undisclosed@example.com' }],
  ['a forged sender', { subject: 'forged' }],
  ['an address that nobody reads', { from: 'no-reply@example.com' }],
  ['another mailbox of ours', { from: 'help@one.example' }],
])('%s is not answered', async (_who, options) => {
  const from = options.from ?? `x${Math.random().toString(36).slice(2)}@example.com`
  await one.write({ subject: 'Hello', text: 'hello', ...options, from })
  await quiet(one)
  expect(acknowledged(one, from)).toEqual([])
})

/** What is written there waits in a queue that tells of itself wherever that is told. */
async function giveQueue({ db }: typeof one, alwaysOpen: boolean) {
  const calendar_id = uuidv7()
  const weekly = '[[], [], [], [], [], [], []]'
  await db
    .insertInto('calendars')
    .values({
      id: calendar_id,
      name: 'Hours',
      time_zone: 'UTC',
      always_open: alwaysOpen,
      weekly,
      created_at: new Date(),
    })
    .execute()
  const queueId = await addQueue(db)
  await db.updateTable('queues').set({ calendar_id }).where('id', '=', queueId).execute()
  const routing = JSON.stringify({ queueId, departments: [] })
  await sql`update inboxes set settings = jsonb_set(settings, '{routing}', ${routing}::jsonb)`.execute(db)
}

test.each<[string, Options & { from?: string }]>([
  ['whose subject is that of an absence note', { subject: '自动回复：怎么关闭' }],
  ['whose program wants no automatic answers', { headers: { 'X-Auto-Response-Suppress': 'All' } }],
  [
    'who writes by a list',
    { headers: { 'List-Id': '<tea.lists.example>', 'List-Post': '<mailto:tea@lists.example>' } },
  ],
  ['who writes by a form', { from: 'no-reply@example.com', replyTo: 'form@example.com' }],
])('a person %s waits for an answer that is not automatic', async (_who, options) => {
  const from = options.from ?? `y${Math.random().toString(36).slice(2)}@example.com`
  const letter = await one.write({ subject: 'Hello', text: 'hello', ...options, from })
  await quiet(one)
  expect([...acknowledged(one, from), ...acknowledged(one, 'form@example.com')]).toEqual([])
  const path = `/api/v1/conversations/${letter.conversationId}`
  const { conversation } = await one.must('GET', path, one.agent.credentials)
  expect(conversation.waitingSince).not.toBeNull()
})

test('two servers that acknowledge and have queues, a robot on holiday and a list end after one round', async () => {
  await giveQueue(one, true)
  await giveQueue(two, false)
  const holiday = 'away@three.example'
  routes.set(holiday, async (letter) =>
    one.deliver(
      await compose({
        from: holiday,
        to: letter.from,
        subject: `Automatic reply: ${letter.subject}`,
        text: 'I am away',
        inReplyTo: letter.messageId,
        headers: { 'Auto-Submitted': 'auto-replied' },
      }),
    ),
  )
  // Whatever is sent to the list comes back to everybody who is on it.
  const list = 'all@lists.example'
  routes.set(list, async (letter) => {
    // Lists take their time; the copy that came straight is the one that is answered.
    await two.posted(({ automatic }) => automatic)
    const copy = await onWire(letter, { to: list, headers: { 'List-Id': '<all.lists.example>', Precedence: 'list' } })
    await Promise.all([one.deliver(copy), two.deliver(copy)])
  })
  const started = await one.must('POST', '/api/v1/conversations', one.agent.credentials, {
    clientKey: 'begin-the-round',
    inboxId: one.inbox.id,
    content: {
      type: 'mail',
      subject: 'Round',
      from: null,
      to: [{ name: '', address: two.address }],
      cc: [holiday, list].map((address) => ({ name: '', address })),
      text: 'hello all',
    },
  })
  await two.posted(({ automatic }) => automatic)
  for (let turn = 0; turn < 5; turn += 1) for (const company of [one, two]) await quiet(company)
  // Two answered once, by a program; that answer, the holiday and the list were answered by nobody.
  expect(two.office.posted.map(({ automatic }) => automatic)).toEqual([true])
  const ofRound = one.office.posted.filter(({ subject }) => subject.includes('Round'))
  expect(ofRound.map(({ automatic }) => automatic)).toEqual([false])
  const { conversation } = await one.must(
    'GET',
    `/api/v1/conversations/${started.item.conversation.id}`,
    one.agent.credentials,
  )
  expect(conversation.waitingSince).toBeNull()
})

test('not more than a hundred in an hour, however many write', async () => {
  await two.db.deleteFrom('acknowledgements').execute()
  for (let at = 0; at < 100; at += 1) {
    const row = { entry_id: crypto.randomUUID(), inbox_id: two.inbox.id, address: `a${at}@example.com`, at: new Date() }
    await two.db.insertInto('acknowledgements').values(row).execute()
  }
  await two.write({ from: 'late@example.com', subject: 'Hello', text: 'hello' })
  await quiet(two)
  expect(acknowledged(two, 'late@example.com')).toEqual([])
})
