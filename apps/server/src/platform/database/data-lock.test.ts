import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { lockData } from './data-lock.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'qiao-lock-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

test('of two the second is refused, until the first lets go', () => {
  const path = folder()
  const first = lockData(path)
  expect(() => lockData(path)).toThrow(`process ${process.pid}`)
  first.release()
  lockData(path).release()
})

test.runIf(process.platform === 'linux')(
  'a killed server whose parent never asks how it ended holds nothing',
  async () => {
    const path = folder()
    // The shell becomes a program that does not know of the child it inherits.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void parent.kill())
    const [line]: Buffer[] = await once(parent.stdout, 'data')
    const pid = Number(line)
    const fields = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? []
    await vi.waitUntil(() => fields()[0] === 'Z')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const holder = { pid, started: `${boot} ${fields()[19]}`, host: hostname(), token: 'theirs' }
    writeFileSync(join(path, 'qiao.lock'), JSON.stringify(holder))
    const lock = lockData(path)
    expect(readFileSync(join(path, 'qiao.lock'), 'utf8')).toContain(`${process.pid}`)
    lock.release()
  },
)
