import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { createS3Storage } from './s3-storage.ts'
import { describeBlobStorage } from './storage-contract.ts'

describeBlobStorage('S3', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'qiao-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'qiao', configs: [] }],
  })
  const { port } = await server.run()
  const storage = createS3Storage({
    bucket: 'qiao',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    forcePathStyle: true,
  })
  return {
    storage,
    async close() {
      storage.close()
      await server.close()
      await rm(directory, { recursive: true })
    },
  }
})
