import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { AppError } from './errors.ts'
import { isPublicAddress } from './public-address.ts'

/**
 * The one HTTP client for addresses that somebody configured. It reaches public addresses only: names are resolved
 * here, every address is checked, and the connection goes to exactly the addresses that were checked, so that a name
 * cannot change its mind in between (DNS rebinding). Redirects are answers like any other, never followed.
 */
export interface SafeFetch {
  (url: string, options: SafeRequest): Promise<SafeResponse>
  /** For when an address is configured. Throws `target-url-refused`; a name that is not known yet passes. */
  check(url: string): Promise<void>
  close(): Promise<void>
}

export interface SafeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Buffer
  /** For everything, from the name to the last byte of the answer. */
  timeoutMs?: number
  /** The rest of a longer answer is not read. */
  maxBytes?: number
  signal?: AbortSignal | undefined
}

export interface SafeResponse {
  status: number
  /** Names in lower case; of a repeated header the first. */
  headers: Record<string, string>
  body: Buffer
  truncated: boolean
}

type Resolve = (name: string) => Promise<LookupAddress[]>

interface Options {
  /** QIAO_ALLOW_PRIVATE_TARGETS: for development and tests. */
  allowPrivateTargets: boolean
  /** These are called wherever they are; what is added later counts from then on. */
  allowedOrigins?: ReadonlySet<string>
  resolve?: Resolve
}

const lookupAll = promisify(systemLookup)
const systemResolve: Resolve = (name) => lookupAll(name, { all: true, verbatim: true })
const connectTimeoutMs = 10_000

export function createSafeFetch({
  allowPrivateTargets,
  allowedOrigins = new Set(),
  resolve = systemResolve,
}: Options): SafeFetch {
  /** One bad address among several refuses the name: whoever mixes them does not mean well. */
  async function resolveChecked(name: string): Promise<LookupAddress[]> {
    const addresses = await resolve(name)
    if (!allowPrivateTargets && !addresses.every(({ address }) => isPublicAddress(address)))
      throw refused('a private address')
    return addresses
  }
  // oxlint-disable promise/no-callback-in-promise -- the interface is Node's
  const lookup: LookupFunction = (name, options, callback) => {
    resolveChecked(name).then(
      (addresses) => {
        const [first] = addresses
        if (!first) return callback(new Error(`${name} has no address`), '')
        return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    )
  }
  // oxlint-enable promise/no-callback-in-promise
  const agent = new Agent({ connect: { lookup, timeout: connectTimeoutMs }, connections: 16, keepAliveTimeout: 10_000 })

  function parse(text: string): URL {
    if (!URL.canParse(text)) throw refused('not a web address')
    const url = new URL(text)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('neither https nor http')
    if (url.username !== '' || url.password !== '') throw refused('credentials in the address')
    // Decimal, octal and hexadecimal spellings have become dotted ones here. Literals never reach `lookup`.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(host) && !allowPrivateTargets && !allowedOrigins.has(url.origin) && !isPublicAddress(host))
      throw refused('a private address')
    return url
  }

  async function send(text: string, options: SafeRequest): Promise<SafeResponse> {
    const { method = 'GET', headers = {}, timeoutMs = 15_000, maxBytes = 1_000_000 } = options
    const timeout = AbortSignal.timeout(timeoutMs)
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
    const answer = await request(parse(text), {
      method,
      headers,
      body: options.body ?? null,
      dispatcher: agent,
      signal,
    })
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
      ),
      ...(await readUpTo(answer.body, maxBytes)),
    }
  }

  return Object.assign(send, {
    async check(text: string): Promise<void> {
      const { hostname } = parse(text)
      if (isIP(hostname.replace(/^\[(.*)\]$/, '$1'))) return
      await resolveChecked(hostname).catch((error: unknown) => {
        if (error instanceof AppError) throw error
      })
    },
    close: () => agent.destroy(),
  })
}

async function readUpTo(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<{ body: Buffer; truncated: boolean }> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of stream) {
    parts.push(part)
    length += part.length
    // Leaving the loop destroys the stream and with it the connection.
    if (length > maxBytes) return { body: Buffer.concat(parts).subarray(0, maxBytes), truncated: true }
  }
  return { body: Buffer.concat(parts), truncated: false }
}

const refused = (reason: string): AppError =>
  new AppError('target-url-refused', { detail: `This address cannot be called: ${reason}` })
