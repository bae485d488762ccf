import { type Calendar, calendar, type Inbox, inboxSettings } from '@qiao/protocol'
import { sql, type Selectable } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { Calendars, Inboxes } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { versionOf } from './edit-version.ts'
import type { Face } from './widget-config.ts'

const inboxesWithTeams = (db: Database) =>
  db
    .selectFrom('inboxes')
    .selectAll()
    .select(sql<string[]>`array(select team_id from inbox_teams where inbox_id = inboxes.id order by 1)`.as('team_ids'))

const toInbox = (row: Selectable<Inboxes> & { team_ids: string[] }): Inbox => ({
  id: row.id,
  channel: row.channel,
  key: row.key,
  name: row.name,
  calendarId: row.calendar_id,
  teamIds: row.team_ids,
  // Settings that came after the row was written get their defaults here.
  settings: inboxSettings.parse(row.settings),
  pausedAt: row.paused_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  ...versionOf(row),
})

export async function readInboxes(db: Database): Promise<Inbox[]> {
  return (await inboxesWithTeams(db).orderBy('created_at').orderBy('id').execute()).map(toInbox)
}

export async function findInbox(db: Database, by: { id: string } | { key: string }): Promise<Inbox | null> {
  const query = inboxesWithTeams(db)
  const row = await ('id' in by ? query.where('id', '=', by.id) : query.where('key', '=', by.key)).executeTakeFirst()
  return row ? toInbox(row) : null
}

export async function requireInbox(db: Database, id: string): Promise<Inbox> {
  const found = await findInbox(db, { id })
  if (!found) throw new AppError('not-found')
  return found
}

export async function setTeamsOfInbox(tx: Database, inboxId: string, teamIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('inbox_teams').where('inbox_id', '=', inboxId).execute()
  if (teamIds.length === 0) return
  const rows = [...new Set(teamIds)].map((teamId) => ({ inbox_id: inboxId, team_id: teamId }))
  await tx.insertInto('inbox_teams').values(rows).execute()
}

export async function membersOfTeams(db: Database, teamIds: readonly string[]): Promise<string[]> {
  if (teamIds.length === 0) return []
  const rows = await db
    .selectFrom('team_members')
    .select('agent_id')
    .distinct()
    .where('team_id', 'in', teamIds)
    .execute()
  return rows.map((row) => row.agent_id)
}

/** Names and faces behind an inbox, those with a picture first; in a steady order, so that caches hold. */
export async function readFaces(db: Database, inboxId: string, most: number): Promise<Face[]> {
  const { rows } = await sql<Face>`
    select coalesce(public_name, name) as name, avatar_url as "avatarUrl" from agents
    where disabled_at is null and id in
      (select agent_id from team_members join inbox_teams using (team_id) where inbox_id = ${inboxId})
    order by avatar_url is null, id limit ${most}`.execute(db)
  return rows
}

export async function teamsThatExist(db: Database, teamIds: readonly string[]): Promise<Set<string>> {
  if (teamIds.length === 0) return new Set()
  const rows = await db.selectFrom('teams').select('id').where('id', 'in', teamIds).execute()
  return new Set(rows.map((row) => row.id))
}

const toCalendar = (row: Selectable<Calendars>): Calendar =>
  calendar.parse({
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    alwaysOpen: row.always_open,
    weekly: row.weekly,
    holidays: row.holidays,
    ...versionOf(row),
  })

export async function readCalendars(db: Database): Promise<Calendar[]> {
  return (await db.selectFrom('calendars').selectAll().orderBy('created_at').orderBy('id').execute()).map(toCalendar)
}

export async function findCalendar(db: Database, id: string): Promise<Calendar | null> {
  const row = await db.selectFrom('calendars').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toCalendar(row) : null
}

export async function requireCalendar(db: Database, id: string): Promise<Calendar> {
  const found = await findCalendar(db, id)
  if (!found) throw new AppError('not-found')
  return found
}
