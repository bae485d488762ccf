import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { WebSocket, WebSocketServer } from 'ws'
import { benchDatabase } from './support/database.ts'
import { percentile, table } from './support/report.ts'
import { freePort, serverProcess, temporaryFolder } from './support/server-process.ts'
import { openVisitor, sendOverHttp } from './support/sockets.ts'
import { setUp } from './support/staff.ts'

/**
 * (a) A visitor's message through the whole server (socket, rules, durable append, delivery) to an agent's socket,
 * beside two floors in the same run: the same rows by a bare multi-row insert, and a bare `ws` relay without storage.
 * All on the same cores, clients included.
 */
const visitors = 64
/** Enough to keep every part at work: what the whole can carry is asked, not how long one message travels. */
const inFlight = 16
/** The ways take turns, so that a neighbour's load on this machine falls on all of them; each number is a median. */
const rounds = 5
const secondsEach = 3
const words = '您好,我想问一下订单 20260302 什么时候发货? When will it ship?'

interface Run {
  perSecond: number
  p50: number
  p99: number
}

type Load = { inFlight: number } | { perSecond: number }

const clock = (): number => performance.now()

/** Sends from every visitor with a number in flight; `steady` instead sends at a rate, spread over the visitors. */
async function measure(
  send: (visitor: number, key: string) => void,
  onArrival: (heard: (key: string) => void) => void,
  load: Load,
): Promise<Run> {
  const sentAt = new Map<string, { at: number; visitor: number }>()
  const took: number[] = []
  let running = true
  let since = 0
  const fire = (visitor: number): void => {
    const key = randomUUID()
    sentAt.set(key, { at: clock(), visitor })
    send(visitor, key)
  }
  onArrival((key) => {
    const sent = sentAt.get(key)
    if (!sent) return
    sentAt.delete(key)
    if (since > 0) took.push(clock() - sent.at)
    if (running && 'inFlight' in load) fire(sent.visitor)
  })
  if ('inFlight' in load)
    for (let visitor = 0; visitor < visitors; visitor += 1)
      for (let turn = 0; turn < load.inFlight; turn += 1) fire(visitor)
  const timer = 'perSecond' in load ? sendSteadily(load.perSecond, (turn) => fire(turn % visitors)) : undefined
  await sleep(500)
  since = clock()
  await sleep(secondsEach * 1000)
  const seconds = (clock() - since) / 1000
  const count = took.length
  running = false
  if (timer) clearInterval(timer)
  // What is still on its way must not fall on the way that is measured next.
  for (const deadline = clock() + 20_000; sentAt.size > 0 && clock() < deadline;) await sleep(50)
  return { perSecond: count / seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
}

function sendSteadily(perSecond: number, fire: (turn: number) => void): NodeJS.Timeout {
  const started = clock()
  let turn = 0
  return setInterval(() => {
    for (const due = ((clock() - started) / 1000) * perSecond; turn < due; turn += 1) fire(turn)
  }, 2)
}

/** A way of getting a message from a visitor to an agent, opened once and measured in every round. */
interface Way extends AsyncDisposable {
  measure: (load: Load) => Promise<Run>
}

async function wholeServer(url: string): Promise<Way> {
  const staff = await setUp(url)
  const agent = new WebSocket(`${url.replace('http', 'ws')}/ws/agent`, {
    headers: { cookie: staff.cookie, origin: url },
  })
  await new Promise((resolve, reject) => agent.once('message', resolve).once('error', reject))
  const seats = await Promise.all(
    Array.from({ length: visitors }, async () => {
      const { token } = await openVisitor(url, staff.inbox.key)
      const first = await sendOverHttp(url, token, {
        clientKey: randomUUID(),
        conversationId: null,
        content: { type: 'text', text: 'hi' },
      })
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/visitor`)
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
      socket.send(JSON.stringify({ type: 'hello', token }))
      await new Promise((resolve) => socket.once('message', resolve))
      return { socket, conversationId: first.conversation.id }
    }),
  )
  const send = (visitor: number, clientKey: string): void => {
    const seat = seats[visitor]
    const content = { type: 'text', text: words }
    seat?.socket.send(JSON.stringify({ type: 'send', clientKey, conversationId: seat.conversationId, content }))
  }
  const onArrival = (heard: (key: string) => void): void => {
    agent.removeAllListeners('message')
    agent.on('message', (data: Buffer) => {
      const frame: { type: string; entries?: { clientKey: string }[] } = JSON.parse(data.toString())
      if (frame.type === 'entries') for (const entry of frame.entries ?? []) heard(entry.clientKey)
    })
  }
  return {
    measure: (load) => measure(send, onArrival, load),
    [Symbol.asyncDispose]: async () =>
      [agent, ...seats.map((seat) => seat.socket)].forEach((socket) => socket.terminate()),
  }
}

/**
 * The same rows into the same table by one prepared multi-row statement, durable: as many at a time as wait, the next
 * ones while the last are written, as any sensible writer would.
 */
async function bareInsert(url: string): Promise<Way> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string; last_seq: number }>(
    'select id, last_seq from conversations limit $1',
    [visitors],
  )
  const seqs = new Map(rows.map((row) => [row.id, row.last_seq + 1_000_000]))
  let waiting: { visitor: number; key: string }[] = []
  let writing = false
  let heard: ((key: string) => void) | undefined
  const rowOf = ({ visitor, key }: { visitor: number; key: string }) => {
    const id = rows[visitor % rows.length]?.id ?? ''
    const seq = (seqs.get(id) ?? 0) + 1
    seqs.set(id, seq)
    return {
      conversation_id: id,
      seq,
      public_seq: seq,
      id: randomUUID(),
      kind: 'message.received',
      author_type: 'contact',
      author_id: id,
      at: new Date().toISOString(),
      client_key: key,
      client_index: 0,
      body: { content: { type: 'text', text: words, markup: 'none' } },
    }
  }
  async function write(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await client.query({
        name: 'floor',
        text: `insert into entries (conversation_id, seq, public_seq, id, kind, author_type, author_id, at, client_key, client_index, body)
          select * from json_to_recordset($1) as entry (conversation_id uuid, seq integer, public_seq integer, id uuid, kind text, author_type text,
            author_id text, at timestamptz, client_key text, client_index smallint, body jsonb)`,
        values: [JSON.stringify(batch.map(rowOf))],
      })
      for (const { key } of batch) heard?.(key)
    }
    writing = false
  }
  const send = (visitor: number, key: string): void => {
    waiting.push({ visitor, key })
    if (writing) return
    writing = true
    queueMicrotask(() => void write())
  }
  return {
    measure: (load) => measure(send, (listener) => (heard = listener), load),
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** Visitors' sockets to an agent's socket through a process that only passes frames on. */
async function bareRelay(): Promise<Way> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  const agents = new Set<WebSocket>()
  sockets.on('connection', (socket, request) => {
    if (request.url === '/agent') {
      agents.add(socket)
      return
    }
    socket.on('message', (data: Buffer) => {
      const frame: { clientKey: string } = JSON.parse(data.toString())
      const text = JSON.stringify({ ...frame, type: 'entries' })
      for (const agent of agents) agent.send(text)
      socket.send(JSON.stringify({ type: 'sent', clientKey: frame.clientKey }))
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const open = async (path: string): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return socket
  }
  const agent = await open('/agent')
  const seats = await Promise.all(Array.from({ length: visitors }, () => open('/visitor')))
  const send = (visitor: number, clientKey: string): void =>
    seats[visitor]?.send(JSON.stringify({ type: 'send', clientKey, content: { type: 'text', text: words } }))
  const onArrival = (heard: (key: string) => void): void => {
    agent.removeAllListeners('message')
    agent.on('message', (data: Buffer) => heard(JSON.parse(data.toString()).clientKey))
  }
  return {
    measure: (load) => measure(send, onArrival, load),
    async [Symbol.asyncDispose]() {
      for (const socket of [agent, ...seats]) socket.terminate()
      sockets.close()
      http.close()
    },
  }
}

type Rounds = Record<'full' | 'steady', Run[]>

async function measureAll(): Promise<Record<'server' | 'insert' | 'relay', Rounds>> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  await using process = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
  await process.start()
  await using server = await wholeServer(process.url)
  await using insert = await bareInsert(database.url)
  await using relay = await bareRelay()
  const ways = { server, insert, relay }
  const results = {
    server: { full: [], steady: [] },
    insert: { full: [], steady: [] },
    relay: { full: [], steady: [] },
  } satisfies Record<keyof typeof ways, Rounds>
  for (let round = 0; round < rounds; round += 1)
    for (const load of [{ inFlight }, { perSecond: 500 }])
      for (const name of ['server', 'insert', 'relay'] as const) {
        const kept: Run[] = results[name]['inFlight' in load ? 'full' : 'steady']
        kept.push(await ways[name].measure(load))
      }
  return results
}

const { server, insert, relay } = await measureAll()
const median = (runs: readonly Run[], of: keyof Run): number =>
  percentile(
    runs.map((run) => run[of]),
    0.5,
  )
/** Round by round against the slower floor of that round; a floor that was slower for a moment does not decide. */
const ratios = server.full.map(
  (run, round) => run.perSecond / Math.min(insert.full[round]?.perSecond ?? 0, relay.full[round]?.perSecond ?? 0),
)
const steadyRatios = server.steady.map(
  (run, round) => run.p99 / Math.max(insert.steady[round]?.p99 ?? 0, relay.steady[round]?.p99 ?? 0),
)
const row = (name: string, { full, steady }: Rounds): string[] => [
  name,
  median(full, 'perSecond').toFixed(0),
  ...[median(full, 'p50'), median(full, 'p99'), median(steady, 'p50'), median(steady, 'p99')].map((ms) =>
    ms.toFixed(1),
  ),
]
console.log(
  table(
    ['way', 'messages/s', 'p50 ms', 'p99 ms', 'at 500/s: p50', 'p99'],
    [
      row('whole server: socket → rules → durable → agent', server),
      row('floor: bare multi-row insert', insert),
      row('floor: ws relay, nothing stored', relay),
    ],
  ),
)
console.log(
  JSON.stringify({
    name: 'chat',
    value: Math.round(median(server.full, 'perSecond')),
    unit: 'messages/s',
    floor: Math.round(Math.min(median(insert.full, 'perSecond'), median(relay.full, 'perSecond'))),
    ratio: Number(percentile(ratios, 0.5).toFixed(3)),
    p50Ms: median(server.full, 'p50'),
    p99Ms: median(server.full, 'p99'),
    steadyP99Ms: median(server.steady, 'p99'),
    steadyFloorP99Ms: Math.max(median(insert.steady, 'p99'), median(relay.steady, 'p99')),
    steadyP99Ratio: Number(percentile(steadyRatios, 0.5).toFixed(3)),
  }),
)
