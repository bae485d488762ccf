import { z } from 'zod'
import type { Clock } from './clock.ts'
import { createSealer } from './crypto.ts'
import type { Database } from './database/connect.ts'
import { addJobs, defineJob, type Job, type JobAttempt } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import type { Mail, Mailer } from './mail.ts'

export interface MailQueue {
  /** False without a mail server: then links are only logged, and somebody must pass them on. */
  readonly sends: boolean
  /** Goes out once the transaction is committed, and again until the mail server takes it; not after `until`. */
  add(tx: Database, mail: Mail, until: Date): Promise<void>
  /** Belongs to the processes that work. */
  job: Job
}

const name = 'send-mail'
const place = 'mail job'
const mailSchema = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  link: z.string().optional(),
}) satisfies z.ZodType<Mail>

/**
 * Mails as jobs. A link that lets somebody in must not be readable in the table of jobs or its backups, so the mail is
 * sealed; and no job stays behind when a mail can no longer be of use.
 */
export function createMailQueue(options: { mailer: Mailer; secret: string; clock: Clock; log: Log }): MailQueue {
  const { mailer, secret, clock, log } = options
  const sealer = createSealer(secret)

  async function send({ sealed, until }: { sealed: string; until: string }, { last }: JobAttempt): Promise<void> {
    if (clock.now() >= new Date(until)) return log.error({ until }, 'a mail was given up: it came too late')
    try {
      await mailer.send(mailSchema.parse(JSON.parse(sealer.open(sealed, place))))
    } catch (error) {
      if (!last && !isRefused(error)) throw error
      log.error({ err: error }, 'a mail was given up')
    }
  }

  return {
    sends: mailer.sends,
    add: (tx, mail, until) =>
      addJobs(tx, [
        { name, payload: { sealed: sealer.seal(JSON.stringify(mail), place), until: until.toISOString() } },
      ]),
    job: defineJob({ name, payload: z.object({ sealed: z.string(), until: z.iso.datetime() }), run: send }),
  }
}

/** A server that says 5xx of a mail will say it again (RFC 5321 §4.2.1). */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500
