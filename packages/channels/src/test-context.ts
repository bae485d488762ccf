import { createHash } from 'node:crypto'
import type { Http, SendContext } from './contract.ts'

/** For tests of channels: a context whose HTTP is real, or answers what a test says. */
export function testContext<Config>(
  config: Config,
  changes: Partial<SendContext<Config>> = {},
): SendContext<Config> & {
  logged: unknown[]
} {
  const kept = new Map<string, string>()
  const blobs = new Map<string, Buffer>()
  const logged: unknown[] = []
  return {
    config,
    http: plainHttp,
    now: () => new Date(),
    log: { info: (...facts) => logged.push(facts), warn: (...facts) => logged.push(facts) },
    tokens: {
      async get(name, fetchToken) {
        const known = kept.get(name)
        if (known !== undefined) return known
        const fresh = await fetchToken()
        if (!('value' in fresh)) return fresh
        kept.set(name, fresh.value)
        return fresh.value
      },
      async put(name, { value }) {
        kept.set(name, value)
      },
      async drop(name, token) {
        if (kept.get(name) === token) kept.delete(name)
      },
    },
    key: (purpose) => createHash('sha256').update(`test ${purpose}`).digest('hex'),
    async keep(bytes) {
      const name = createHash('sha256').update(bytes).digest('hex')
      blobs.set(name, bytes)
      return name
    },
    kept: async (name) => blobs.get(name) ?? null,
    callbackUrl: 'https://qiao.example/channels/test',
    idempotencyKey: 'test-1',
    attachment: async (id) => ({ bytes: Buffer.from(`bytes of ${id}`), mime: 'image/jpeg', name: 'picture.jpg' }),
    logged,
    ...changes,
  }
}

export const plainHttp: Http = async (url, { method = 'GET', headers = {}, body, timeoutMs = 5_000 }) => {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    return {
      kind: 'answer',
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    }
  } catch (error) {
    const reason = String(error instanceof Error && error.cause instanceof Error ? error.cause : error)
    return { kind: 'silence', written: !/ECONNREFUSED|ENOTFOUND|ConnectTimeout/.test(reason), reason }
  }
}

/** Answers one call after the other with what is given and remembers what was asked. */
export function scriptedHttp(answers: readonly Awaited<ReturnType<Http>>[]) {
  const calls: { url: string; request: Parameters<Http>[1] }[] = []
  const http: Http = async (url, request) => {
    calls.push({ url, request })
    return answers[calls.length - 1] ?? { kind: 'silence', written: false, reason: 'The script is over' }
  }
  return { http, calls }
}
