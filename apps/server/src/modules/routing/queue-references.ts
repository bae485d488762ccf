import { type OverflowAction, type Queue, type QueueSettings, queueSettings } from '@qiao/protocol'
import { sql } from 'kysely'
import { refused } from '#access'
import type { Database } from '#platform/database/connect'

type Named = 'calendars' | 'teams' | 'agents' | 'skills' | 'queues'
interface Reference {
  to: Named
  id: string
  path: string
}
const words: Record<Named, string> = {
  calendars: 'There are no such opening hours',
  teams: 'There is no such team',
  agents: 'There is no such agent',
  skills: 'There is no such skill',
  queues: 'There is no such queue',
}

const listed = (to: Named, ids: readonly string[], path: string): Reference[] =>
  ids.map((id, at) => ({ to, id, path: `${path}.${at}` }))

function referencesOf({ calendarId, settings }: Pick<Queue, 'calendarId' | 'settings'>): Reference[] {
  const { groups, steps, overflow } = settings
  return [
    ...(calendarId ? [{ to: 'calendars', id: calendarId, path: 'calendarId' } as const] : []),
    ...groups.flatMap(({ teamIds, agentIds }, index) =>
      listed('teams', teamIds, `settings.groups.${index}.teamIds`).concat(
        listed('agents', agentIds, `settings.groups.${index}.agentIds`),
      ),
    ),
    ...steps.flatMap(({ needs }, index) =>
      needs.map(
        ({ skillId: id }, at) => ({ to: 'skills', id, path: `settings.steps.${index}.needs.${at}.skillId` }) as const,
      ),
    ),
    ...Object.entries(overflow).flatMap(([when, action]) =>
      action.to === 'queue'
        ? [{ to: 'queues', id: action.queueId, path: `settings.overflow.${when}.queueId` } as const]
        : [],
    ),
  ]
}

/** What a schema cannot know: that whatever a queue names exists, and that it does not overflow into itself. */
export async function mustFit(
  tx: Database,
  fields: Pick<Queue, 'calendarId' | 'settings'>,
  queueId?: string,
): Promise<void> {
  const references = referencesOf(fields)
  const found = new Set<string>()
  for (const to of new Set(references.map((reference) => reference.to))) {
    const ids = references.filter((reference) => reference.to === to).map(({ id }) => id)
    for (const id of await lockNamed(tx, to, ids)) found.add(id)
  }
  for (const { to, id, path } of references) {
    if (!found.has(id)) throw refused(path, words[to])
    if (to === 'queues' && id === queueId) throw refused(path, 'A queue cannot overflow into itself')
  }
}

/** Locked, so that none is deleted before the queue that names it is stored. */
async function lockNamed(tx: Database, to: Named, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(to)} where id = any(${[...new Set(ids)]}::uuid[])
    ${to === 'queues' ? sql`and deleted_at is null` : sql``} for share`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The same settings once a queue is gone: what overflowed into it goes to `insteadId`, or is done as by default. */
export function withoutQueue(settings: QueueSettings, queueId: string, insteadId: string | null): QueueSettings {
  const defaults = queueSettings.parse({}).overflow
  const replace = (action: OverflowAction, otherwise: OverflowAction): OverflowAction => {
    if (action.to !== 'queue' || action.queueId !== queueId) return action
    return insteadId ? { to: 'queue', queueId: insteadId } : otherwise
  }
  const { whenFull, whenLong, whenClosed } = settings.overflow
  return {
    ...settings,
    overflow: {
      whenFull: replace(whenFull, defaults.whenFull),
      whenLong: replace(whenLong, defaults.whenLong),
      whenClosed: replace(whenClosed, defaults.whenClosed),
    },
  }
}

/** The same settings once a skill is gone: no step asks for it. */
export const withoutSkill = (settings: QueueSettings, skillId: string): QueueSettings => ({
  ...settings,
  steps: settings.steps.map((step) => ({ ...step, needs: step.needs.filter((need) => need.skillId !== skillId) })),
})
