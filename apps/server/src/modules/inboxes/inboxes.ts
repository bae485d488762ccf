import type { Access } from '#access'
import type { Clock } from '#platform/clock'
import { createSealer, type Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import { createListeners } from '#platform/listeners'
import { keepInboxesOf } from './known-inboxes.ts'

interface InboxesOptions {
  db: Database
  clock: Clock
  /** QIAO_SECRET: identity secrets are encrypted under a key derived from it. */
  secret: string
  access: Access
  /** Ids of the channels that this server has; without it any id is taken. */
  channels?: readonly string[]
}

/** Which list of the settings changed, for screens that show it. */
export type InboxesChange = 'inboxes' | 'calendars'

export interface Inboxes extends InboxesOptions {
  sealer: Sealer
  /** After the commit. */
  announce: (what: InboxesChange) => void
  onChanged: (listener: (what: InboxesChange) => void) => () => void
  /** Forgets what was kept of all inboxes: another process made a change. */
  forget: () => void
}

/** Made once by the composition root; from then on reads through the same `db` are kept for a moment. */
export function createInboxes(options: InboxesOptions): Inboxes {
  const { db, clock, secret, access } = options
  const sealer = createSealer(secret)
  const { forget } = keepInboxesOf(db, { sealer, clock })
  const changes = createListeners<InboxesChange>()
  // Faces and departments are agents and teams: a change there may show here.
  access.onAccessChanged(forget)
  return {
    ...options,
    sealer,
    forget,
    announce: (what) => {
      forget()
      changes.announce(what)
    },
    onChanged: changes.listen,
  }
}
