import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AgentState, type Inbox, type Offer, queueSettings } from '@qiao/protocol'
import { Pool } from 'pg'
import { WebSocket } from 'ws'
import { benchDatabase } from './database.ts'
import { findRaceFaults, type RaceFigures } from './race-verdict.ts'
import { redisServer } from './redis.ts'
import { freePort, serverProcess, type ServerProcess, temporaryFolder } from './server-process.ts'
import { openVisitor, sendOverHttp } from './sockets.ts'
import { setUp, type Staff } from './staff.ts'

export interface RaceSize {
  servers: number
  agents: number
  items: number
  /** How often the elected router is killed with -9. */
  kills: number
}

export interface RaceResult extends RaceFigures {
  faults: string[]
  seconds: number
}

const perVisitor = 10
const offerSeconds = 5

/**
 * Many agents on several servers who accept, decline, ignore and drop out at random while customers arrive as fast as they
 * can and the elected router is killed. Judged by what stands in the database afterwards.
 */
export async function raceForWork(size: RaceSize): Promise<RaceResult> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path, {
    max_connections: '200',
    track_commit_timestamp: 'on',
  })
  await using redis = await redisServer()
  const origin = 'http://qiao.bench'
  const settings = {
    QIAO_DATA_DIR: folder.path,
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '12',
    REDIS_URL: redis.url,
    QIAO_SECRET: 'a secret that all servers of the race share',
    QIAO_URL: origin,
    QIAO_ROLES: 'web,router',
    // Who is elected says so.
    LOG_LEVEL: 'info',
  }
  await using stack = new AsyncDisposableStack()
  const servers: ServerProcess[] = []
  for (let count = 0; count < size.servers; count += 1) {
    const server = stack.use(serverProcess(await freePort(), settings))
    await server.start()
    servers.push(server)
  }
  const [first] = servers
  if (!first) throw new Error('a race needs a server')
  const staff = await setUp(first.url, origin)
  const pool = new Pool({ connectionString: database.url, max: 4 })
  stack.defer(() => pool.end())
  const agents = await hireAgents(pool, staff, size.agents)
  await openQueue(pool, staff, agents)
  const up = (): string => {
    const running = servers.filter((server) => server.running())
    return running[Math.floor(Math.random() * running.length)]?.url ?? first.url
  }
  const started = performance.now()
  const at = agents.map((agent) => work(agent, up))
  const kills: number[] = []
  await Promise.all([arrive(staff.inbox, size.items, up), kill(pool, servers, size, kills)])
  await untilAllDone(pool, size.items)
  for (const agent of at) agent.stop()
  const seconds = (performance.now() - started) / 1000
  return { ...(await findRaceFaults(pool, { items: size.items, kills })), seconds }
}

interface BenchAgent {
  id: string
  key: string
}

/** Their keys are made as the server makes them; a sign-in with a password each would take minutes. */
async function hireAgents(pool: Pool, staff: Staff, count: number): Promise<BenchAgent[]> {
  const team = await staff.call<{ id: string }>('POST', '/api/v1/teams', { name: 'Race' })
  const agents = Array.from({ length: count }, () => ({ id: randomUUID(), key: `qiao_${randomUUID()}` }))
  for (const [index, { id, key }] of agents.entries()) {
    const name = `Agent ${index}`
    await pool.query(
      `insert into agents (id, name, email, role, created_at, updated_at) values ($1, $2, $3, 'agent', now(), now())`,
      [id, name, `agent-${index}@bench.example`],
    )
    await pool.query('insert into team_members (team_id, agent_id) values ($1, $2)', [team.id, id])
    await pool.query(
      `insert into api_keys (id, name, prefix, secret_hash, role, agent_id, created_at)
       values ($1, $2, $3, $4, 'agent', $5, now())`,
      [randomUUID(), name, key.slice(0, 11), createHash('sha256').update(key).digest(), id],
    )
  }
  return agents
}

async function openQueue(pool: Pool, staff: Staff, agents: readonly BenchAgent[]): Promise<void> {
  const queue = { id: randomUUID() }
  const settings = queueSettings.parse({
    groups: [{ agentIds: agents.map(({ id }) => id) }],
    offer: { mode: 'ring', seconds: offerSeconds, coolDownSeconds: 30 },
  })
  await pool.query('insert into queues (id, name, settings, created_at) values ($1, $2, $3, now())', [
    queue.id,
    'Race',
    JSON.stringify(settings),
  ])
  const { inbox } = staff
  await staff.call('PATCH', `/api/v1/inboxes/${inbox.id}`, {
    version: inbox.version,
    settings: { ...inbox.settings, routing: { queueId: queue.id, departments: [] } },
  })
}

