import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Log } from '../log.ts'
import { messageOf } from '../thrown.ts'
import { lockData } from './data-lock.ts'
import { stopLeftover } from './leftover-postgres.ts'
import { ableToReach, chooseAccount } from './postgres-account.ts'
import { findBinaries, majorVersion } from './postgres-binaries.ts'
import { explainFailure } from './postgres-failure.ts'
import { createCluster, keepPassword, refuseOtherMajor } from './postgres-folder.ts'
import { runPostgres, type PostgresProcess } from './postgres-process.ts'

export type EmbeddedPostgres = { url: string; pid: () => number; stop: () => Promise<void> }

type Options = {
  dataDir: string
  log: Log
  /** Over the defaults below; tests switch durability off. */
  settings?: Record<string, string>
}

/** Durable (fsync and synchronous_commit stay on), reachable from this machine only, moderate in memory. */
const defaultSettings = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: '256MB',
  work_mem: '8MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  log_min_messages: 'warning',
  // Statements carry customers' words.
  log_min_error_statement: 'panic',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/**
 * The server's own PostgreSQL, with its data in `<dataDir>/postgres`. Call `stop` after everything that uses it is closed.
 * Should it die meanwhile it is started again on the same port, so that the pool's connections come back by themselves.
 */
export async function startEmbeddedPostgres({ dataDir, log, settings = {} }: Options): Promise<EmbeddedPostgres> {
  let lock: { release: () => void } | undefined
  try {
    lock = prepareFolder(dataDir)
    const running = await start(dataDir, log, { ...defaultSettings, ...settings })
    return { ...running, stop: () => running.stop().finally(() => lock?.release()) }
  } catch (error) {
    lock?.release()
    throw explainFailure(error, dataDir)
  }
}

function prepareFolder(dataDir: string): { release: () => void } {
  // PostgreSQL may run as another user and must be able to pass through; the files inside have their own modes.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  if (process.getuid?.() === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o111)
  return lockData(dataDir)
}

async function start(dataDir: string, log: Log, settings: Record<string, string>): Promise<EmbeddedPostgres> {
  const databaseDir = path.join(dataDir, 'postgres')
  const chosen = chooseAccount(databaseDir)
  const { initdb, postgres } = findBinaries(chosen)
  const account = ableToReach(chosen, dataDir)
  const major = majorVersion(postgres, account)
  const password = keepPassword(dataDir, databaseDir)
  if (!existsSync(databaseDir)) {
    log.info({ folder: databaseDir }, 'creating the database')
    createCluster({ databaseDir, password, initdb, account, sync: settings['fsync'] !== 'off' })
  }
  refuseOtherMajor(databaseDir, major)
  await stopLeftover(databaseDir, log)

  const socket = socketFolder(databaseDir)
  const where = { unix_socket_directories: socket ?? '', ...settings }
  const run = (port: number) => runPostgres({ postgres, databaseDir, port, account, settings: where, log })
  const { port, running } = await onFreePort(run)
  const through = socket ? `?host=${encodeURIComponent(socket)}` : ''
  const url = (database: string) => `postgresql://qiao:${password}@127.0.0.1:${port}/${database}${through}`
  try {
    await createDatabase(url('postgres'))
  } catch (error) {
    await running.stop()
    throw error
  }
  log.debug({ port, pid: running.pid }, 'PostgreSQL runs')
  return { url: url('qiao'), ...keepRunning(running, () => run(port), log) }
}

/** The length of an address of a socket that every system takes. */
const longestSocket = 100

/**
 * Through a socket of the file system a question costs two thirds of the time that it takes through the network's. It
 * stands in the database's own folder, which nobody else may enter; in one of a long name there is no room for it.
 */
function socketFolder(databaseDir: string): string | null {
  const folder = path.resolve(databaseDir)
  if (process.platform === 'win32') return null
  return Buffer.byteLength(path.join(folder, '.s.PGSQL.65535.lock')) > longestSocket ? null : folder
}

/** Another program may take the free port between our look and PostgreSQL's bind; then the next one is tried. */
async function onFreePort(run: (port: number) => Promise<PostgresProcess>) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return { port, running: await run(port) }
    } catch (error) {
      if (attempt === 3 || !/could not (bind|create any TCP)/.test(messageOf(error))) throw error
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'qiao'`)
    if (rowCount === 0) await client.query('create database qiao')
  } finally {
    await client.end()
  }
}

function keepRunning(first: PostgresProcess, again: () => Promise<PostgresProcess>, log: Log) {
  let running = first
  const ending = new AbortController()
  let starting: Promise<void> | undefined
  const watching = watch()

  async function watch(): Promise<void> {
    for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
      await running.exited
      if (ending.signal.aborted) return
      log.error({ from: 'postgres' }, 'PostgreSQL ended unexpectedly and is started again')
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => {})
      if (ending.signal.aborted) return
      starting = again().then(
        (started) => void (running = started),
        (error: unknown) => log.error({ from: 'postgres', reason: messageOf(error) }, 'PostgreSQL does not start'),
      )
      await starting
    }
  }

  return {
    pid: () => running.pid,
    async stop() {
      ending.abort()
      await starting
      await running.stop()
      await watching
    },
  }
}
