import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { expect, onTestFinished, test, vi } from 'vitest'
import { StartRefused } from '../start-refused.ts'
import { createS3Storage, type S3Options } from './s3-storage.ts'
import { describeBlobStorage } from './storage-contract.ts'

async function serve() {
  const directory = await mkdtemp(join(tmpdir(), 'qiao-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'qiao', configs: [] }],
  })
  const { port } = await server.run()
  const options: S3Options = {
    bucket: 'qiao',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    forcePathStyle: true,
  }
  async function close(): Promise<void> {
    await server.close()
    await rm(directory, { recursive: true })
  }
  return { options, close }
}

describeBlobStorage('S3', async () => {
  const { options, close } = await serve()
  const storage = createS3Storage(options)
  return {
    storage,
    async close() {
      storage.close()
      await close()
    },
  }
})

test('a bucket that can never work stops the start with a sentence; a service that is away does not', async () => {
  const { options, close } = await serve()
  const warn = vi.fn<() => void>()
  async function check(change: Partial<S3Options>): Promise<void> {
    const storage = createS3Storage({ ...options, ...change })
    onTestFinished(() => storage.close())
    await storage.check({ warn })
  }
  await check({})
  await expect(check({ bucket: 'elsewhere' })).rejects.toThrow(StartRefused)
  await expect(check({ bucket: 'elsewhere' })).rejects.toThrow(
    'elsewhere (S3_BUCKET) cannot be used: it does not exist.',
  )
  await expect(check({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'x' } })).rejects.toThrow(
    'access is refused',
  )
  expect(warn).not.toHaveBeenCalled()
  await close()
  await check({})
  expect(warn).toHaveBeenCalledOnce()
})
