import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { StartRefused } from '../start-refused.ts'
import { codeOf, messageOf } from '../thrown.ts'
import { assertBlobKey, type BlobStorage } from './blob-storage.ts'

export type S3Options = {
  bucket: string
  region: string
  /** For services that speak S3's protocol. */
  endpoint?: string
  /** Without them the SDK looks where AWS machines keep theirs. */
  credentials?: { accessKeyId: string; secretAccessKey: string }
  /** `endpoint/bucket` instead of `bucket.endpoint`. */
  forcePathStyle?: boolean
}

/** Answers to the first question that no waiting will change. */
const refusals = new Map([
  [301, 'it is in another region than S3_REGION says'],
  [400, 'the service does not understand us; S3_REGION or S3_ENDPOINT may be wrong'],
  [403, 'access is refused; S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be of somebody who may use it'],
  [404, 'it does not exist'],
])

export function createS3Storage(options: S3Options): BlobStorage & { close(): void } {
  const { bucket: Bucket, credentials: given, ...connection } = options
  // The SDK writes into them, and the configuration is frozen.
  const credentials = given && { ...given }
  // The SDK's newer default adds checksums as trailers, which many compatible services refuse.
  const checksums = {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const
  const client = new S3Client({ ...connection, ...checksums, ...(credentials ? { credentials } : {}) })
  const at = (key: string) => {
    assertBlobKey(key)
    return { Bucket, Key: key }
  }

  return {
    async put(key, content, { mime, signal } = {}) {
      let bytes = 0
      const broken: { error?: Error } = {}
      content.once('error', (error) => (broken.error = error))
      const upload = new Upload({
        client,
        params: { ...at(key), Body: counted(content, (length) => (bytes += length)), ContentType: mime },
        queueSize: 2,
      })
      const abort = () => {
        content.destroy()
        void upload.abort()
      }
      signal?.addEventListener('abort', abort, { once: true })
      try {
        signal?.throwIfAborted()
        await upload.done()
        return { bytes }
      } catch (error) {
        content.destroy()
        // Why the source broke says more than how the clean-up after it went.
        throw broken.error ?? error
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    },

    async get(key, range) {
      const Range = range && `bytes=${range.start}-${range.end}`
      const found = await nullWhenMissing(client.send(new GetObjectCommand({ ...at(key), Range })))
      if (found === null) return null
      if (!(found.Body instanceof Readable)) throw new Error('The S3 client gave no stream')
      return found.Body
    },

    async stat(key) {
      const found = await nullWhenMissing(client.send(new HeadObjectCommand(at(key))))
      return found && { bytes: found.ContentLength ?? 0 }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },

    async list(folder) {
      const keys: string[] = []
      let after: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: folder, ContinuationToken: after }))
        keys.push(...(page.Contents ?? []).flatMap((object) => object.Key ?? []))
        after = page.NextContinuationToken
      } while (after !== undefined)
      return keys
    },

    async check(log) {
      try {
        await client.send(new HeadBucketCommand({ Bucket }))
      } catch (error) {
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
        const reason = refusals.get(status ?? 0)
        if (reason) throw new StartRefused(`The bucket ${Bucket} (S3_BUCKET) cannot be used: ${reason}.`)
        // Neither an answer nor a connection that failed: a mistake of ours, or credentials that are not there.
        if (status === undefined && codeOf(error) === undefined) throw error
        log.warn(
          { reason: messageOf(error) || codeOf(error), status },
          'the storage of files does not answer at present',
        )
      }
    },

    /** Parts of a killed upload are invisible; a lifecycle rule of the bucket removes them (docs/decisions/0005). */
    sweepPartials: () => Promise.resolve(0),

    close: () => client.destroy(),
  }
}

/** Errors of the source reach the upload, and its pace follows the upload: an async generator gives both. */
function counted(content: Readable, count: (length: number) => void): Readable {
  return Readable.from(
    (async function* () {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        count(chunk.length)
        yield chunk
      }
    })(),
    { objectMode: false },
  )
}

async function nullWhenMissing<Answer>(request: Promise<Answer>): Promise<Answer | null> {
  try {
    return await request
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null
    throw error
  }
}
