import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MediaReference } from './events.ts'
import type { RawResponse } from './contract.ts'

/**
 * A small provider that behaves as the real one documents: it checks what it is sent, refuses what the provider would
 * refuse with the provider's own errors, signs what it delivers and delivers it again until it is answered.
 * For tests and the playground; it listens on loopback only.
 */
export interface Simulator {
  /** A configuration that works with it. */
  readonly config: Record<string, unknown>
  /** Where to deliver from now on: the callback URL of the account. */
  pointTo(callbackUrl: string): void
  /** The phone of a customer, made when it is first named. */
  phone(name: string): Phone
  readonly faults: Faults
  /** Codes of the errors that it answered, newest last: a policy that works leaves window and quota errors out. */
  readonly refusals: readonly string[]
  /** The menu that stands in the chat, with what each entry is as an act; where there is one. */
  menu?(): readonly ShownMenuEntry[]
  /** Bytes behind the `id` of what a screen shows. */
  file?(id: string): ShownFile | undefined
  /** From now on the token is refused; until then, or until we ask for another where tokens are asked for. */
  expireToken?(): void
  renewToken?(): void
  /** Resolves when everything said so far was delivered and answered. */
  settled(): Promise<void>
  stop(): Promise<void>
}

export interface SimulatorOptions {
  now?: () => Date
  /**
   * A provider that starts again: ids begin here, since those of before are known already, and addresses follow from the
   * names, so that customers stay who they were.
   */
  firstId?: number
  /** Most messages to one customer in a day, where that is set in the provider's console. */
  daily?: number
}
export type ShownMenuEntry = MenuAct | { label: string; entries: readonly MenuAct[] }
interface MenuAct {
  label: string
  act: string
}
export interface ShownFile {
  bytes: Buffer
  mime: string
}

export interface Phone {
  readonly address: string
  /** Until when the business is typing, in milliseconds; where the provider shows that. */
  readonly typingUntil?: number
  /** Resolves with the provider's id of the message once the provider has it. */
  say(said: Said): Promise<string>
  /** Acts of this channel: `follow`, `scan:abc`, `press:option`, `block` … */
  act(act: string): Promise<void>
  /** Looks at the chat: the provider tells that it was read, where it tells such things. */
  read(): Promise<void>
  /** What this phone shows, oldest first. */
  readonly screen: readonly Shown[]
}
export type Said =
  | { type: 'text'; text: string; replyTo?: string }
  | { type: 'image' | 'audio' | 'video' | 'file'; bytes: Buffer; mime: string; name?: string; caption?: string }
  | { type: 'location'; latitude: number; longitude: number; title?: string }
export interface Shown {
  id: string
  mine: boolean
  at: string
  /** Words, caption or name. */
  text: string
  type: string
  media?: MediaReference
  /** Looked at: by the customer, or by the business for what is the customer's, where the provider tells. */
  seen?: boolean
  /** With which emoji the business has reacted to it. */
  reaction?: string | undefined
  /** Choices that can be pressed. */
  choices?: readonly { id: string; label: string }[]
}

/** What goes wrong on purpose; changed at any time. */
export interface Faults {
  /** Share of deliveries that come twice, 0–1. */
  duplicates: number
  /** Deliveries are held back for a random time up to this. */
  shuffleMs: number
  /** Deliveries are tried again for so long at least, for servers that take their time to come back. */
  triesForMs?: number
  /** The next API calls fail so: a status of the provider, no answer before or after the work was done; `none` goes well. */
  next: (Fault | 'none')[]
  /** All that are not planned in `next` fail so, until it is taken away. */
  always?: Fault | undefined
  /** Hears that a call or a delivery was answered: screens may show something new. */
  onAnswered?: (() => void) | undefined
}
export type Fault = number | 'silence' | 'silence-after'

export interface ApiRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: Buffer
}

/** What a provider answers; files as bytes. */
export type ApiAnswer = Omit<RawResponse, 'body'> & { body: string | Buffer }

