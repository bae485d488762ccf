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
 * headers: those are read here, with a limit that makes them harmless. One thread reads one mail after the other: to start it takes
 * as long as to read fifty mails.
 */
export function parseMailInWorker(raw: Uint8Array, given: WorkerLimits = {}): Promise<Mail> {
  const { milliseconds = 30_000, megabytes = 512, ...limits } = given
  const reader = readers.get(megabytes) ?? createReader(megabytes)
  readers.set(megabytes, reader)
  return reader(raw, limits, milliseconds)
}

type Read = (raw: Uint8Array, limits: Partial<Limits>, milliseconds: number) => Promise<Mail>

const readers = new Map<number, Read>()

function createReader(megabytes: number): Read {
  let worker: Worker | null = null
  let tail: Promise<unknown> = Promise.resolve()

  function start(): Worker {
    const started = new Worker(new URL('mail-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    worker = started
    const forget = () => {
      if (worker === started) worker = null
    }
    started.on('error', forget)
    started.on('exit', forget)
    return started
  }
  function readOne(raw: Uint8Array, limits: Partial<Limits>, milliseconds: number): Promise<Mail> {
    return new Promise((resolve) => {
      const reading = worker ?? start()
      reading.ref()
      const finish = (mail: Mail) => {
        clearTimeout(timer)
        reading.off('message', finish).off('error', giveUp).off('exit', giveUp)
        // Whoever only waits for mails is kept from ending by nobody.
        reading.unref()
        resolve(mail)
      }
      const giveUp = () => {
        if (worker === reading) worker = null
        finish(headersOnly(raw))
        void reading.terminate()
      }
      const timer = setTimeout(giveUp, milliseconds)
      reading.once('message', finish).once('error', giveUp).once('exit', giveUp)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
      reading.postMessage({ raw, limits })
    })
  }
  return (raw, limits, milliseconds) => {
    const done = tail.then(() => readOne(raw, limits, milliseconds))
    tail = done
    return done
  }
}

function headersOnly(raw: Uint8Array): Mail {
  const mail = parseMail(raw.subarray(0, 64 * 1024), { parts: 1, text: 4096 })
  return { ...mail, attachments: [], warnings: ['cut: time or memory'] }
}
