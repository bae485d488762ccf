import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Channel, findChannel } from '@qiao/channels'
import { type Phone, type Simulator, simulators } from '@qiao/channels/simulators'
import type { Inbox } from '@qiao/protocol'
import { Pool } from 'pg'
import { benchDatabase } from './database.ts'
import { holdingProxy } from './holding-proxy.ts'
import { freePort, serverProcess, type ServerProcess, temporaryFolder } from './server-process.ts'
import { setUp, type Staff } from './staff.ts'
import { arrivedWrongly, type Said, sentWrongly } from './storm-verdict.ts'

export interface StormSize {
  events: number
  replies: number
  customers: number
  /** How often the server is killed with -9 while customers write. */
  kills: number
}

export interface StormResult {
  faults: string[]
  received: number
  sent: number
  /** Replies of which the agent was told that nobody knows, and those that were refused. */
  unknown: number
  failed: number
  seconds: number
}

/** The smallest picture; what is stored of it must be all of it. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const pictureEvery = 20
const paceMs = 1_100
const patienceMs = 120_000

interface Place {
  channel: Channel
  simulator: Simulator
  server: ServerProcess
  staff: Staff
  inbox: Inbox
  pool: Pool
}

/**
 * A provider's customers write all at once, deliveries come twice, late and while the server is dead; then agents answer
 * while the provider refuses, fails and falls silent. Judged by what is stored and what the phones show.
 */
export async function storm(id: string, size: StormSize): Promise<StormResult> {
  const channel = findChannel(id)
  const start = simulators[id]
  if (!channel || !start) throw new Error(`there is no channel ${id}`)
  const started = performance.now()
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  const port = await freePort()
  await using proxy = await holdingProxy(port)
  await using server = serverProcess(port, {
    QIAO_DATA_DIR: folder.path,
    DATABASE_URL: database.url,
    QIAO_ALLOW_PRIVATE_TARGETS: 'on',
    // As providers know it: some sign the address that they call.
    QIAO_URL: proxy.url,
    LOG_LEVEL: 'error',
  })
  await server.start()
  await using stack = new AsyncDisposableStack()
  const pool = new Pool({ connectionString: database.url, max: 4 })
  stack.defer(() => pool.end())
  const simulator = await start()
  stack.defer(() => simulator.stop())
  const staff = await setUp(server.url)
  const inbox = await staff.call<Inbox>('POST', '/api/v1/inboxes', { name: id, channel: id, teamIds: [] })
  const path = `/api/v1/inboxes/${inbox.id}/account`
  const account = await staff.call<{ version: number; callbackUrl: string }>('GET', path)
  await staff.call('PUT', path, { version: account.version, config: simulator.config })
  simulator.pointTo(proxy.url + new URL(account.callbackUrl).pathname + new URL(account.callbackUrl).search)

  const place: Place = { channel, simulator, server, staff, inbox, pool }
  const said = await customersWrite(place, size)
  const faults = await arrivedWrongly(pool, inbox.id, said, {
    pictureBytes: picture.length,
    ordered: channel.capabilities.letters !== true,
  })
  const { sends, letters } = channel.capabilities
  const replies = sends.includes('text') || letters ? await agentsAnswer(place, size, [...said.keys()]) : []
  const verdict = await sentWrongly(pool, inbox.id, replies, simulator)
  const received = [...said.values()].reduce((sum, words) => sum + words.length, 0)
  return {
    ...verdict,
    faults: [...faults, ...verdict.faults],
    received,
    seconds: (performance.now() - started) / 1000,
  }
}

const nameOf = (customer: number): string => `customer${customer}`

async function customersWrite({ channel, simulator, server, pool, inbox }: Place, size: StormSize) {
  const pictures = channel.capabilities.receives.includes('image')
  const said = new Map<string, Said[]>()
  let count = 0
  simulator.faults.duplicates = 0.3
  simulator.faults.shuffleMs = 20
  const each = Math.ceil(size.events / size.customers)
  const write = async (customer: number): Promise<void> => {
    const name = nameOf(customer)
    const phone = simulator.phone(name)
    const words: Said[] = []
    said.set(name, words)
    for (let n = 0; n < each; n += 1) {
      // Most providers try for hours; ours gives up within half a minute, so that only what is under way meets a dead server.
      while (!server.running()) await sleep(20)
      const asPicture = pictures && n % pictureEvery === pictureEvery - 1
      if (asPicture) await phone.say({ type: 'image', bytes: picture, mime: 'image/png' })
      else await phone.say({ type: 'text', text: `${name} says ${n}` })
      words.push(asPicture ? 'picture' : `${name} says ${n}`)
      count += 1
      // Nobody types faster, and some providers tell times in seconds: within one the order is not theirs to tell.
      await sleep(paceMs)
    }
  }
  const kill = async (): Promise<void> => {
    for (let turn = 1; turn <= size.kills; turn += 1) {
      while (count < (size.events * turn) / (size.kills + 1)) await sleep(10)
      await server.kill('SIGKILL')
      await server.start()
    }
  }
  await Promise.all([kill(), ...Array.from({ length: size.customers }, (_, customer) => write(customer))])
  await simulator.settled()
  const total = [...said.values()].reduce((sum, words) => sum + words.length, 0)
  await until(async () => {
    const { rows } = await pool.query<{ stored: number; waiting: number }>(
      `select (select count(*)::int from entries join conversations as c on c.id = conversation_id
                where c.inbox_id = $1 and kind = 'message.received') as stored,
         (select count(*)::int from channel_events where inbox_id = $1 and state = 'waiting') as waiting`,
      [inbox.id],
    )
    return rows[0]?.waiting === 0 && rows[0].stored >= total
  })
  simulator.faults.duplicates = 0
  simulator.faults.shuffleMs = 0
  return said
}

