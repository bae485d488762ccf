import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from '../log.ts'
import { StartRefused } from '../start-refused.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts'

const log = createLog({ level: 'silent' })
const settings = { fsync: 'off' }
let pristine: string
let home: string
let dataDir: string
let children: ChildProcess[]

beforeAll(async () => {
  pristine = mkdtempSync(join(tmpdir(), 'qiao-pristine-'))
  await (await startEmbeddedPostgres({ dataDir: pristine, log, settings })).stop()
})
afterAll(() => rmSync(pristine, { recursive: true, force: true }))
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'qiao-embedded-'))
  dataDir = join(home, 'data')
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await vi.waitUntil(() => postgresProcesses().length === 0, { timeout: 20_000 })
  rmSync(home, { recursive: true, force: true })
})

/** Saves the time of a first start; the copy keeps the owners. */
function usePristineData(): void {
  spawnSync('cp', ['-a', pristine, dataDir])
}

const start = () => startEmbeddedPostgres({ dataDir, log, settings })

/** Of all processes: [pid, parent, command]. Read from Linux itself, since small images have no `ps`. */
function processes(): [number, number, string][] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid): [number, number, string][] => {
    try {
      const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[1]
      return [[Number(pid), Number(parent), readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]]
    } catch {
      return []
    }
  })
}

/** Process ids of PostgreSQL on this test's data. */
function postgresProcesses(): number[] {
  return processes().flatMap(([pid, , command]) => (command.includes(join(home, 'data', 'postgres')) ? [pid] : []))
}

async function query(postgres: { url: string }, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: postgres.url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(text)
  await client.end()
  return rows
}

/** A server process of its own that runs the database until it is told to end. */
async function startInChild(): Promise<{ child: ChildProcess; url: string }> {
  usePristineData()
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('embedded.ts', import.meta.url).href)}
    import { createLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)}
    const log = createLog({ level: 'silent' })
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log, settings: { fsync: 'off' } })
    process.once('SIGINT', async () => {
      const { Client } = await import('pg')
      const client = new Client({ connectionString: postgres.url })
      await client.connect()
      await client.query("select pg_sleep(0.3); insert into drained values (1)")
      await client.end()
      await postgres.stop()
      process.exit(0)
    })
    console.log(postgres.url)
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const url = await new Promise<string>((resolve) => child.stdout?.once('data', (text) => resolve(String(text).trim())))
  return { child, url }
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

test('first start makes the database, later starts find it again, stopping leaves no process', async () => {
  const first = await start()
  await query(first, 'create table kept as select 1 as n')
  expect(
    await query(first, `select datcollate, datlocale, datlocprovider from pg_database where datname = 'qiao'`),
  ).toEqual([{ datcollate: 'C', datlocale: 'C.UTF-8', datlocprovider: 'b' }])
  await first.stop()
  expect(postgresProcesses()).toEqual([])
  const second = await start()
  expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }])
  await second.stop()
  expect(existsSync(join(dataDir, 'qiao.lock'))).toBe(false)
  expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600)
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
})

test('it is durable by default and listens on loopback only', async () => {
  usePristineData()
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  const rows = await query(
    postgres,
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses') order by name`,
  )
  await postgres.stop()
  expect(rows).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'synchronous_commit', setting: 'on' },
  ])
})

test('a second instance is refused and told which process holds the data', async () => {
  const { child } = await startInChild()
  await expect(start()).rejects.toThrow(StartRefused)
  await expect(start()).rejects.toThrow(new RegExp(`already in use by another Qiao \\(process ${child.pid}\\)`))
  child.kill('SIGKILL')
  await ended(child)
  await (await start()).stop()
})

test('after kill -9 of the server its database goes away by itself, and everything committed is there', async () => {
  const { child, url } = await startInChild()
  await query({ url }, 'create table kept as select 1 as n')
  child.kill('SIGKILL')
  await expect.poll(() => postgresProcesses(), { timeout: 10_000 }).toEqual([])
  const again = await start()
  expect(await query(again, 'select n from kept')).toEqual([{ n: 1 }])
  await again.stop()
})

test('after kill -9 of server and database together (stale pid file) it starts again', async () => {
  const { child, url } = await startInChild()
  await query({ url }, 'create table kept as select 1 as n')
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  child.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await ended(child)
  const again = await start()
  expect(await query(again, 'select n from kept')).toEqual([{ n: 1 }])
  await again.stop()
})

test('a database that outlived its server and its watchdog is stopped and started again', async () => {
  const { child, url } = await startInChild()
  await query({ url }, 'create table kept as select 1 as n')
  const before = postgresProcesses()
  const watchdog = processes().find(([, parent, command]) => parent === child.pid && command.startsWith('/bin/sh'))
  process.kill(watchdog?.[0] ?? 0, 'SIGKILL')
  child.kill('SIGKILL')
  await ended(child)
  expect(postgresProcesses()).toEqual(before)
  const again = await start()
  expect(await query(again, 'select n from kept')).toEqual([{ n: 1 }])
  await again.stop()
})

test('a pid file whose number now belongs to another program does not prevent the start', async () => {
  usePristineData()
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  writeFileSync(file, [process.pid, join(dataDir, 'postgres'), 0, 1, '', '', '', 'ready'].join('\n'))
  const postgres = await start()
  expect(await query(postgres, 'select 1 as n')).toEqual([{ n: 1 }])
  await postgres.stop()
})

test('Ctrl-C reaches the server alone, which can still write before it stops the database', async () => {
  const { child, url } = await startInChild()
  await query({ url }, 'create table drained (n int)')
  // What a terminal does: the signal goes to the whole foreground process group.
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect(await ended(child)).toBe(0)
  const again = await start()
  expect(await query(again, 'select n from drained')).toEqual([{ n: 1 }])
  await again.stop()
})

test('a database that dies is started again on the same port', async () => {
  usePristineData()
  const postgres = await start()
  await query(postgres, 'create table kept as select 1 as n')
  process.kill(postgres.pid(), 'SIGKILL')
  await expect
    .poll(() => query(postgres, 'select n from kept').catch(() => 'not yet'), { timeout: 15_000 })
    .toEqual([{ n: 1 }])
  await postgres.stop()
  expect(postgresProcesses()).toEqual([])
})

test('data of another major version is refused with the way out', async () => {
  usePristineData()
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
  await expect(start()).rejects.toThrow(
    /written by PostgreSQL 16, but this release of Qiao brings PostgreSQL 18.*pg_dump/,
  )
})

test('an interrupted first start is begun again', async () => {
  mkdirSync(join(dataDir, 'postgres.new', 'data'), { recursive: true })
  await (await start()).stop()
  expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false)
})

test.runIf(process.getuid?.() === 0)('as root it works below a folder that is closed to others', async () => {
  dataDir = join(home, 'closed', 'data')
  mkdirSync(join(home, 'closed'), { mode: 0o700 })
  const postgres = await start()
  expect(await query(postgres, 'select 1 as n')).toEqual([{ n: 1 }])
  expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0)
  await postgres.stop()
})

test('a lost password file is named', async () => {
  usePristineData()
  rmSync(join(dataDir, 'postgres.password'))
  await expect(start()).rejects.toThrow(/postgres\.password is missing/)
})

test('a folder that cannot be made is a sentence', async () => {
  writeFileSync(dataDir, 'a file')
  const starting: Promise<EmbeddedPostgres> = start()
  await expect(starting).rejects.toThrow(StartRefused)
})
