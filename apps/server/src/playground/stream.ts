import type { FastifyReply } from 'fastify'
import type { Clock } from '#platform/clock'
import { AppError } from '#platform/errors'
import type { Owner } from './owners.ts'
import { stateOf } from './phone-state.ts'
import type { Phones } from './phones.ts'

interface Watched {
  phones: Phones
  clock: Clock
  origin: string
  owner: Owner
  /** Ends each stream that is open. */
  open: Set<() => void>
}
const heartbeatMs = 20_000
const mostStreams = 6

/** Server-sent events: all phones of the owner at once, then each that shows something new. */
export function openStream(reply: FastifyReply, { phones, clock, origin, owner, open }: Watched): void {
  if (owner.listeners.size >= mostStreams) throw new AppError('rate-limited', { retryAfterSeconds: 5 })
  const { raw } = reply
  reply.hijack()
  const headers = reply.getHeaders()
  raw.writeHead(200, {
    'x-content-type-options': String(headers['x-content-type-options'] ?? 'nosniff'),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  })
  const sent = new Map<string, string>()
  function tell(channelId: string): void {
    const line = phones.lines.get(channelId)
    if (!line) return
    const state = stateOf(line, owner, origin)
    const text = JSON.stringify(state)
    if (sent.get(channelId) === text) return
    sent.set(channelId, text)
    raw.write(`data: ${JSON.stringify({ ...state, now: clock.now().getTime() + line.aheadMs })}\n\n`)
  }
  owner.listeners.add(tell)
  const heartbeat = setInterval(() => raw.write(': alive\n\n'), heartbeatMs)
  const end = (): void => void raw.end()
  open.add(end)
  raw.on('close', () => {
    clearInterval(heartbeat)
    open.delete(end)
    owner.listeners.delete(tell)
  })
  for (const channelId of phones.lines.keys()) tell(channelId)
}
