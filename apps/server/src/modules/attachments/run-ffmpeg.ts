import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'

export type FfmpegRun = {
  /** Seconds of output written, at most once a second or so. */
  onProgress?: (seconds: number) => void
  signal?: AbortSignal
  timeoutMs: number
  memoryMegabytes?: number
}

export type FfmpegResult =
  | { outcome: 'done'; seconds: number; log: string }
  /** ffmpeg itself gave up: the file is at fault, and trying again will not help. */
  | { outcome: 'refused'; log: string }
  | { outcome: 'timed-out' }

const memoryMegabytes = 3072
const logAtMost = 65_536
/** The streams are told first, and the reason for a failure last. */
const clip = (log: string): string =>
  log.length <= logAtMost ? log : log.slice(0, logAtMost / 2) + log.slice(-logAtMost / 2)

/** Killed from outside: by a person, or by a system that ran out of memory. */
export class FfmpegStopped extends Error {}

/**
 * Runs ffmpeg on a stranger's file: low priority, no network, no environment, bounded memory and time. Throws when it was
 * stopped from outside (shutdown, out of memory, a person), which says nothing about the file: run it again.
 */
export async function runFfmpeg(path: string, args: readonly string[], run: FfmpegRun): Promise<FfmpegResult> {
  run.signal?.throwIfAborted()
  const child = spawnBounded(
    path,
    ['-hide_banner', '-nostdin', '-nostats', '-progress', 'pipe:1', ...args],
    run.memoryMegabytes,
  )
  const ended = waitForEnd(child)
  lowerPriority(child)
  let timedOut = false
  const kill = () => child.kill('SIGKILL')
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, run.timeoutMs)
  run.signal?.addEventListener('abort', kill, { once: true })
  let log = ''
  let seconds = 0
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = clip(log + text)))
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      // Named "ms", but microseconds (ffmpeg 4.1 to 7).
      const time = /^out_time_ms=(\d+)/.exec(line)?.[1]
      if (time === undefined) return
      seconds = Number(time) / 1_000_000
      run.onProgress?.(seconds)
    })
  }
  try {
    const { code, signal } = await ended
    run.signal?.throwIfAborted()
    if (timedOut) return { outcome: 'timed-out' }
    if (code === 126 || code === 127) throw new Error(`ffmpeg cannot be started: ${log.trim()}`)
    if (signal !== null) throw new FfmpegStopped(`ffmpeg was stopped by ${signal}`)
    return code === 0 ? { outcome: 'done', seconds, log } : { outcome: 'refused', log }
  } finally {
    clearTimeout(timer)
    run.signal?.removeEventListener('abort', kill)
    kill()
  }
}

/**
 * Where a shell can bound memory and processor time, a decompression bomb ends its own process instead of the machine's.
 * `setpriv` (util-linux) lets the system kill ffmpeg when the server is killed and cannot do it.
 */
const bounded = `ulimit -v "$1"; ulimit -t 3600; shift
setpriv --pdeathsig KILL true 2>/dev/null && exec setpriv --pdeathsig KILL "$0" "$@"
exec "$0" "$@"`

function spawnBounded(path: string, args: string[], megabytes = memoryMegabytes): ChildProcess {
  const options: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin' }, windowsHide: true }
  if (process.platform !== 'linux') return spawn(path, args, options)
  return spawn('/bin/sh', ['-c', bounded, path, String(megabytes * 1024), ...args], options)
}

function lowerPriority(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, 10)
  } catch {
    // It ended already, or the system does not let us: courtesy only.
  }
}

function waitForEnd(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}
