import { type Inbox, type InboxSettings, inboxSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { type Actor, mustBeTeams, recordAudit, refused } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { newInboxKey } from './inbox-key.ts'
import { requireInbox, setTeamsOfInbox } from './store.ts'

export interface NewInbox {
  name: string
  channel: string
  calendarId?: string | null
  teamIds?: readonly string[]
  settings?: z.input<typeof inboxSettings>
  /** Given by seeds and tests that print it; everybody else gets a new one. */
  key?: string
}

/** Throws `team-not-found`, `queue-not-found` and `invalid-input`. The channel is expected to exist. */
export async function createInbox(tx: Database, by: Actor, fields: NewInbox, now: Date): Promise<Inbox> {
  const { name, channel, calendarId = null, teamIds = [], key = newInboxKey() } = fields
  const settings = inboxSettings.parse(fields.settings ?? {})
  await mustFit(tx, { calendarId, teamIds, settings })
  const id = uuidv7()
  await tx
    .insertInto('inboxes')
    .values({
      id,
      channel,
      key,
      name,
      calendar_id: calendarId,
      settings: JSON.stringify(settings),
      created_at: now,
    })
    .execute()
  await setTeamsOfInbox(tx, id, teamIds)
  await recordAudit(tx, by, 'inbox.created', { type: 'inbox', id }, { name, channel, teamIds }, now)
  return requireInbox(tx, id)
}

/** What a schema cannot know: that the calendar, the queues and the teams (also those that visitors choose from) exist. */
export async function mustFit(
  tx: Database,
  fields: {
    calendarId?: string | null | undefined
    teamIds?: readonly string[] | undefined
    settings?: InboxSettings | undefined
  },
): Promise<void> {
  if (fields.calendarId) {
    const found = await tx.selectFrom('calendars').select('id').where('id', '=', fields.calendarId).executeTakeFirst()
    if (!found) throw refused('calendarId', 'There are no such opening hours')
  }
  const departments = fields.settings?.preChat.departments.map((department) => department.teamId) ?? []
  await mustBeTeams(tx, [...(fields.teamIds ?? []), ...departments])
  if (fields.settings) await mustBeQueues(tx, fields.settings)
}

/** `queues` belongs to the routing module above; inboxes only name them. */
async function mustBeQueues(tx: Database, { routing: { queueId, departments } }: InboxSettings): Promise<void> {
  const wanted = [...new Set([...(queueId ? [queueId] : []), ...departments.map((department) => department.queueId)])]
  if (wanted.length === 0) return
  const found = await tx
    .selectFrom('queues')
    .select('id')
    .where('id', 'in', wanted)
    .where('deleted_at', 'is', null)
    .forShare()
    .execute()
  if (found.length < wanted.length) throw new AppError('queue-not-found')
}
