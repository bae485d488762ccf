import { randomUUID } from 'node:crypto'
import { Agent, request, type RequestOptions } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Offer } from '@qiao/protocol'
import { Pool } from 'pg'
import { WebSocket, WebSocketServer } from 'ws'
import { benchDatabase } from './database.ts'
import { arrive, hireAgents, openQueue } from './race.ts'
import { freePort, serverProcess, temporaryFolder } from './server-process.ts'
import { setUp } from './staff.ts'

export interface Latencies {
  /** From the request that frees the agent to the offer on their socket, in milliseconds. */
  offers: number[]
  /** A durable row of a bare client and a bare socket behind it, at the same pace in the same run. */
  floor: number[]
}

const perAgent = 5
/** Nobody has closed anything until then: plans are made on each connection, and code is compiled. */
const warmUpSeconds = 2

/** A centre in which everybody is busy: each time an agent finishes something, the next customer is on their screen. */
export async function measureOffers(options: {
  agents: number
  waiting: number
  perSecond: number
  seconds: number
}): Promise<Latencies> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  await using server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
  await server.start()
  await using stack = new AsyncDisposableStack()
  const pool = new Pool({ connectionString: database.url, max: 4 })
  stack.defer(() => pool.end())
  const staff = await setUp(server.url)
  const agents = await hireAgents(pool, staff, options.agents)
  await openQueue(pool, staff, agents, { offerSeconds: 300 })
  const up = (): string => server.url
  const desks = agents.map(({ key }) => openDesk(key, server.url))
  stack.defer(async () => desks.forEach((desk) => desk.stop()))
  await Promise.all(desks.map((desk) => desk.ready))
  const warmUp = options.perSecond * warmUpSeconds
  const cycles = options.perSecond * options.seconds
  await arrive(staff.inbox, options.agents * perAgent + options.waiting, up)
  while (desks.some((desk) => desk.held.length < perAgent)) await sleep(100)
  // As autovacuum does within a minute of a busy hour: plans for an empty database are none that last.
  await pool.query('analyze')
  const floor = await measureFloor(pool, options)
  const offers: number[] = []
  const pending: Promise<void>[] = []
  const started = performance.now()
  for (let cycle = 0; cycle < warmUp + cycles; cycle += 1) {
    const wait = started + (cycle * 1000) / options.perSecond - performance.now()
    if (wait > 0) await sleep(wait)
    const counts = cycle >= warmUp
    const desk = desks[cycle % desks.length]
    if (desk) pending.push(desk.finishOne().then((took) => void (took !== null && counts && offers.push(took))))
  }
  await Promise.all(pending)
  return { offers, floor }
}

/** One program stands for a hundred browsers: with `fetch` it took 1.7 ms of processor time a cycle, this way 1.0. */
const connections = new Agent({ keepAlive: true, scheduling: 'lifo' })

function sendJson(url: string, options: RequestOptions, body: object): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, agent: connections }, (response) => {
      response.resume()
      response.once('end', () => resolve((response.statusCode ?? 0) < 300))
    })
    // A connection that was kept for a minute may be closed at this very moment; the client key makes a repeat harmless.
    sent.once('error', (error) => (sent.reusedSocket ? resolve(sendJson(url, options, body)) : reject(error)))
    sent.end(JSON.stringify(body))
  })
}

function openDesk(key: string, url: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const held: string[] = []
  const expecting: (() => void)[] = []
  const call = (method: string, path: string, body: object): Promise<boolean> =>
    sendJson(`${url}${path}`, { method, headers }, body)
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/agent`, { headers })
  const ready = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame: { type: string; offer?: Offer } = JSON.parse(data.toString())
      if (frame.type === 'ready')
        void call('PUT', '/api/v1/routing/me/state', { state: 'available' }).then(() => resolve())
      else if (frame.type === 'offer' && frame.offer) void take(frame.offer)
    })
  })
  async function take(offer: Offer): Promise<void> {
    expecting.shift()?.()
    const taken = await call('POST', `/api/v1/offers/${offer.id}/accept`, { clientKey: randomUUID() })
    if (taken) held.push(offer.conversationId)
  }
  return {
    ready,
    held,
    /** Milliseconds until the next offer is here; null when there is nothing in hand to finish. */
    async finishOne(): Promise<number | null> {
      const conversationId = held.shift()
      if (!conversationId) return null
      const started = performance.now()
      const offered = new Promise<void>((resolve) => expecting.push(resolve))
      await call('POST', `/api/v1/conversations/${conversationId}/close`, { clientKey: randomUUID() })
      await offered
      return performance.now() - started
    },
    stop: () => socket.terminate(),
  }
}

/** What the machine can do at best: one durable row, then one frame through a bare socket. */
export async function measureFloor(
  pool: Pool,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<number[]> {
  const relay = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => relay.once('listening', resolve))
  const address = relay.address()
  const port = typeof address === 'object' && address ? address.port : 0
  relay.on('connection', (peer) => peer.on('message', (data: Buffer) => peer.send(data.toString())))
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => socket.once('open', resolve))
  const arrived = new Map<string, () => void>()
  socket.on('message', (data: Buffer) => arrived.get(data.toString())?.())
  await pool.query('create table floor (id uuid primary key, at timestamptz not null default now())')
  const took: number[] = []
  const once = async (): Promise<void> => {
    const id = randomUUID()
    const started = performance.now()
    await pool.query({ name: 'floor', text: 'insert into floor (id) values ($1)', values: [id] })
    await new Promise<void>((resolve) => {
      arrived.set(id, resolve)
      socket.send(id)
    })
    took.push(performance.now() - started)
  }
  const pending: Promise<void>[] = []
  const started = performance.now()
  for (let cycle = 0; cycle < (perSecond * seconds) / 2; cycle += 1) {
    const wait = started + (cycle * 1000) / perSecond - performance.now()
    if (wait > 0) await sleep(wait)
    pending.push(once())
  }
  await Promise.all(pending)
  socket.terminate()
  relay.close()
  await pool.query('drop table floor')
  return took
}