/** What the call that comes now meets. */
export function nextFault(faults: Faults): Fault | undefined {
  const next = faults.next.shift()
  return next === 'none' ? undefined : (next ?? faults.always)
}

/** An HTTP server on loopback whose answers are `handle`'s, but for the faults. */
export async function serveApi(
  faults: Faults,
  handle: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(Buffer.from(piece))
    const fault = nextFault(faults)
    if (fault === 'silence') return void request.socket.destroy()
    if (typeof fault === 'number') return void response.writeHead(fault, { 'retry-after': '1' }).end('{}')
    const answered = await handle({
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', 'http://127.0.0.1'),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(pieces),
    })
    if (fault === 'silence-after') return void request.socket.destroy()
    response.writeHead(answered.status, answered.headers).end(answered.body)
    faults.onAnswered?.()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface Delivery {
  method?: string
  url: string
  headers?: Record<string, string>
  body?: string | Buffer
  /** Made anew for each try: signatures with times in them. */
  sign?: () => { url?: string; headers?: Record<string, string> }
}

/** Calls the webhook until it answers 2xx, with waits of `retriesMs` between the tries; those of one key in order. */
export function createDeliverer(faults: Faults, retriesMs: readonly number[]) {
  const tails = new Map<string, Promise<unknown>>()
  const running = new Set<Promise<unknown>>()
  const stopped = new AbortController()

  async function tryOnce(
    { method = 'POST', url, headers, body, sign }: Delivery,
    timeoutMs = 5_000,
  ): Promise<Response | null> {
    const signed = sign?.()
    try {
      return await fetch(signed?.url ?? url, {
        method,
        headers: { ...headers, ...signed?.headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(timeoutMs)]),
      })
    } catch {
      return null
    }
  }
  async function deliver(delivery: Delivery): Promise<{ status: number; body: string } | null> {
    if (faults.shuffleMs > 0) await sleep(Math.random() * faults.shuffleMs)
    const waits = [0, ...retriesMs]
    const began = performance.now()
    for (let tries = 0; tries < waits.length || performance.now() - began < (faults.triesForMs ?? 0); tries += 1) {
      const wait = waits[tries] ?? Math.max(200, waits.at(-1) ?? 0)
      await sleep(wait, undefined, { signal: stopped.signal }).catch(() => undefined)
      if (stopped.signal.aborted) return null
      // Where every server is slow, ever more calls that are given up would be all that it does.
      const response = await tryOnce(delivery, tries < waits.length ? undefined : 60_000)
      const body = await response?.text().catch(() => '')
      faults.onAnswered?.()
      if (!response?.ok) continue
      if (Math.random() < faults.duplicates) await tryOnce(delivery)
      return { status: response.status, body: body ?? '' }
    }
    return null
  }
  return {
    /**
     * With a key: after what came before under it, or `aheadMs` after that began. Resolves with the answer, or null when
     * nobody ever took it.
     */
    send(delivery: Delivery, key?: string, aheadMs?: number): Promise<{ status: number; body: string } | null> {
      const before = (key === undefined ? undefined : tails.get(key)) ?? Promise.resolve()
      const done = before.then(() => deliver(delivery))
      const begun = aheadMs === undefined ? done : before.then(() => sleep(aheadMs, undefined, { ref: false }))
      if (key !== undefined) tails.set(key, Promise.race([done, begun]))
      running.add(done)
      void done.finally(() => running.delete(done))
      return done
    },
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running)
    },
    stop: () => stopped.abort(),
  }
}

/** Secrets as long and as plain as every provider's may be. */
export const madeSecret = (): string => randomBytes(16).toString('hex')

/** The same for the same name. */
export const numberOf = (name: string, below: number): number =>
  createHash('sha256').update(name).digest().readUInt32BE() % below

export const noFaults = (): Faults => ({ duplicates: 0, shuffleMs: 0, next: [] })
