import { setTimeout as sleep } from 'node:timers/promises'
import { type Channel, findChannel } from '@qiao/channels'
import { type Simulator, simulators } from '@qiao/channels/simulators'
import type { Inbox } from '@qiao/protocol'
import { Pool } from 'pg'
import { benchDatabase } from './database.ts'
import { holdingProxy } from './holding-proxy.ts'
import { freePort, serverProcess, type ServerProcess, temporaryFolder } from './server-process.ts'
import { setUp, type Staff } from './staff.ts'
import { lookMs, paceMs, patienceMs, settled } from './storm-patience.ts'
import { agentsAnswer, sendAgain } from './storm-replies.ts'
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
  /** Messages behind later ones, because a try that failed brought them only after those had been waited for. */
  late: number
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

export interface Place {
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
  const repliesEach = Math.ceil(size.replies / size.customers)
  // What a console limits to few a day is set to what is sent here.
  const simulator = await start({ daily: repliesEach })
  stack.defer(() => simulator.stop())
  const staff = await setUp(server.url)
  const inbox = await staff.call<Inbox>('POST', '/api/v1/inboxes', { name: id, channel: id, teamIds: [] })
  const path = `/api/v1/inboxes/${inbox.id}/account`
  const account = await staff.call<{ version: number; callbackUrl: string }>('GET', path)
  await staff.call('PUT', path, { version: account.version, config: simulator.config })
  simulator.pointTo(proxy.url + new URL(account.callbackUrl).pathname + new URL(account.callbackUrl).search)

  const place: Place = { channel, simulator, server, staff, inbox, pool }
  const said = await customersWrite(place, size)
  const { faults, late } = await arrivedWrongly(pool, inbox.id, said, {
    picture,
    order: channel.capabilities.letters ? 'none' : channel.capabilities.ordering.in === 'untold' ? 'untold' : 'told',
    settleMs: channel.capabilities.ordering.settleMs,
    addressOf: (customer) => simulator.phone(customer).address,
  })
  const replies = await agentsAnswer(place, size, [...said.keys()])
  const again = await sendAgain(place)
  const verdict = await sentWrongly(pool, inbox.id, replies, again, simulator)
  const wanted = repliesEach * size.customers
  if (replies.length < wanted) faults.push(`${replies.length} of ${wanted} replies were written`)
  const received = [...said.values()].reduce((sum, words) => sum + words.length, 0)
  return {
    ...verdict,
    faults: [...faults, ...verdict.faults],
    received,
    late,
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
  // Some providers try three times and give up, which no server could mend that is away for longer.
  simulator.faults.triesForMs = patienceMs
  const each = Math.ceil(size.events / size.customers)
  const over = new AbortController()
  let arrived = 0
  // On a machine that is busy with other things customers wait, else providers would do nothing but try again.
  const isBehind = (): boolean => count - arrived > 2 * size.customers
  const keepCounting = async (): Promise<void> => {
    for (; !over.signal.aborted; await sleep(lookMs)) {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::int from channel_events where inbox_id = $1',
        [inbox.id],
      )
      arrived = rows[0]?.count ?? 0
    }
  }
  const write = async (customer: number): Promise<void> => {
    const name = nameOf(customer)
    const phone = simulator.phone(name)
    const words: Said[] = []
    said.set(name, words)
    for (let n = 0; n < each; n += 1) {
      // Only what is under way meets a dead server.
      while (!server.running() || isBehind()) await sleep(20)
      const asPicture = pictures && n % pictureEvery === pictureEvery - 1
      if (asPicture) await phone.say({ type: 'image', bytes: picture, mime: 'image/png' })
      else await phone.say({ type: 'text', text: `${name} says ${n}` })
      words.push(asPicture ? 'picture' : `${name} says ${n}`)
      count += 1
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
  const counting = keepCounting()
  await Promise.all([kill(), ...Array.from({ length: size.customers }, (_, customer) => write(customer))])
  over.abort()
  await counting
  await simulator.settled()
  const total = [...said.values()].reduce((sum, words) => sum + words.length, 0)
  await settled(async () => {
    const { rows } = await pool.query<{ stored: number; waiting: number }>(
      `select (select count(*)::int from entries join conversations as c on c.id = conversation_id
                where c.inbox_id = $1 and kind = 'message.received') as stored,
         (select count(*)::int from channel_events where inbox_id = $1 and state = 'waiting') as waiting`,
      [inbox.id],
    )
    const [{ stored, waiting } = { stored: 0, waiting: 0 }] = rows
    return waiting + Math.max(0, total - stored)
  })
  simulator.faults.duplicates = 0
  simulator.faults.shuffleMs = 0
  return said
}
