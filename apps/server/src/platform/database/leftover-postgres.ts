import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
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
  if (!leftover) return
  const running = () => processesIn(databaseDir, leftover.pid)
  if (running().includes(leftover.pid)) {
    log.warn({ pid: leftover.pid }, 'stopping a PostgreSQL that outlived its server')
    signal(leftover.pid, 'SIGINT')
    if (!(await noneWithin(running, 60_000))) signal(leftover.pid, 'SIGQUIT')
  }
  // Also when the postmaster alone was killed: its other processes end by themselves, but not at once.
  if (!(await noneWithin(running, 10_000))) {
    throw new StartRefused(
      `A PostgreSQL (process ${running()[0]}) still uses ${databaseDir} and does not stop. End it by hand, then start Qiao again.`,
    )
  }
  // PostgreSQL refuses to start while the number in its pid file exists at all: as another program, since numbers are
  // reused, or as a zombie that nobody collects, as in containers without an init. Nothing runs here, so the file may go.
  rmSync(join(databaseDir, 'postmaster.pid'), { force: true })
}

async function noneWithin(running: () => number[], milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (running().length > 0) {
    if (Date.now() > deadline) return false
    await sleep(25)
  }
  return true
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/** Processes of PostgreSQL on this folder: all of them work inside it. Elsewhere than on Linux only the postmaster is found. */
function processesIn(databaseDir: string, postmaster: number): number[] {
  const folder = realpathSync(databaseDir)
  if (process.platform === 'linux') {
    const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return numbers.filter((pid) => workingFolder(pid) === folder).map(Number)
  }
  if (process.platform === 'win32') return []
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(postmaster)], { encoding: 'utf8' })
  return stdout.includes(folder) ? [postmaster] : []
}

/** A zombie has none any more; other users' processes do not show theirs. */
function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
