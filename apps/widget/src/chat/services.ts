import type { Api } from './net/api.ts'
import type { Line } from './net/socket.ts'
import type { Outbox } from './outbox.ts'
import type { Session } from './session.ts'
import type { Keep } from './storage.ts'

/** The parts that `start.ts` puts together once; what the screen does goes through them. */
export interface Services {
  api: Api
  keep: Keep
  session: Session
  line: Line
  outbox: Outbox
  /** Origin of the server. */
  base: string
}

let current: Services | null = null

export function provide(parts: Services): void {
  current = parts
}

export function services(): Services {
  if (!current) throw new Error('The chat has not started')
  return current
}
