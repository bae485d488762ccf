import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { StartRefused } from '../start-refused.ts'
import { codeOf } from '../thrown.ts'

/** The lines of `postmaster.pid` that matter here: 1 the process, 8 its state. */
export function readPostmasterFile(databaseDir: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined
  } catch {
    return undefined
  }
}

/**
 * After `kill -9` of the server its PostgreSQL may still run or be about to stop. It is stopped rather than adopted: its
 * settings and its standard error belong to the dead server. Call with the data lock held.
 */
export async function stopLeftover(databaseDir: string, log: Log): Promise<void> {
  const leftover = readPostmasterFile(databaseDir)
  if (!leftover || !isAlive(leftover.pid)) return
  if (!isPostgresOf(leftover.pid, databaseDir)) {
    // The number now belongs to another program, and PostgreSQL would take that for itself and refuse to start.
    log.info({ pid: leftover.pid }, 'removing the pid file of a PostgreSQL that is gone')
    rmSync(join(databaseDir, 'postmaster.pid'), { force: true })
    return
  }
  log.warn({ pid: leftover.pid }, 'stopping a PostgreSQL that outlived its server')
  for (const [signal, patienceMilliseconds] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    signalProcess(leftover.pid, signal)
    if (await goneWithin(leftover.pid, patienceMilliseconds)) return
  }
  throw new StartRefused(
    `A PostgreSQL (process ${leftover.pid}) still uses ${databaseDir} and does not stop. End it by hand, then start Qiao again.`,
  )
}

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(25)
  }
  return true
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false
  }
  // A zombie holds no data; in a container nobody may ever collect it.
  return process.platform !== 'linux' || stateOf(pid) !== 'Z'
}

function stateOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.[0]
  } catch {
    return undefined
  }
}

/** PostgreSQL works inside its data folder, and names it on its command line. */
function isPostgresOf(pid: number, databaseDir: string): boolean {
  const folder = realpathSync(databaseDir)
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch (error) {
      return codeOf(error) !== 'ENOENT'
    }
  }
  if (process.platform === 'win32') return true
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(folder)
}
