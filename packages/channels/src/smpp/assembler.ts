import type { Arrived } from './inbound.ts'

export interface Whole {
  first: Arrived
  /** In order; null for a part that never came. */
  bodies: readonly (Buffer | null)[]
  respond: (status: number) => void
}
type Respond = (status: number) => void
interface Held {
  first: Arrived
  parts: Map<number, Buffer>
  respond: Respond[]
  timer: NodeJS.Timeout
}

const rememberedMs = 300_000

/**
 * Holds the parts of a message until all are there or nobody waits for them any longer. They are acknowledged with the
 * whole, so that the provider sends them again after a crash.
 */
export function createAssembler(
  { waitMs, acknowledgeParts, now }: { waitMs: number; acknowledgeParts: boolean; now: () => number },
  give: (whole: Whole) => void,
) {
  const held = new Map<string, Held>()
  /** Parts of what was given lately: one that comes again only wants its answer. */
  const given = new Map<string, number>()

  function finish(key: string, total: number): void {
    const message = held.get(key)
    if (!message) return
    held.delete(key)
    clearTimeout(message.timer)
    const bodies = Array.from({ length: total }, (_, at) => message.parts.get(at + 1) ?? null)
    give({
      first: message.first,
      bodies,
      respond(status) {
        if (status === 0) for (const [number, body] of message.parts) given.set(nameOf(key, number, body), now())
        for (const one of message.respond) one(status)
      },
    })
  }
  function forgetOld(): void {
    for (const [name, at] of given) if (now() - at > rememberedMs) given.delete(name)
  }

  return {
    add(part: Arrived, respond: Respond): void {
      if (!part.place) return give({ first: part, bodies: [part.body], respond })
      const { reference, total, number } = part.place
      const key = [part.source, part.destination, reference, total].join(' ')
      forgetOld()
      if (given.has(nameOf(key, number, part.body))) return respond(0)
      const before = held.get(key)?.parts.get(number)
      // Another message under the same reference: what is held will not be completed any more.
      if (before && !before.equals(part.body)) finish(key, total)
      const message: Held = held.get(key) ?? {
        first: part,
        parts: new Map(),
        respond: [],
        timer: setTimeout(() => finish(key, total), waitMs),
      }
      held.set(key, message)
      message.parts.set(number, part.body)
      if (acknowledgeParts) respond(0)
      else message.respond.push(respond)
      if (message.parts.size === total) finish(key, total)
    },
    /** Nothing is acknowledged: the provider will send the parts again. */
    stop(): void {
      for (const { timer } of held.values()) clearTimeout(timer)
      held.clear()
    },
  }
}

const nameOf = (key: string, number: number, body: Buffer): string => `${key} ${number} ${body.toString('base64')}`
