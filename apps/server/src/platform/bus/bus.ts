import { EventEmitter } from 'node:events'
import type { Logger } from 'pino'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { StartRefused } from '../start-refused.ts'
import { codeOf, messageOf } from '../thrown.ts'

/**
 * Hints between parts and processes: "these entries were appended", "this agent types". Never the truth: a hint that is
 * lost is made good by the timeline, so publishing cannot fail a command.
 */
export interface Topic<Payload> {
  name: string
  /** Never set; carries the payload's type. */
  payload?: Payload
}

export const topic = <Payload>(name: string): Topic<Payload> => ({ name })

export interface Bus {
  publish<Payload>(topic: Topic<Payload>, payload: Payload): void
  subscribe<Payload>(topic: Topic<Payload>, listener: (payload: Payload) => void): () => void
  /** Called when hints of other processes may have been missed. */
  onGap(listener: () => void): () => void
  close(): Promise<void>
}

/** A method, so that a listener of any topic fits: a topic's name and payload type always travel together. */
interface Listener {
  call(payload: unknown): void
}

function emitterBus(log: Logger): Bus & { emit(name: string, payload: unknown): void; gap(): void } {
  const emitter = new EventEmitter({ captureRejections: false })
  emitter.setMaxListeners(0)
  const gapEvent = Symbol('gap')
  const on = (event: string | symbol, listener: Listener['call']): (() => void) => {
    const guarded = (payload: unknown): void => {
      try {
        listener(payload)
      } catch (error) {
        log.error({ err: error, event: String(event) }, 'bus listener failed')
      }
    }
    emitter.on(event, guarded)
    return () => emitter.off(event, guarded)
  }
  return {
    publish: (to, payload) => void emitter.emit(to.name, payload),
    subscribe: (to, listener) => on(to.name, listener),
    onGap: (listener) => on(gapEvent, listener),
    emit: (name, payload) => void emitter.emit(name, payload),
    gap: () => void emitter.emit(gapEvent),
    close: async () => void emitter.removeAllListeners(),
  }
}

export const createLocalBus = (log: Logger): Bus => emitterBus(log)

const channel = 'qiao:bus'
const envelope = z.union([
  z.object({ from: z.string(), gap: z.literal(true) }),
  z.object({ from: z.string(), topic: z.string(), payload: z.unknown() }),
])
type Envelope = z.infer<typeof envelope>

function readEnvelope(text: string): Envelope | null {
  try {
    return envelope.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** So long a Redis that is still starting is waited for, as the database is. */
const patienceMilliseconds = 30_000

/** The same over Redis pub/sub. Own listeners are called directly; what comes back from ourselves is dropped. */
export async function createRedisBus(
  url: string,
  nodeId: string,
  log: Logger,
  patience = patienceMilliseconds,
): Promise<Bus> {
  const local = emitterBus(log)
  const options = {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    retryStrategy: (times: number) => Math.min(50 * times, 1000),
  }
  const sender = new Redis(url, options)
  const receiver = new Redis(url, { ...options, enableOfflineQueue: true, autoResubscribe: true })
  for (const client of [sender, receiver])
    client.on('error', (error) => log.warn({ err: error }, 'redis: connection problem'))
  const say = (message: Envelope): Promise<unknown> => sender.publish(channel, JSON.stringify(message))
  let subscribedBefore = false
  receiver.on('ready', () => {
    // What other processes said while we were away is gone: everybody who listens catches up from the timeline.
    if (subscribedBefore) setTimeout(() => local.gap(), 50)
  })
  sender.on('ready', () => {
    // What we said while Redis was away reached nobody else: they are told to catch up.
    if (subscribedBefore) say({ from: nodeId, gap: true }).catch(() => undefined)
  })
  receiver.on('message', (_channel: string, text: string) => {
    const message = readEnvelope(text)
    // Whatever it said, we do not know it: whoever listens catches up from the timeline.
    if (!message) return local.gap()
    if (message.from === nodeId) return
    if ('gap' in message) local.gap()
    else local.emit(message.topic, message.payload)
  })
  try {
    await subscribeWithin(patience, receiver)
  } catch (error) {
    for (const client of [sender, receiver]) client.disconnect()
    throw new StartRefused(`Redis on ${new URL(url).host} (REDIS_URL) cannot be used: ${reasonOf(error)}.`)
  }
  subscribedBefore = true
  return {
    ...local,
    publish: (to, payload) => {
      local.emit(to.name, payload)
      say({ from: nodeId, topic: to.name, payload }).catch(() => undefined)
    },
    close: async () => {
      await local.close()
      sender.disconnect()
      receiver.disconnect()
    },
  }
}

/** A refused password is final; a connection that does not come about may still do so. */
async function subscribeWithin(milliseconds: number, receiver: Redis): Promise<void> {
  let last: unknown = new Error('no answer')
  let timer: NodeJS.Timeout | undefined
  const failed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(last), milliseconds)
    receiver.on('error', (error) => {
      last = error
      if (/^(WRONGPASS|NOAUTH|NOPERM|ERR) /.test(error.message)) reject(error)
    })
  })
  try {
    await Promise.race([receiver.subscribe(channel), failed])
  } finally {
    clearTimeout(timer)
  }
}

/** A failed connection to several addresses has an empty message and tells by its code. */
const reasonOf = (error: unknown): string => messageOf(error) || codeOf(error) || 'no answer'