/** Sends until it is stored: the same client key names the same message on whichever server. */
async function arrive(inbox: Inbox, items: number, up: () => string): Promise<void> {
  const visitors = Math.ceil(items / perVisitor)
  let next = 0
  const visit = async (): Promise<void> => {
    while (next < visitors) {
      const own = Math.min(perVisitor, items - next * perVisitor)
      next += 1
      const { token } = await insist(() => openVisitor(up(), inbox.key))
      for (let count = 0; count < own; count += 1) {
        const message = { clientKey: randomUUID(), conversationId: null, content: { type: 'text', text: 'help' } }
        await insist(() => sendOverHttp(up(), token, message))
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, visit))
}

async function insist<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Error && /^4(?!29)/.test(error.message)) throw error
      await sleep(100)
    }
  }
}

/** An agent as people are: mostly takes what rings, sometimes not, now and then loses the connection. */
function work({ key }: BenchAgent, up: () => string): { stop(): void } {
  const headers = { authorization: `Bearer ${key}` }
  let socket: WebSocket | undefined
  let stopped = false
  const call = async (method: string, path: string, body: object): Promise<Response> =>
    insist(async () => {
      const response = await fetch(`${up()}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`)
      return response
    })
  const beAvailable = (): void => void call('PUT', '/api/v1/routing/me/state', { state: 'available' })

  async function answer(offer: Offer): Promise<void> {
    const mood = Math.random()
    await sleep(Math.random() * 60)
    if (mood < 0.02) return
    if (mood < 0.04) return socket?.terminate()
    if (mood < 0.12) return void (await call('POST', `/api/v1/offers/${offer.id}/decline`, {}))
    const accepted = await call('POST', `/api/v1/offers/${offer.id}/accept`, { clientKey: randomUUID() })
    if (accepted.ok) await finish(offer.conversationId)
  }
  const finishing = new Set<string>()
  async function finish(conversationId: string): Promise<void> {
    if (finishing.has(conversationId)) return
    finishing.add(conversationId)
    await sleep(Math.random() * 400)
    await call('POST', `/api/v1/conversations/${conversationId}/close`, { clientKey: randomUUID() })
    finishing.delete(conversationId)
  }
  function connect(): void {
    const opened = new WebSocket(`${up().replace('http', 'ws')}/ws/agent`, { headers })
    socket = opened
    opened.on('message', (data: Buffer) => {
      const frame: { type: string; offer?: Offer; state?: AgentState } = JSON.parse(data.toString())
      if (frame.type === 'ready') {
        beAvailable()
        void resume()
      } else if (frame.type === 'offer' && frame.offer) void answer(frame.offer)
      else if (frame.type === 'routing' && frame.state?.state === 'not-responding') setTimeout(beAvailable, 200)
    })
    opened.on('error', () => undefined)
    opened.on('close', () => {
      if (!stopped) setTimeout(connect, 100 + Math.random() * 400)
    })
  }
  /** What was in hand when the connection was lost, or was accepted without our hearing of it. */
  async function resume(): Promise<void> {
    const response = await insist(() => fetch(`${up()}/api/v1/routing/me`, { headers }))
    const mine: { state: AgentState; offers: Offer[] } = JSON.parse(await response.text())
    for (const held of mine.state.held) if (held.state === 'held') void finish(held.conversationId)
    for (const offer of mine.offers) void answer(offer)
  }
  connect()
  return {
    stop() {
      stopped = true
      socket?.terminate()
    },
  }
}

/** Kills whichever server is elected, and starts it again a moment later; notes when, by the database's clock. */
async function kill(pool: Pool, servers: readonly ServerProcess[], size: RaceSize, kills: number[]): Promise<void> {
  for (let turn = 1; turn <= size.kills; turn += 1) {
    await untilDone(pool, (size.items * turn) / (size.kills + 1.5))
    const elected = await electedOf(pool, servers)
    if (!elected) throw new Error('nobody is elected')
    await elected.kill('SIGKILL')
    const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at')
    kills.push(rows[0]?.at.getTime() ?? 0)
    await sleep(1_500)
    await elected.start()
  }
}

/** By the port of the connection that holds the lock: the process that owns it is the elected one. */
async function electedOf(pool: Pool, servers: readonly ServerProcess[]): Promise<ServerProcess | undefined> {
  const { rows } = await pool.query<{ application: string }>(
    `select application_name as application from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and application_name like 'qiao-router%' and granted`,
  )
  return servers.find((server) => rows.some(({ application }) => application === `qiao-router ${server.pid()}`))
}

const countDone = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ done: number }>(
    `select count(*)::int as done from conversations where state = 'closed'`,
  )
  return rows[0]?.done ?? 0
}

async function untilDone(pool: Pool, done: number): Promise<void> {
  while ((await countDone(pool)) < done) await sleep(50)
}

/** All are served in the end; when nothing moves for long, the verdict says what is stuck. */
async function untilAllDone(pool: Pool, items: number): Promise<void> {
  let [last, movedAt] = [-1, Date.now()]
  for (;;) {
    const done = await countDone(pool)
    if (done >= items) return
    if (done !== last) [last, movedAt] = [done, Date.now()]
    if (Date.now() - movedAt > 60_000) return
    await sleep(200)
  }
}
