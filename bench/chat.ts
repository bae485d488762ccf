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
const inFlight = 4
const secondsEach = 8
const words = '您好,我想问一下订单 20260302 什么时候发货? When will it ship?'

interface Run {
  perSecond: number
  p50: number
  p99: number
}

const clock = (): number => performance.now()

/** Sends from every visitor with a number in flight; `steady` instead sends at a rate, spread over the visitors. */
async function measure(
  send: (visitor: number, key: string) => void,
  onArrival: (heard: (key: string) => void) => void,
  load: { inFlight: number } | { perSecond: number },
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
  const timer = 'perSecond' in load ? steady(load.perSecond, (turn) => fire(turn % visitors)) : undefined
  await sleep(1500)
  since = clock()
  await sleep(secondsEach * 1000)
  const seconds = (clock() - since) / 1000
  const count = took.length
  running = false
  if (timer) clearInterval(timer)
  await sleep(500)
  return { perSecond: count / seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
}

function steady(perSecond: number, fire: (turn: number) => void): NodeJS.Timeout {
  const started = clock()
  let turn = 0
  return setInterval(() => {
    for (const due = ((clock() - started) / 1000) * perSecond; turn < due; turn += 1) fire(turn)
  }, 2)
}

async function wholeServer(): Promise<{ full: Run; steady: Run; insertFloor: number }> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  const server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
  await server.start()
  try {
    const staff = await setUp(server.url)
    const agent = new WebSocket(`${server.url.replace('http', 'ws')}/ws/agent`, {
      headers: { cookie: staff.cookie, origin: server.url },
    })
    await new Promise((resolve, reject) => agent.once('message', resolve).once('error', reject))
    const seats = await Promise.all(
      Array.from({ length: visitors }, async () => {
        const { token } = await openVisitor(server.url, staff.inbox.key)
        const first = await sendOverHttp(server.url, token, {
          clientKey: randomUUID(),
          conversationId: null,
          content: { type: 'text', text: 'hi' },
        })
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/visitor`)
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
        socket.send(JSON.stringify({ type: 'hello', token }))
        await new Promise((resolve) => socket.once('message', resolve))
        return { socket, conversationId: first.conversation.id }
      }),
    )
    const send = (visitor: number, clientKey: string): void => {
      const seat = seats[visitor]
      seat?.socket.send(
        JSON.stringify({
          type: 'send',
          clientKey,
          conversationId: seat.conversationId,
          content: { type: 'text', text: words },
        }),
      )
    }
    const onArrival = (heard: (key: string) => void): void => {
      agent.removeAllListeners('message')
      agent.on('message', (data: Buffer) => {
        const frame: { type: string; entries?: { clientKey: string }[] } = JSON.parse(data.toString())
        if (frame.type === 'entries') for (const entry of frame.entries ?? []) heard(entry.clientKey)
      })
    }
    const full = await measure(send, onArrival, { inFlight })
    const steadyRun = await measure(send, onArrival, { perSecond: 500 })
    const insertFloor = await bareInsert(database.url)
    for (const seat of seats) seat.socket.terminate()
    agent.terminate()
    return { full, steady: steadyRun, insertFloor }
  } finally {
    await server.kill('SIGTERM')
  }
}

/** The same rows into the same table, as many at a time as wait in the whole server, durable, by one prepared statement. */
async function bareInsert(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string; last_seq: number }>(
    'select id, last_seq from conversations limit $1',
    [visitors],
  )
  const seqs = new Map(rows.map((row) => [row.id, row.last_seq + 1_000_000]))
  const started = clock()
  let count = 0
  while (clock() - started < secondsEach * 1000) {
    const batch = Array.from({ length: visitors * inFlight }, (_, turn) => {
      const id = rows[turn % rows.length]?.id ?? ''
      const seq = (seqs.get(id) ?? 0) + 1
      seqs.set(id, seq)
      const at = new Date().toISOString()
      return {
        conversation_id: id,
        seq,
        public_seq: seq,
        id: randomUUID(),
        kind: 'message.received',
        author_type: 'contact',
        author_id: id,
        at,
        client_key: randomUUID(),
        client_index: 0,
        body: { content: { type: 'text', text: words, markup: 'none' } },
      }
    })
    await client.query({
      name: 'floor',
      text: `insert into entries (conversation_id, seq, public_seq, id, kind, author_type, author_id, at, client_key, client_index, body)
        select * from json_to_recordset($1) as entry (conversation_id uuid, seq integer, public_seq integer, id uuid, kind text, author_type text,
          author_id text, at timestamptz, client_key text, client_index smallint, body jsonb)`,
      values: [JSON.stringify(batch)],
    })
    count += batch.length
  }
  const perSecond = count / ((clock() - started) / 1000)
  await client.end()
  return perSecond
}

/** Visitors' sockets to an agent's socket through a process that only passes frames on. */
async function bareRelay(): Promise<{ full: Run; steady: Run }> {
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
  const full = await measure(send, onArrival, { inFlight })
  const steadyRun = await measure(send, onArrival, { perSecond: 500 })
  for (const socket of [agent, ...seats]) socket.terminate()
  sockets.close()
  http.close()
  return { full, steady: steadyRun }
}

const server = await wholeServer()
const relay = await bareRelay()
const floor = Math.min(server.insertFloor, relay.full.perSecond)
const ms = (value: number): string => value.toFixed(1)
console.log(
  table(
    ['way', 'messages/s', 'p50 ms', 'p99 ms', 'at 500/s: p50', 'p99'],
    [
      [
        'whole server: socket → rules → durable → agent',
        server.full.perSecond.toFixed(0),
        ms(server.full.p50),
        ms(server.full.p99),
        ms(server.steady.p50),
        ms(server.steady.p99),
      ],
      [
        'floor: ws relay, nothing stored',
        relay.full.perSecond.toFixed(0),
        ms(relay.full.p50),
        ms(relay.full.p99),
        ms(relay.steady.p50),
        ms(relay.steady.p99),
      ],
      ['floor: bare multi-row insert', server.insertFloor.toFixed(0), '', '', '', ''],
    ],
  ),
)
console.log(
  JSON.stringify({
    name: 'chat',
    value: Math.round(server.full.perSecond),
    unit: 'messages/s',
    floor: Math.round(floor),
    ratio: Number((server.full.perSecond / floor).toFixed(3)),
    p50Ms: server.full.p50,
    p99Ms: server.full.p99,
    steadyP99Ms: server.steady.p99,
    steadyFloorP99Ms: relay.steady.p99,
  }),
)
