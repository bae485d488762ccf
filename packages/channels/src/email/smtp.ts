import SMTPConnection from 'nodemailer/lib/smtp-connection'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import { Readable } from 'node:stream'
import { type Context, isProblem } from '../contract.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { codeOf } from './normalise.ts'
import { type SignIn, withSignIn } from './sign-in.ts'

export interface Envelope {
  from: string
  to: readonly string[]
}
export interface Refusal extends Problem {
  /** An answer of the server; none where the connection failed. */
  status: number | null
  /** The whole letter was handed over, and no answer came. */
  isOpen: boolean
  /** What it was an answer to. */
  step: string
}
export interface Handed {
  refused: readonly { address: string; problem: Refusal }[]
}

/** An answer of a server or a broken connection, as the package throws it. */
interface Thrown {
  code?: string
  message?: string
  response?: string | false
  responseCode?: number
  command?: string
  recipient?: string
  rejectedErrors?: readonly Thrown[]
}

/** Hands a letter over by a connection of its own. */
export async function handOver(context: Context<Config>, envelope: Envelope, raw: Buffer): Promise<Handed | Refusal> {
  const result = await withSignIn(context, 'smtp', (signIn) => once(context, signIn, envelope, raw))
  return isProblem(result) ? asRefusal(result) : result
}

/** Signs in and leaves. */
export async function tryOut(context: Context<Config>): Promise<Problem | null> {
  const result = await withSignIn(context, 'smtp', async (signIn) => {
    const connection = open(context.config)
    try {
      await ready(connection, signIn)
      return {}
    } catch (error) {
      return refusalOf(error, false)
    } finally {
      connection.quit()
    }
  })
  return isProblem(result) ? result : null
}

async function once(
  { config }: Context<Config>,
  signIn: SignIn | null,
  envelope: Envelope,
  raw: Buffer,
): Promise<Handed | Refusal> {
  const connection = open(config)
  const letter = Readable.from([raw])
  let written = false
  letter.once('end', () => (written = true))
  try {
    await ready(connection, signIn)
    const info = await step<{ rejectedErrors?: readonly Thrown[] }>(connection, (done) =>
      connection.send({ from: envelope.from, to: [...envelope.to], size: raw.length }, letter, done),
    )
    const refused = (info.rejectedErrors ?? []).map((error) => ({
      address: error.recipient ?? '',
      problem: refusalOf(error, false),
    }))
    return { refused }
  } catch (error) {
    return refusalOf(error, written)
  } finally {
    connection.quit()
    letter.destroy()
  }
}

function open({ smtpHost, smtpPort, smtpSecurity, address }: Config): SMTPConnection {
  const connection = new SMTPConnection({
    host: smtpHost,
    port: smtpPort,
    secure: smtpSecurity === 'tls',
    requireTLS: smtpSecurity === 'starttls',
    ignoreTLS: smtpSecurity === 'none',
    // Servers ask for a name with a dot; the machine's own is nobody's business.
    name: address.slice(address.lastIndexOf('@') + 1),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    // Some look for viruses before they answer: RFC 5321 §4.5.3.2 gives them ten minutes.
    socketTimeout: 120_000,
    logger: false,
  })
  connection.on('error', () => undefined)
  return connection
}

async function ready(connection: SMTPConnection, signIn: SignIn | null): Promise<void> {
  await step(connection, (done) => connection.connect(done))
  if (signIn === null) return
  const { user } = signIn
  const auth =
    'pass' in signIn
      ? { credentials: { user, pass: signIn.pass } }
      : { oauth2: new XOAuth2({ user, accessToken: signIn.accessToken }) }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types want the options of what it takes
  await step(connection, (done) => connection.login(auth as SMTPConnection.AuthenticationCredentials, done))
}

/** The package calls back, or says `error`, or only `end`. */
function step<Result>(
  connection: SMTPConnection,
  begin: (done: (error?: Error | null, result?: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => finish(() => reject(error))
    const end = () => fail(new Error('The connection was closed'))
    const finish = (what: () => void) => {
      connection.off('error', fail).off('end', end)
      what()
    }
    connection.once('error', fail).once('end', end)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- some steps give nothing
    begin((error, result) => finish(() => (error ? reject(error) : resolve(result as Result))))
  })
}

function refusalOf(error: unknown, written: boolean): Refusal {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all fields may be missing
  const { code = '', message = '', response, responseCode, command = '', rejectedErrors } = error as Thrown
  const [first] = rejectedErrors ?? []
  if (first) return refusalOf(first, written)
  const status = responseCode ?? null
  const words = (response || message).replace(/\s+/gu, ' ').slice(0, 500)
  const enhanced = /\b([245]\.\d{1,3}\.\d{1,3})\b/u.exec(words)?.[1] ?? ''
  return {
    code: status === null ? silenceCode(code, words) : answerCode(status, enhanced, command, code),
    detail: words,
    providerCode: enhanced || (status === null ? code : String(status)),
    status,
    isOpen: status === null && written,
    step: command,
  }
}
const silences: Readonly<Record<string, Problem['code']>> = {
  EAUTH: 'credentials-refused',
  ETLS: 'not-connected',
  // The server has said how much it takes.
  EMESSAGE: 'too-large',
}
function silenceCode(code: string, words: string): Problem['code'] {
  // Nobody vouches for who is at the end of the line: the package has no code of its own for that.
  return silences[code] ?? (/\bcertificate\b/iu.test(words) ? 'not-connected' : 'no-answer')
}

function answerCode(status: number, enhanced: string, command: string, code: string): Problem['code'] {
  if (code === 'ETLS') return 'not-connected'
  if (code === 'EAUTH' || command.startsWith('AUTH') || status === 535 || status === 530) {
    return status === 454 || status === 421 || status === 451 ? 'provider-failed' : 'credentials-refused'
  }
  if (status === 552 && enhanced !== '5.2.2') return 'too-large'
  if (status === 421 || status === 450 || status === 451 || status === 452) {
    return enhanced.startsWith('4.7.') ? 'rate-limited' : 'provider-failed'
  }
  if (enhanced && !enhanced.endsWith('.0.0')) return codeOf(enhanced)
  if (command === 'RCPT TO') return status === 550 || status === 551 || status === 553 ? 'unreachable' : 'not-permitted'
  return command === 'MAIL FROM' ? 'not-permitted' : 'content-refused'
}

function asRefusal(problem: Problem): Refusal {
  return 'step' in problem && 'isOpen' in problem
    ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made above
      (problem as Refusal)
    : { ...problem, status: null, isOpen: false, step: '' }
}