export interface Reply {
  entryId: string
  customer: string
  text: string
}

async function agentsAnswer(place: Place, size: StormSize, customers: readonly string[]): Promise<Reply[]> {
  const { channel, simulator, server, staff } = place
  const allowed = Math.min(channel.capabilities.window?.message.messages ?? 10, 10)
  const rounds = Math.max(1, Math.ceil(size.replies / customers.length / allowed))
  const conversations = await conversationsOf(place, customers)
  const replies: Reply[] = []
  const over = new AbortController()
  const trouble = async (): Promise<void> => {
    const kinds = [429, 500, 503, 'silence', 'silence-after'] as const
    // Every fifth, however long they take: where few are sent a second, each would meet trouble again and again.
    for (let turn = 0; !over.signal.aborted && turn < size.replies / 5;) {
      const kind = kinds[turn % kinds.length]
      if (kind && simulator.faults.next.length === 0) {
        simulator.faults.next.push(kind)
        turn += 1
      }
      await sleep(150)
    }
    simulator.faults.next.length = 0
  }
  const answer = async (customer: string): Promise<void> => {
    const conversationId = conversations.get(customer)
    if (!conversationId) return
    for (let n = 0; n < rounds * allowed; n += 1) {
      if (n > 0 && n % allowed === 0) await writeAgain(place, simulator.phone(customer), conversationId)
      const text = `reply ${n} to ${customer}`
      const body = { clientKey: randomUUID(), content: { type: 'text', text } }
      const { entries } = await insist<{ entries: { id: string; kind: string }[] }>(
        staff,
        `/api/v1/conversations/${conversationId}/messages`,
        body,
      )
      // Who answers first takes the conversation too: that is an entry of its own.
      for (const { id: entryId, kind } of entries)
        if (kind === 'message.sent') replies.push({ entryId, customer, text })
    }
  }
  const kill = async (): Promise<void> => {
    if (size.kills === 0) return
    while (replies.length < size.replies / 2) await sleep(10)
    await server.kill('SIGKILL')
    await server.start()
  }
  const troubled = trouble()
  await Promise.all([kill(), ...customers.map(answer)])
  over.abort()
  await troubled
  await until(async () => (await waitingOf(place)) === 0)
  return replies
}

/** What was answered must be on its way before the customer's next message opens the window anew. */
async function writeAgain({ pool, inbox }: Place, phone: Phone, conversationId: string): Promise<void> {
  const count = async (): Promise<number> => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int from entries where conversation_id = $1 and kind = 'message.received'`,
      [conversationId],
    )
    return rows[0]?.count ?? 0
  }
  await until(async () => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int from deliveries where conversation_id = $1 and inbox_id = $2 and state = 'waiting'`,
      [conversationId, inbox.id],
    )
    return rows[0]?.count === 0
  })
  const before = await count()
  await phone.say({ type: 'text', text: 'and another thing' })
  await until(async () => (await count()) > before)
}

async function conversationsOf({ pool, inbox }: Place, customers: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ customer: string; id: string }>(
    `select distinct on (1) split_part(body #>> '{content,text}', ' ', 1) as customer, c.id
     from entries join conversations as c on c.id = conversation_id
     where c.inbox_id = $1 and kind = 'message.received' and body #>> '{content,type}' in ('text', 'mail')
     order by 1, c.created_at desc`,
    [inbox.id],
  )
  return new Map(rows.filter(({ customer }) => customers.includes(customer)).map(({ customer, id }) => [customer, id]))
}

async function waitingOf({ pool, inbox }: Place): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int from deliveries where inbox_id = $1 and state = 'waiting'`,
    [inbox.id],
  )
  return rows[0]?.count ?? 0
}

/** The same key again until it is stored, as an agent's page does. */
async function insist<Result>(staff: Staff, path: string, body: object): Promise<Result> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(200)) {
    try {
      return await staff.call<Result>('POST', path, body)
    } catch (error) {
      if (Date.now() > deadline || (error instanceof Error && /^4\d\d /.test(error.message))) throw error
    }
  }
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(100)) if (await done()) return
}
