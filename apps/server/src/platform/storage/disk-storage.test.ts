import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDiskStorage } from './disk-storage.ts'
import { describeBlobStorage } from './storage-contract.ts'

describeBlobStorage('disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-disk-'))
  return {
    storage: createDiskStorage({ folder: join(folder, 'files') }),
    close: () => rm(folder, { recursive: true }),
  }
})

describe('disk storage and crashes', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-crash-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('shows nothing of a write that was cut by kill -9', async () => {
    const program = join(folder, 'writer.ts')
    await writeFile(
      program,
      `import { Readable } from 'node:stream'
       import { createDiskStorage } from ${JSON.stringify(join(import.meta.dirname, 'disk-storage.ts'))}
       async function* slow() { for (;;) { yield Buffer.alloc(65536); process.send('wrote'); await new Promise((go) => setTimeout(go, 5)) } }
       await createDiskStorage({ folder: ${JSON.stringify(folder)} }).put('aa/cut/original', Readable.from(slow(), { objectMode: false }))`,
    )
    const writer = fork(program)
    for (let messages = 0; messages < 5; messages += 1) await once(writer, 'message')
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    const storage = createDiskStorage({ folder })
    expect(await storage.stat('aa/cut/original')).toBeNull()
    expect(await storage.list('aa/')).toEqual([])
    expect(await readdir(join(folder, '.partial'))).toHaveLength(1)
    expect(await storage.sweepPartials(new Date(Date.now() + 1000))).toBe(1)
    expect(await readdir(join(folder, '.partial'))).toEqual([])
  })

  it('a folder that cannot be made stops the start with a sentence', async () => {
    await writeFile(join(folder, 'file'), '')
    const checking = createDiskStorage({ folder: join(folder, 'file', 'files') }).check(console)
    await expect(checking).rejects.toThrow(/^Files cannot be kept in .*\/file\/files \(QIAO_DATA_DIR\): ENOTDIR/)
  })

  it('sweeps only partial files that are old enough', async () => {
    const storage = createDiskStorage({ folder })
    await mkdir(join(folder, '.partial'), { recursive: true })
    for (const name of ['old', 'new']) await writeFile(join(folder, '.partial', name), 'x')
    const yesterday = new Date(Date.now() - 86_400_000)
    await utimes(join(folder, '.partial', 'old'), yesterday, yesterday)
    expect(await storage.sweepPartials(new Date(Date.now() - 3_600_000))).toBe(1)
    expect(await readdir(join(folder, '.partial'))).toEqual(['new'])
  })
})
