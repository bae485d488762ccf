import { readFileSync } from 'node:fs'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { AppError } from '#platform/errors'
import { createRateLimiter } from '#platform/rate-limiter'
import { StartRefused } from '#platform/start-refused'
import { messageOf } from '#platform/thrown'
import type { AccountBook } from '../accounts/account-book.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { createKeeper } from '../inbound/keep-calls.ts'
import { takeLetters } from '../inbound/take-letters.ts'
import { letterBoxes } from './letter-addresses.ts'
import { createLetterRoom, refusal } from './letter-room.ts'

interface Place {
  host: string
  port: number
  /** Files of key and certificate. */
  tls: { key: string; cert: string } | null
}

const largestLetter = 67_108_864
const bytesAtOnce = 268_435_456
const connectionsAtOnce = 200
const mostRecipients = 100
const renewEveryMs = 6 * 3_600_000

/**
 * Takes mail for the inboxes in which people write letters, as a mail server that stands behind an MX or is given mail by
 * one. What is answered with 250 is stored. It passes nothing on: other recipients are refused.
 */
export async function listenForLetters(
  deps: ChannelDeps,
  accounts: AccountBook,
  { host, port, tls }: Place,
): Promise<{ port: number; stop(): Promise<void> }> {
  const boxes = letterBoxes(deps)
  const keeper = createKeeper(deps)
  const letters = createRateLimiter({ perMinute: 120, burst: 300 })
  const take = createLetterRoom(bytesAtOnce)

  async function accountOf(address: string): Promise<Account> {
    const inboxId = await boxes.find(address)
    if (!inboxId) throw refusal(550, '5.1.1 There is nobody of that address')
    const account = await accounts.of(inboxId)
    if (!account?.channel.letters) throw refusal(451, '4.3.0 Try again later')
    return account
  }

  async function hand(raw: Buffer, session: SMTPServerSession): Promise<void> {
    const to = session.envelope.rcptTo.map(({ address }) => address)
    const byInbox = new Map<string, { account: Account; to: string[] }>()
    for (const address of to) {
      const account = await accountOf(address)
      const known = byInbox.get(account.inbox.id) ?? { account, to: [] }
      known.to.push(address)
      byInbox.set(account.inbox.id, known)
    }
    const { mailFrom } = session.envelope
    for (const { account, to: own } of byInbox.values()) {
      const envelope = {
        from: mailFrom ? mailFrom.address : '',
        to: own,
        remoteAddress: session.remoteAddress,
        helo: session.hostNameAppearsAs || null,
      }
      await takeLetters(deps, keeper, account, [{ raw, envelope }])
    }
  }

  const answer = (error: unknown): Error => {
    if (error instanceof Error && 'responseCode' in error) return error
    if (error instanceof AppError && error.code === 'rate-limited')
      return refusal(421, '4.7.0 Too many letters; try later')
    deps.log.warn({ reason: messageOf(error) }, 'a letter was not taken')
    return refusal(451, '4.3.0 It could not be stored; try again later')
  }
  // oxlint-disable promise/no-callback-in-promise -- the interface is the library's
  const server = new SMTPServer({
    banner: 'Qiao',
    authOptional: true,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(tls ? readTls(tls) : {}),
    size: largestLetter,
    maxClients: connectionsAtOnce,
    disableReverseLookup: true,
    socketTimeout: 120_000,
    closeTimeout: 4_000,
    onMailFrom(_address, session, done) {
      try {
        letters.take(session.remoteAddress)
        done()
      } catch (error) {
        done(answer(error))
      }
    },
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= mostRecipients) return done(refusal(452, '4.5.3 Too many recipients'))
      accountOf(address).then(
        () => done(),
        (error: unknown) => done(answer(error)),
      )
    },
    onData(stream, session, done) {
      take(stream, (raw) => hand(raw, session)).then(
        () => done(null, '2.0.0 Stored'),
        (error: unknown) => done(answer(error)),
      )
    },
  })
  // oxlint-enable promise/no-callback-in-promise
  // A peer that hangs up in the middle is no fault of ours.
  server.on('error', (error: Error) => deps.log.debug({ reason: error.message }, 'a mail connection failed'))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error) =>
      reject(new StartRefused(`Mail cannot be taken on port ${port} (QIAO_SMTP_PORT): ${error.message}.`)),
    )
    server.listen(port, host, resolve)
  })
  const renewing = tls && setInterval(() => renew(deps, server, tls), renewEveryMs).unref()
  const bound = server.server.address()
  const own = typeof bound === 'object' && bound ? bound.port : port
  deps.log.info({ host: host, port: own }, 'mail is taken')
  return {
    port: own,
    async stop() {
      if (renewing) clearInterval(renewing)
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

function readTls({ key, cert }: { key: string; cert: string }): { key: Buffer; cert: Buffer } {
  try {
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } catch (error) {
    throw new StartRefused(`The files of QIAO_SMTP_TLS_KEY and QIAO_SMTP_TLS_CERT cannot be read: ${messageOf(error)}.`)
  }
}

/** Certificates are replaced every few weeks; with one that cannot be read the older one goes on. */
function renew({ log }: ChannelDeps, server: SMTPServer, tls: { key: string; cert: string }): void {
  try {
    server.updateSecureContext(readTls(tls))
  } catch (error) {
    log.warn({ reason: messageOf(error) }, 'the certificate for mail was not renewed')
  }
}
