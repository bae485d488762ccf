import type { Calendar, Inbox, WidgetConfig } from '@qiao/protocol'
import type { Clock } from '#platform/clock'
import type { Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import { createShortCache, type ShortCache } from '#platform/short-cache'
import { openIdentitySecrets } from './inbox-secrets.ts'
import { findCalendar, findInbox, readFaces, teamsThatExist } from './store.ts'
import { mostFaces, widgetConfigOf } from './widget-config.ts'

/**
 * Every message asks for its inbox, every page view for its widget. They are kept for five seconds beside the database
 * that they come from; a transaction is another `db` and always reads anew.
 */
interface Kept {
  inboxes: ShortCache<Inbox>
  calendars: ShortCache<Calendar>
  configs: ShortCache<WidgetConfig>
  sealer: Sealer
  clock: Clock
}
const keptBy = new WeakMap<Database, Kept>()
const keptMilliseconds = 5000

export function keepInboxesOf(db: Database, tools: { sealer: Sealer; clock: Clock }): { forget: () => void } {
  const kept: Kept = {
    inboxes: createShortCache(keptMilliseconds),
    calendars: createShortCache(keptMilliseconds),
    configs: createShortCache(keptMilliseconds),
    ...tools,
  }
  keptBy.set(db, kept)
  return {
    forget() {
      kept.inboxes.forget()
      kept.calendars.forget()
      kept.configs.forget()
    },
  }
}

const keep = <Value>(cache: ShortCache<Value> | undefined, key: string, load: () => Promise<Value | null>) =>
  cache ? cache.read(key, load) : load()

export const readInbox = (db: Database, id: string): Promise<Inbox | null> =>
  keep(keptBy.get(db)?.inboxes, `id ${id}`, () => findUsable(db, { id }))

/** The same without asking the database; undefined where it would have to be asked. */
export const knownInbox = (db: Database, id: string): Inbox | undefined => keptBy.get(db)?.inboxes.peek(`id ${id}`)

/** By its public name, as pages and apps know it. */
export const readInboxByKey = (db: Database, key: string): Promise<Inbox | null> =>
  keep(keptBy.get(db)?.inboxes, `key ${key}`, () => findUsable(db, { key }))

export const readCalendar = (db: Database, id: string): Promise<Calendar | null> =>
  keep(keptBy.get(db)?.calendars, id, () => findCalendar(db, id))

/** The one document that a widget loads. */
export async function readWidgetConfig(db: Database, inbox: Inbox): Promise<WidgetConfig> {
  const load = async (): Promise<WidgetConfig> => {
    const calendar = inbox.calendarId ? await readCalendar(db, inbox.calendarId) : null
    return widgetConfigOf(inbox, calendar, await readFaces(db, inbox.id, mostFaces))
  }
  return (await keep(keptBy.get(db)?.configs, inbox.id, load)) ?? load()
}

/** Readable secrets for `verifyIdentityToken`, the newest first. Needs the `db` that `createInboxes` was given. */
export async function identitySecretsOf(db: Database, inboxId: string): Promise<string[]> {
  const kept = keptBy.get(db)
  if (!kept) throw new Error('identitySecretsOf needs the database that createInboxes was given')
  return openIdentitySecrets(db, kept.sealer, inboxId, kept.clock.now())
}

/** As visitors use it: a department whose team was deleted can no longer be chosen. */
async function findUsable(db: Database, by: { id: string } | { key: string }): Promise<Inbox | null> {
  const inbox = await findInbox(db, by)
  if (!inbox) return null
  const { preChat } = inbox.settings
  const teamIds = preChat.departments.map((department) => department.teamId)
  const living = await teamsThatExist(db, teamIds)
  const departments = preChat.departments.filter((department) => living.has(department.teamId))
  return { ...inbox, settings: { ...inbox.settings, preChat: { ...preChat, departments } } }
}
