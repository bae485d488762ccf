import { createHash } from 'node:crypto'
import { Transform, type Readable } from 'node:stream'
import { AppError } from '#platform/errors'
import { headBytes } from './byte-source.ts'

const stallAfterMs = 60_000
const refusalArrivesWithinMs = 10_000

/** What passes through is counted, hashed, and stopped at the limit. */
export function measureUpload(source: Readable, maxBytes: number) {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  const measured: { bytes: number; failure?: Error } = { bytes: 0 }
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      timer.refresh()
      if (measured.bytes < headBytes) head.push(chunk.subarray(0, headBytes - measured.bytes))
      measured.bytes += chunk.length
      if (measured.bytes > maxBytes) return done(new AppError('attachment-too-large'))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const interrupted = () => {
    if (!source.readableEnded) meter.destroy(new AppError('bad-request', { detail: 'The upload was interrupted' }))
  }
  const timer = setTimeout(interrupted, stallAfterMs)
  // Heard from the first moment: an error that nobody listens to would end the server.
  meter.on('error', (error) => (measured.failure ??= error))
  meter.once('close', () => {
    clearTimeout(timer)
    if (!source.readableEnded) letGo(source)
  })
  source.once('error', interrupted).once('close', interrupted)
  if (source.destroyed) interrupted()
  source.pipe(meter)
  return {
    content: meter,
    /** Why it broke off, in words for the client. */
    failure: () => measured.failure,
    result: () => ({ bytes: measured.bytes, sha256: hash.digest(), head: Buffer.concat(head) }),
  }
}

/** A request that is destroyed takes its answer down with it: the rest is read and dropped, for as long as an answer needs. */
export function letGo(source: Readable): void {
  source.resume()
  setTimeout(() => source.destroy(), refusalArrivesWithinMs).unref()
}
