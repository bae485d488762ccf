import { randomInt } from 'node:crypto'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const main = join(import.meta.dirname, 'serve.ts')

/** The real server as a process of its own, so that it can be killed like one. */
export interface ServerProcess extends AsyncDisposable {
  url: string
  start(): Promise<void>
  /** Gives the exit code, or null for one that was killed. */
  kill(signal: NodeJS.Signals): Promise<number | null>
  running(): boolean
  pid(): number
  /** The last lines that it wrote, for when something goes wrong. */
  log(): string
}

/** Below those that the system gives to connections that go out: it could give one away before it is used. */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000)
  const server = createServer()
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
  })
  if (!free) return freePort()
  await new Promise((resolve) => server.close(resolve))
  return port
}

export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'qiao-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

export function serverProcess(port: number, settings: Record<string, string>): ServerProcess {
  let child: ChildProcess | undefined
  let output = ''
  let ready = false
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    log: () => output.slice(-4000),
    async start() {
      const started = spawn(
        process.execPath,
        [
          ...(process.env['QIAO_BENCH_PROFILE']
            ? ['--cpu-prof', '--cpu-prof-dir', process.env['QIAO_BENCH_PROFILE']]
            : []),
          main,
        ],
        {
          env: {
            PATH: process.env['PATH'],
            PORT: String(port),
            QIAO_URL: url,
            QIAO_DEMO: 'off',
            LOG_LEVEL: 'warn',
            // A server is started many times; its sources are compiled once.
            NODE_COMPILE_CACHE: join(tmpdir(), 'qiao-compile-cache'),
            ...settings,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      )
      child = started
      const before = output.length
      for (const stream of [started.stdout, started.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
      for (const deadline = Date.now() + 180_000; Date.now() < deadline; await sleep(50)) {
        if (started.exitCode !== null) throw new Error(`The server ended:\n${output.slice(-4000)}`)
        if (!output.includes('listening\n', before)) continue
        const answer = await fetch(`${url}/readyz`).catch(() => null)
        ready = answer?.ok ?? false
        if (ready) return
      }
      throw new Error(`The server did not become ready:\n${output.slice(-4000)}`)
    },
    running: () => ready,
    pid: () => child?.pid ?? 0,
    kill,
    [Symbol.asyncDispose]: async () => void (await kill('SIGTERM')),
  }

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    const running = child
    ready = false
    if (!running || running.exitCode !== null || running.signalCode !== null) return running?.exitCode ?? null
    const gone = new Promise<number | null>((resolve) => running.once('exit', resolve))
    running.kill(signal)
    return gone
  }
}
