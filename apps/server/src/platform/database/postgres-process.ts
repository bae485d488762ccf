import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { readPostmasterFile } from './leftover-postgres.ts'
import { spawnIds, type Account } from './postgres-account.ts'

export type PostgresProcess = {
  pid: number
  exited: Promise<void>
  /** Ends connections, writes a checkpoint and waits for the end. */
  stop: () => Promise<void>
}

type Options = {
  postgres: string
  databaseDir: string
  port: number
  account: Account
  settings: Record<string, string>
  log: Log
}

/**
 * For glibc, which gives memory back to the system and takes it again with each question whose plan is about as large as
 * its limit: such a question took up to twice its time (1.0 → 1.9 ms, November 2026). Other systems ignore it.
 */
const keepMemory = { MALLOC_TRIM_THRESHOLD_: '8388608', MALLOC_MMAP_THRESHOLD_: '2097152' }

/** Resolves when connections are accepted; rejects with what PostgreSQL wrote when it ends before that. */
export async function runPostgres(options: Options): Promise<PostgresProcess> {
  const { account, databaseDir, log } = options
  const flags = Object.entries({ ...options.settings, port: String(options.port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const [command = options.postgres, ...args] = [...account.prefix, options.postgres, '-D', databaseDir, ...flags]
  // Its own process group: Ctrl-C in a terminal reaches the server alone, which drains before it stops the database.
  const child = spawn(command, args, {
    ...spawnIds(account),
    cwd: '/',
    detached: true,
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', ...keepMemory },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lastLines = forwardLines(child, log)
  const exited = new Promise<void>((resolve) => {
    child
      .once('close', () => resolve())
      .once('error', (error) => {
        lastLines.push(error.message)
        resolve()
      })
  })
  const watchdog = child.pid ? startWatchdog(child.pid) : undefined
  void exited.then(() => watchdog?.kill('SIGKILL'))
  while (child.pid && child.exitCode === null && child.signalCode === null) {
    const state = readPostmasterFile(databaseDir)
    if (state?.ready && state.pid === child.pid) {
      return { pid: state.pid, exited, stop: () => stop(child, exited) }
    }
    await Promise.race([sleep(20), exited])
  }
  await exited
  throw new Error(lastLines.join('\n'))
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGINT')
  const hurry = setTimeout(() => child.kill('SIGQUIT'), 60_000)
  await exited
  clearTimeout(hurry)
}

/**
 * Stops PostgreSQL when the server dies without saying so (`kill -9`, out of memory): the pipe to this small shell closes
 * with the server's end. Nothing is lost without it, but a database would be left running.
 */
function startWatchdog(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const script = 'trap "" INT TERM HUP; read -r line; kill -INT "$0"'
  const watchdog = spawn('/bin/sh', ['-c', script, String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.on('error', () => {})
  watchdog.stdin?.on('error', () => {})
  return watchdog
}

/** What PostgreSQL says, at our levels. Its ERROR lines are answers to statements, which whoever sent them deals with. */
function forwardLines(child: ChildProcess, log: Log): string[] {
  const last: string[] = []
  if (!child.stderr) return last
  createInterface({ input: child.stderr }).on('line', (line) => {
    const message = line.replace(/^\S+ \S+ \S+ \[\d+\] /, '')
    last.push(message)
    if (last.length > 20) last.shift()
    const level = message.startsWith('PANIC:') ? 'error' : /^(FATAL|WARNING):/.test(message) ? 'warn' : 'debug'
    log[level]({ from: 'postgres' }, message)
  })
  return last
}
