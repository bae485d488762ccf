import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { signWebhook, simulators } from '@qiao/channels/simulators'
import type { AgentServerFrame, Inbox } from '@qiao/protocol'
import { Pool } from 'pg'
import { WebSocket } from 'ws'
import { benchDatabase } from './support/database.ts'
import { measureFloor } from './support/offer-latency.ts'
import { percentile, table } from './support/report.ts'
import { freePort, serverProcess, temporaryFolder } from './support/server-process.ts'
import { setUp } from './support/staff.ts'

/** (g) A provider calls 200 times a second: when it has its answer, and when an agent sees what the customer wrote. */
const perSecond = Number(process.argv[2] ?? 200)
const seconds = Number(process.argv[3] ?? 20)
const customers = 200
const warmUpSeconds = 3

await using folder = await temporaryFolder()
await using database = await benchDatabase(folder.path)
await using server = serverProcess(await freePort(), {
  QIAO_DATA_DIR: folder.path,
  DATABASE_URL: database.url,
  QIAO_ALLOW_PRIVATE_TARGETS: 'on',
})
await server.start()
await using stack = new AsyncDisposableStack()
const pool = new Pool({ connectionString: database.url, max: 4 })
stack.defer(() => pool.end())
const provider = await simulators['open-channel']?.()
if (!provider) throw new Error('the open channel has no simulator')
stack.defer(() => provider.stop())
const staff = await setUp(server.url)
const inbox = await staff.call<Inbox>('POST', '/api/v1/inboxes', { name: 'Open', channel: 'open-channel', teamIds: [] })
const path = `/api/v1/inboxes/${inbox.id}/account`
const { version, callbackUrl } = await staff.call<{ version: number; callbackUrl: string }>('GET', path)
await staff.call('PUT', path, { version, config: provider.config })
const secret = String(provider.config['secret'])

const arrived = new Map<string, (at: number) => void>()
const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/agent`, {
  headers: { cookie: staff.cookie, origin: server.url },
})
stack.defer(() => socket.terminate())
socket.on('message', (data: Buffer) => {
  const frame: AgentServerFrame = JSON.parse(data.toString())
  if (frame.type !== 'entries') return
  for (const { kind, body } of frame.entries)
    if (kind === 'message.received' && body.content.type === 'text') arrived.get(body.content.text)?.(performance.now())
})
await new Promise((resolve) => socket.once('open', resolve))

const answered: number[] = []
const seen: number[] = []
async function call(n: number, counts: boolean): Promise<void> {
  const text = `message ${n}`
  const at = new Date()
  const customer = { id: `customer-${n % customers}`, name: `Customer ${n % customers}` }
  const event = { id: randomUUID(), type: 'message', at: at.toISOString(), customer, messageId: `m${n}` }
  const body = JSON.stringify({ ...event, content: { type: 'text', text } })
  const onScreen = new Promise<number>((resolve) => arrived.set(text, resolve))
  const started = performance.now()
  const response = await fetch(callbackUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signWebhook(event.id, at, body, [secret]) },
    body,
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const answer = performance.now() - started
  const screen = (await onScreen) - started
  if (!counts) return
  answered.push(answer)
  seen.push(screen)
}

async function callFor(duration: number, first: number, counts: boolean): Promise<void> {
  const pending: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < perSecond * duration; n += 1) {
    const wait = began + (n * 1000) / perSecond - performance.now()
    if (wait > 0) await sleep(wait)
    pending.push(call(first + n, counts))
  }
  await Promise.all(pending)
}
// Everybody says a first word at once: what that leaves waiting is not what is measured.
await callFor(warmUpSeconds, 0, false)
const measuredFrom = new Date()
await callFor(seconds, perSecond * warmUpSeconds, true)
const { rows } = await pool.query<{ stored: number[] }>(
  `select array_agg(extract(epoch from entries.at - event.received_at) * 1000)::float8[] as stored
   from channel_events as event join entries on body #>> '{content,text}' = event.data #>> '{content,text}'
   where kind = 'message.received' and event.received_at > $1`,
  [measuredFrom],
)
const waited = rows[0]?.stored ?? []
const floor = await measureFloor(pool, { perSecond, seconds: 10 })
const row = (name: string, times: number[]): string[] => [
  name,
  percentile(times, 0.5).toFixed(1),
  percentile(times, 0.99).toFixed(1),
]
console.log(
  table(
    [`${perSecond} calls a second`, 'p50 ms', 'p99 ms'],
    [
      row('call → answer: checked and stored', answered),
      row('stored → worked off, written into the timeline', waited),
      row("call → on the agent's socket", seen),
      row('floor: one durable row, one frame', floor),
    ],
  ),
)
const value = percentile(answered, 0.99)
console.log(
  JSON.stringify({
    name: 'webhook',
    value,
    unit: 'ms, p99 of the answer to a provider',
    floor: percentile(floor, 0.99),
    ratio: value / percentile(floor, 0.99),
    answerP50Ms: percentile(answered, 0.5),
    screenP50Ms: percentile(seen, 0.5),
    screenP99Ms: percentile(seen, 0.99),
  }),
)
