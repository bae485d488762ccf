import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll } from 'vitest'
import { type ParrotConfig, signParrot } from './parrot-channel.ts'

export interface Sent {
  to: string
  text?: string
  template?: string
  image?: string
  audio?: string
  video?: string
  bytes?: number[]
  files?: { mime: string; name: string; sha256: string }[]
  replyTo?: string
  thread?: string
  /** Ours, of the send. */
  key?: string
}

export interface SaidEvent {
  id: string
  from: string
  at?: string
  position?: number
  kind?: string
  fields?: Record<string, unknown>
}

/** What the next call of `/send` meets: a status, a broken connection before or after the work, or a wait until released. */
type Fault = number | { status: number; body: string } | 'silence' | 'silence-after' | 'hold' | 'hold-500'

/** The provider behind the parrot channel. */
export async function startParrot(policy?: (sent: Sent) => string | null) {
  const sent: Sent[] = []
  const faults: Fault[] = []
  const media = new Map<string, Buffer | number>()
  const refusals: string[] = []
  const held: (() => void)[] = []
  /** Everything that was asked for beside sending. */
  const asked: { path: string; body: Record<string, unknown> }[] = []
  /** What the next call of a path is answered with. */
  const answers = new Map<string, { status: number; body: unknown }>()
  let tokensGiven = 0
  let answered = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(Buffer.from(piece))
    const path = request.url ?? ''
    if (path === '/token') {
      tokensGiven += 1
      // Long enough that a second one would ask meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 200))
      return void response.end(`token-${tokensGiven}-secret`)
    }
    if (path.startsWith('/media/')) {
      const found = media.get(path.slice('/media/'.length))
      if (typeof found === 'number') {
        media.delete(path.slice('/media/'.length))
        return void response.writeHead(found).end()
      }
      return void response.writeHead(found ? 200 : 404).end(found)
    }
    const body = JSON.parse(Buffer.concat(pieces).toString())
    if (path === '/send') return send(body, response)
    asked.push({ path, body })
    const answer = answers.get(path)
    response.writeHead(answer?.status ?? 200).end(JSON.stringify(answer?.body ?? {}))
  }
  async function send(message: Sent, response: ServerResponse): Promise<void> {
    const fault = faults.shift()
    if (fault === 'silence') return void response.socket?.destroy()
    if (typeof fault === 'number') return void response.writeHead(fault).end('{}')
    if (typeof fault === 'object') return void response.writeHead(fault.status).end(fault.body)
    const refused = policy?.(message)
    if (refused) {
      refusals.push(refused)
      return void response.writeHead(400).end(JSON.stringify({ code: refused }))
    }
    sent.push(message)
    if (fault === 'silence-after') return void response.socket?.destroy()
    if (fault === 'hold' || fault === 'hold-500') await new Promise<void>((resolve) => held.push(resolve))
    if (fault === 'hold-500') return void response.writeHead(500).end('{}')
    answered += 1
    response.end(JSON.stringify({ id: `p${answered}-${process.pid}-${sent.length}` }))
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        for (const release of held) release()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const config: ParrotConfig = {
    apiUrl: `http://127.0.0.1:${port}`,
    apiKey: 'the-api-key-of-parrot',
    signingSecret: 'the-signing-secret-of-parrot',
  }

  /** Calls the webhook; gives status and body of the answer. */
  async function deliver(callbackUrl: string, events: readonly SaidEvent[], secret = config.signingSecret) {
    const body = JSON.stringify({
      events: events.map((event) => ({
        at: new Date().toISOString(),
        position: Date.now(),
        kind: 'message',
        ...event,
      })),
    })
    return post(callbackUrl, body, signParrot(body, secret))
  }
  return {
    config,
    sent,
    asked,
    answers,
    faults,
    media,
    refusals,
    deliver,
    post,
    release: () => held.splice(0).forEach((resolve) => resolve()),
    isHolding: () => held.length > 0,
    tokensGiven: () => tokensGiven,
  }
}
async function post(
  callbackUrl: string,
  body: string | Uint8Array<ArrayBuffer>,
  signature: string,
  type = 'application/json',
) {
  const response = await fetch(callbackUrl, {
    method: 'POST',
    headers: { 'x-signature': signature, 'content-type': type },
    body,
  })
  return { status: response.status, body: await response.text() }
}

export const text = (words: string) => ({ content: { type: 'text', text: words, markup: 'none' } })
