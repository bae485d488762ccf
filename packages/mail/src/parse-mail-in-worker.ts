import { Worker } from 'node:worker_threads'
import type { Limits, Mail } from './mail.ts'
import { parseMail } from './parse-mail.ts'

export type WorkerLimits = Partial<Limits> & {
  milliseconds?: number
  /** Of JavaScript's heap; the raw mail and decoded attachments lie outside it. */
  megabytes?: number
}

/**
 * Reads a mail beside the event loop, and gives up on one that takes too long or too much. What is known of such a mail is in its
 * headers: those are read here, with a limit that makes them harmless.
 */
export function parseMailInWorker(raw: Uint8Array, given: WorkerLimits = {}): Promise<Mail> {
  const { milliseconds = 30_000, megabytes = 512, ...limits } = given
  return new Promise((resolve) => {
    const worker = new Worker(new URL('mail-worker.ts', import.meta.url), {
      workerData: { raw, limits },
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    const giveUp = () => finish(headersOnly(raw))
    const timer = setTimeout(giveUp, milliseconds)
    const finish = (mail: Mail) => {
      clearTimeout(timer)
      resolve(mail)
      void worker.terminate()
    }
    worker.once('message', finish)
    worker.once('error', giveUp)
    worker.once('exit', giveUp)
  })
}

function headersOnly(raw: Uint8Array): Mail {
  const mail = parseMail(raw.subarray(0, 64 * 1024), { parts: 1, text: 4096 })
  return { ...mail, attachments: [], warnings: ['cut: time or memory'] }
}
