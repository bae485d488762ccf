import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { openSession, type Session } from './session.ts'

/**
 * What is sent goes by the connection that this process holds for what comes. Another process has none: it binds a
 * transmitter of its own for as long as there is something to send.
 */

const idleMs = 30_000
/** Longer than anything waits for its response. */
const idleFor = ({ responseSeconds }: Config): number => Math.max(idleMs, responseSeconds * 3_000)
const links = new Map<string, Session>()
const transmitters = new Map<string, { session: Promise<Session | Problem>; timer: NodeJS.Timeout }>()

const keyOf = ({ host, port, systemId, password }: Config): string => JSON.stringify([host, port, systemId, password])

export function lend(config: Config, session: Session): void {
  const key = keyOf(config)
  links.set(key, session)
  void session.over.then(() => {
    if (links.get(key) === session) links.delete(key)
  })
}

export async function sessionFor(config: Config): Promise<Session | Problem> {
  const key = keyOf(config)
  const link = links.get(key)
  if (link && !link.isOver()) return link
  const known = transmitters.get(key)
  if (known) {
    known.timer.refresh()
    return known.session
  }
  const session = openSession(config, 'bind_transmitter')
  const timer = setTimeout(
    () => void session.then((open) => ('close' in open ? open.close() : undefined)),
    idleFor(config),
  ).unref()
  transmitters.set(key, { session, timer })
  const forget = () => {
    clearTimeout(timer)
    transmitters.delete(key)
  }
  void session.then((open) => ('over' in open ? open.over.then(forget) : forget()))
  return session
}
