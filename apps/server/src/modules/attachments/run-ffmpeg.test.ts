import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundledFfmpeg } from './bundled-ffmpeg.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

const endless = ['-re', '-f', 'lavfi', '-i', 'testsrc=s=64x64', '-f', 'null', '-']
const short = ['-f', 'lavfi', '-i', 'sine=d=1', '-f', 'null', '-']

/** Programs whose parent is this process, by /proc: what a test started, and nothing of others. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.trim().split(' ').filter(Boolean).map(Number)
}

async function untilRunning(parent = process.pid): Promise<number> {
  for (;;) {
    for (const pid of await childrenOf(parent)) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      if (command.startsWith(bundledFfmpeg)) return pid
    }
  }
}

describe('ffmpeg', () => {
  it('says how long the output is', async () => {
    const result = await runFfmpeg(bundledFfmpeg, short, { timeoutMs: 10_000 })
    expect(result.outcome === 'done' && result.seconds).toBeCloseTo(1, 1)
  })

  it('refuses what is no media, and says why', async () => {
    const args = ['-f', 'wav', '-i', import.meta.filename, '-f', 'null', '-']
    const result = await runFfmpeg(bundledFfmpeg, args, { timeoutMs: 10_000 })
    expect(result.outcome === 'refused' && result.log).toContain('Invalid data')
  })

  it('is stopped when it takes too long', async () => {
    expect(await runFfmpeg(bundledFfmpeg, endless, { timeoutMs: 300 })).toEqual({ outcome: 'timed-out' })
  })

  it('ends with the caller’s signal and leaves no process', async () => {
    const abort = new AbortController()
    const running = runFfmpeg(bundledFfmpeg, endless, { timeoutMs: 10_000, signal: abort.signal })
    const pid = await untilRunning()
    abort.abort()
    await expect(running).rejects.toThrow(/abort/i)
    expect(await childrenOf(process.pid)).not.toContain(pid)
  })

  it('throws when somebody else kills it: that says nothing about the file', async () => {
    const running = runFfmpeg(bundledFfmpeg, endless, { timeoutMs: 10_000 })
    process.kill(await untilRunning(), 'SIGKILL')
    await expect(running).rejects.toThrow('stopped by SIGKILL')
  })

  it('dies with a server that is killed', async () => {
    const program = `import { runFfmpeg } from ${JSON.stringify(join(import.meta.dirname, 'run-ffmpeg.ts'))}
      await runFfmpeg(${JSON.stringify(bundledFfmpeg)}, ${JSON.stringify(endless)}, { timeoutMs: 60000 })`
    const server = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' })
    const pid = await untilRunning(server.pid)
    server.kill('SIGKILL')
    await expect
      .poll(() =>
        readFile(`/proc/${pid}/stat`, 'utf8').then(
          (text) => !/\) Z /.test(text),
          () => false,
        ),
      )
      .toBe(false)
  })

  it('runs behind everything else, and knows no secret of the server', async () => {
    process.env['PLANTED_SECRET'] = 'planted'
    const abort = new AbortController()
    const running = runFfmpeg(bundledFfmpeg, endless, { timeoutMs: 10_000, signal: abort.signal })
    const pid = await untilRunning()
    expect(getPriority(pid)).toBe(10)
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('planted')
    abort.abort()
    await expect(running).rejects.toThrow(/abort/i)
  })

  it('cannot take the memory of the machine', async () => {
    const greedy = ['-f', 'lavfi', '-i', 'nullsrc=s=4000x4000:r=90:d=1', '-vf', 'negate,reverse', '-f', 'null', '-']
    const result = await runFfmpeg(bundledFfmpeg, greedy, { timeoutMs: 25_000, memoryMegabytes: 1024 })
    expect(result.outcome === 'refused' && result.log).toContain('Cannot allocate memory')
  }, 30_000)

  it('complains when there is no such program', async () => {
    await expect(runFfmpeg('/nowhere/ffmpeg', short, { timeoutMs: 1000 })).rejects.toThrow(/ffmpeg/)
  })
})
