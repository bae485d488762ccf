import type { BlobStorage } from './blob-storage.ts'
import { createDiskStorage } from './disk-storage.ts'
import { createS3Storage, type S3Options } from './s3-storage.ts'

export type StorageChoice = { kind: 'disk'; folder: string } | ({ kind: 's3' } & S3Options)

export const createBlobStorage = (choice: StorageChoice): BlobStorage =>
  choice.kind === 'disk' ? createDiskStorage(choice) : createS3Storage(choice)
