import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { StartRefused } from '../start-refused.ts'
import { codeOf } from '../thrown.ts'

const holderSchema = z.object({ pid: z.number(), started: z.string(), host: z.string(), token: z.string() })
type Holder = z.infer<typeof holderSchema>

const beatMilliseconds = 5_000
const deadAfterMilliseconds = 15_000

/**
 * One server for each data folder. A process id alone says little (they are reused, in containers almost at once), so the
 * start time of the process belongs to it. A holder on another host, such as a second container on the same volume, cannot be
 * looked up: it counts as alive while it touches its file.
 */
export function lockData(dataDir: string): { release: () => void } {
  const file = join(dataDir, 'qiao.lock')
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname(), token: randomUUID() }
  const content = JSON.stringify(mine)
  if (!create(file, content)) {
    refuseIfHeld(dataDir, file)
    removeStale(dataDir, file)
    if (!create(file, content)) refuse(dataDir, read(file))
  }
  const beat = setInterval(() => touch(file), beatMilliseconds).unref()
  return {
    release() {
      clearInterval(beat)
      if (read(file)?.token === mine.token) rmSync(file, { force: true })
    },
  }
}

function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** undefined: there is none, or it was cut short by a crash while it was written. */
function read(file: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

function refuseIfHeld(dataDir: string, file: string): void {
  const holder = read(file)
  if (!holder) return
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  const alive = holder.host === hostname() ? startOf(holder.pid) === holder.started : age < deadAfterMilliseconds
  if (alive) refuse(dataDir, holder)
}

/** Two servers may find the same dead lock at once; the slower one must not take away the new lock of the faster. */
function removeStale(dataDir: string, file: string): void {
  const stale = read(file)
  const aside = `${file}.${process.pid}`
  renameSync(file, aside)
  const moved = read(aside)
  if (moved?.token !== stale?.token) {
    linkSync(aside, file)
    rmSync(aside)
    refuse(dataDir, moved)
  }
  rmSync(aside)
}

function refuse(dataDir: string, holder: Holder | undefined): never {
  const elsewhere = holder && holder.host !== hostname() ? ` on ${holder.host}` : ''
  throw new StartRefused(
    `The data in ${dataDir} is already in use by another Qiao (process ${holder?.pid ?? 'unknown'}${elsewhere}). Stop that one first, or give this one its own QIAO_DATA_DIR and PORT.`,
  )
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // A full disk or a removed folder: the database reports that with better words.
  }
}

/** When a process started, in whatever form the system tells it; empty when there is no such process. */
function startOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? []
      // Killed, and only kept until its parent asks how it ended; a parent that never asks must not block the data.
      if (fields[0] === 'Z') return ''
      return `${boot} ${fields[19]}`
    }
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return ''
  }
  if (process.platform === 'win32') return 'alive'
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
}
