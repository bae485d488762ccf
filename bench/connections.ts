import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { benchDatabase } from './support/database.ts'
import { table } from './support/report.ts'
import { freePort, serverProcess, temporaryFolder } from './support/server-process.ts'
import { openVisitor } from './support/sockets.ts'
import { setUp } from './support/staff.ts'

/**
 * (b) Idle visitors on one process: what each costs in memory beside a bare `ws` server in the same run, and what all
 * together cost in processor time, heartbeats included.
 */
const visitors = Number(process.argv[2] ?? 10_000)
const sessions = 200
const idleSeconds = Number(process.argv[3] ?? 60)

interface Cost {
  bytesEach: number
  cpuShare: number
}

/** Resident memory, after the process has had time to give back what opening took. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}

/** Seconds of processor time so far; the kernel counts in hundredths. */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').pop()?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function measure(pid: number, url: string, hello: (turn: number) => string): Promise<Cost> {
  // Warm: the first connections load code and grow pools that later ones share.
  for (const socket of await openAll(url, 200, hello)) socket.terminate()
  await sleep(2_000)
  const before = await residentBytes(pid)
  const sockets = await openAll(url, visitors, hello)
  await sleep(5_000)
  const bytesEach = ((await residentBytes(pid)) - before) / visitors
  const cpuBefore = await cpuSeconds(pid)
  await sleep(idleSeconds * 1000)
  const cpuShare = ((await cpuSeconds(pid)) - cpuBefore) / idleSeconds
  const open = sockets.filter((socket) => socket.readyState === WebSocket.OPEN).length
  if (open !== visitors) throw new Error(`only ${open} of ${visitors} stayed`)
  for (const socket of sockets) socket.terminate()
  return { bytesEach, cpuShare }
}

/** From several addresses: one has not enough ports for everybody. */
async function openAll(url: string, count: number, hello: (turn: number) => string): Promise<WebSocket[]> {
  const sockets: WebSocket[] = []
  for (let from = 0; from < count; from += 100) {
    const group = Array.from({ length: Math.min(100, count - from) }, (_, turn) => from + turn)
    sockets.push(...(await Promise.all(group.map((turn) => openOne(url, turn, hello(turn))))))
  }
  return sockets
}

function openOne(url: string, turn: number, hello: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { localAddress: `127.0.1.${1 + (turn % 8)}`, perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(hello)).once('error', reject)
    socket.once('message', () => resolve(socket))
  })
}

async function wholeServer(): Promise<Cost> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  await using server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
  await server.start()
  const staff = await setUp(server.url)
  const tokens: string[] = []
  for (let turn = 0; turn < sessions; turn += 1) tokens.push((await openVisitor(server.url, staff.inbox.key)).token)
  const hello = (turn: number): string => JSON.stringify({ type: 'hello', token: tokens[turn % sessions] })
  return await measure(server.pid(), `${server.url.replace('http', 'ws')}/ws/visitor`, hello)
}

async function bareServer(): Promise<Cost> {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, [
    join(import.meta.dirname, 'support/connections-floor.ts'),
    String(port),
  ])
  try {
    await sleep(3_000)
    return await measure(child.pid ?? 0, `ws://127.0.0.1:${port}`, () => '{}')
  } finally {
    child.kill()
  }
}

const floor = await bareServer()
const server = await wholeServer()
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1)
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
console.log(
  table(
    [`${visitors} idle visitors`, 'KB each', 'CPU'],
    [
      ['whole server', kilobytes(server.bytesEach), percent(server.cpuShare)],
      ['floor: bare ws server', kilobytes(floor.bytesEach), percent(floor.cpuShare)],
      ['over the floor', kilobytes(server.bytesEach - floor.bytesEach), percent(server.cpuShare - floor.cpuShare)],
    ],
  ),
)
console.log(
  JSON.stringify({
    name: 'connections',
    value: Number(kilobytes(server.bytesEach)),
    unit: 'KB for each idle visitor',
    floor: Number(kilobytes(floor.bytesEach)),
    ratio: Number((server.bytesEach / floor.bytesEach).toFixed(3)),
    overFloorKilobytes: Number(kilobytes(server.bytesEach - floor.bytesEach)),
    cpuShare: server.cpuShare,
    floorCpuShare: floor.cpuShare,
  }),
)
