import { ImapFlow } from 'imapflow'
import { type Context, isProblem } from '../contract.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { type SignIn, withSignIn } from './sign-in.ts'

/** As the package throws it. */
interface Thrown {
  message?: string
  code?: string
  authenticationFailed?: boolean
  responseText?: string
  responseStatus?: string
  serverResponseCode?: string
}

export async function connect(context: Context<Config>, changes: { isLink?: true } = {}): Promise<ImapFlow | Problem> {
  return withSignIn(context, 'imap', (signIn) => connectAs(context, signIn, changes.isLink ?? false))
}

async function connectAs(
  { config }: Context<Config>,
  signIn: SignIn | null,
  isLink: boolean,
): Promise<ImapFlow | Problem> {
  const { imapHost: host, imapPort: port, imapSecurity } = config
  if (signIn === null) return { code: 'credentials-refused', detail: 'There is no password' }
  const client = new ImapFlow({
    host,
    port,
    secure: imapSecurity === 'tls',
    ...(imapSecurity === 'tls' ? {} : { doSTARTTLS: imapSecurity === 'starttls' }),
    auth: signIn,
    logger: false,
    clientInfo: { name: 'Qiao' },
    disableAutoIdle: !isLink,
    autoIdleDelay: 500,
    // Re-issued well before routers and servers forget a silent connection (RFC 2177 allows 29 minutes).
    maxIdleTime: 5 * 60_000,
    missingIdleCommand: 'NOOP',
    connectionTimeout: 20_000,
    greetingTimeout: 15_000,
    socketTimeout: isLink ? 7 * 60_000 : 90_000,
    maxLiteralSize: 80 * 1024 * 1024,
    maxResponseSize: 96 * 1024 * 1024,
  })
  // Also told by what is awaited; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    return imapProblem(error)
  }
}

export function imapProblem(error: unknown): Problem {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all fields may be missing
  const { message = '', code = '', authenticationFailed, responseText = '', serverResponseCode = '' } = error as Thrown
  const detail = (responseText || message).slice(0, 300)
  const providerCode = serverResponseCode || code
  const facts = { ...(detail ? { detail } : {}), ...(providerCode ? { providerCode } : {}) }
  if (serverResponseCode === 'UNAVAILABLE' || serverResponseCode === 'LIMIT') return { code: 'rate-limited', ...facts }
  if (authenticationFailed) return { code: 'credentials-refused', ...facts }
  return { code: responseText ? 'provider-failed' : 'not-connected', ...facts }
}

const idleMs = 3 * 60_000
interface Kept {
  client: ImapFlow
  timer: NodeJS.Timeout
}
/** Left by the last pull: to sign in anew each time is what providers count and limit. */
const kept = new Map<string, Kept>()
const keyOf = ({ imapHost, imapPort, imapSecurity, address, user, signIn, password, refreshToken }: Config): string =>
  JSON.stringify([imapHost, imapPort, imapSecurity, address, user, signIn, password, refreshToken])

/** Uses a connection alone. One that was lost since it was last used is made anew, once. */
export async function withMailbox<Result extends object>(
  context: Context<Config>,
  use: (client: ImapFlow) => Promise<Result>,
): Promise<Result | Problem> {
  const key = keyOf(context.config)
  const known = kept.get(key)
  kept.delete(key)
  if (known) clearTimeout(known.timer)
  const isFresh = !known?.client.usable
  const client = known && !isFresh ? known.client : await connect(context)
  if (isProblem(client)) return client
  // Whoever stops waits for nobody's mailbox.
  const abort = () => client.close()
  context.signal?.addEventListener('abort', abort, { once: true })
  try {
    const result = await use(client)
    keep(key, client)
    return result
  } catch (error) {
    client.close()
    if (!isFresh && !client.usable && !context.signal?.aborted) return withMailbox(context, use)
    return imapProblem(error)
  } finally {
    context.signal?.removeEventListener('abort', abort)
  }
}

function keep(key: string, client: ImapFlow): void {
  if (!client.usable) return
  // Another may have been left meanwhile.
  end(key)
  const timer = setTimeout(() => end(key), idleMs).unref()
  kept.set(key, { client, timer })
  client.once('close', () => {
    if (kept.get(key)?.client === client) end(key)
  })
}

function end(key: string): void {
  const known = kept.get(key)
  if (!known) return
  kept.delete(key)
  clearTimeout(known.timer)
  void known.client.logout().catch(() => known.client.close())
}

/** For tests, which count open handles, and when a server stops. */
export function closeMailboxes(): void {
  for (const [key, { client, timer }] of kept) {
    clearTimeout(timer)
    kept.delete(key)
    client.close()
  }
}
