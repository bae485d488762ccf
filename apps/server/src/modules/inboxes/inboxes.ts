import { EventEmitter } from 'node:events'
import type { Calendar, Inbox } from '@qiao/protocol'
import type { Access } from '#access'
import type { Clock } from '#platform/clock'
import type { Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import { createShortCache } from '#platform/short-cache'
import { identitySecretsOf } from './inbox-secrets.ts'
import { findInbox, readCalendar, readFaces, teamsThatExist } from './store.ts'
import type { Face } from './widget-config.ts'

interface InboxesOptions {
  db: Database
  clock: Clock
  sealer: Sealer
  access: Access
  /** Ids of the channels that this server has. */
  channels: readonly string[]
}

/** An inbox with all that the chat needs to know of it. */
export interface KnownInbox {
  inbox: Inbox
  calendar: Calendar | null
  faces: Face[]
}

/** Made once by the composition root; reads here may be up to five seconds old when another process made the change. */
export interface Inboxes extends InboxesOptions {
  readInboxByKey(key: string): Promise<KnownInbox | null>
  readInboxById(id: string): Promise<KnownInbox | null>
  /** Readable secrets for `verifyIdentityToken`. */
  identitySecretsOf(inboxId: string): Promise<string[]>
  /** After a change that another process made. */
  forget: () => void
  /** After the commit; null when more than one inbox may have changed. */
  announce: (inboxId: string | null) => void
  onInboxChanged: (listener: (inboxId: string | null) => void) => () => void
}

const keptMilliseconds = 5000
const mostFaces = 5

export function createInboxes(options: InboxesOptions): Inboxes {
  const { db, clock, sealer, access } = options
  const kept = createShortCache<KnownInbox>(keptMilliseconds, 2000)
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  // Faces and departments are agents and teams: a change there may show here.
  access.onAccessChanged(() => kept.forget())

  async function read(by: { id: string } | { key: string }): Promise<KnownInbox | null> {
    const inbox = await findInbox(db, by)
    if (!inbox) return null
    const calendar = inbox.calendarId ? await readCalendar(db, inbox.calendarId) : null
    return { inbox: await withLivingDepartments(inbox), calendar, faces: await readFaces(db, inbox.id, mostFaces) }
  }

  /** A department whose team was deleted can no longer be chosen. */
  async function withLivingDepartments(inbox: Inbox): Promise<Inbox> {
    const { preChat } = inbox.settings
    const living = await teamsThatExist(
      db,
      preChat.departments.map((department) => department.teamId),
    )
    const departments = preChat.departments.filter((department) => living.has(department.teamId))
    return { ...inbox, settings: { ...inbox.settings, preChat: { ...preChat, departments } } }
  }

  return {
    ...options,
    readInboxByKey: (key) => kept.read(`key ${key}`, () => read({ key })),
    readInboxById: (id) => kept.read(`id ${id}`, () => read({ id })),
    identitySecretsOf: (inboxId) => identitySecretsOf(db, sealer, inboxId, clock.now()),
    forget: () => kept.forget(),
    announce: (inboxId) => {
      kept.forget()
      emitter.emit('change', inboxId)
    },
    onInboxChanged: (listener) => {
      emitter.on('change', listener)
      return () => void emitter.off('change', listener)
    },
  }
}
