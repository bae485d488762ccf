import type { InboxSettings } from '@qiao/protocol'
import { type AccessChange, type Actor, recordAudit } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { mustFit } from './create-inbox.ts'
import { nextVersion } from './edit-version.ts'
import { membersOfTeams, requireInbox, setTeamsOfInbox } from './store.ts'

export interface InboxChange {
  /** That the change started from; pausing alone needs none. */
  version?: number | undefined
  name?: string | undefined
  calendarId?: string | null | undefined
  teamIds?: readonly string[] | undefined
  settings?: InboxSettings | undefined
  paused?: boolean | undefined
}

/** Gives what to announce after the commit: whose sight changed. Throws `changed-meanwhile` if the version is old. */
export async function updateInbox(
  tx: Database,
  by: Actor,
  id: string,
  { version, ...change }: InboxChange,
  now: Date,
): Promise<AccessChange> {
  const before = await requireInbox(tx, id)
  await mustFit(tx, change)
  const { name, calendarId, teamIds, settings, paused } = change
  const pausedAt = paused === undefined ? before.pausedAt : paused ? (before.pausedAt ?? now) : null
  const update = tx
    .updateTable('inboxes')
    .set({
      name,
      calendar_id: calendarId,
      settings: settings && JSON.stringify(settings),
      paused_at: pausedAt,
    })
    .where('id', '=', id)
  if (version === undefined) await update.execute()
  else {
    // Of two that saw the same version the second waits here for the first, and then finds no row of it.
    const edit = update.set(nextVersion(by, now)).where('version', '=', version)
    if ((await edit.executeTakeFirst()).numUpdatedRows === 0n) throw new AppError('changed-meanwhile')
  }
  if (teamIds) await setTeamsOfInbox(tx, id, teamIds)
  await recordAudit(tx, by, 'inbox.changed', { type: 'inbox', id }, describe(before.settings, change), now)
  const moved = teamIds ? [...before.teamIds, ...teamIds] : []
  return { agentIds: await membersOfTeams(tx, moved), reason: 'inboxes' }
}

/** Of the settings the log keeps the names of those that changed: whole documents would drown it. */
function describe(before: InboxSettings, { settings, ...rest }: InboxChange): Record<string, unknown> {
  if (!settings) return rest
  const old: Record<string, unknown> = before
  const changed = Object.entries(settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  )
  return { ...rest, settings: changed.map(([name]) => name) }
}

/** Throws `conflict` once customers have written to it: their history stays. */
export async function deleteInbox(tx: Database, by: Actor, id: string, now: Date): Promise<AccessChange> {
  const { name, teamIds } = await requireInbox(tx, id)
  const agentIds = await membersOfTeams(tx, teamIds)
  try {
    await tx.deleteFrom('inboxes').where('id', '=', id).execute()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23503')) throw error
    throw new AppError('conflict', { detail: 'An inbox that has conversations can be paused, not deleted' })
  }
  await recordAudit(tx, by, 'inbox.deleted', { type: 'inbox', id }, { name }, now)
  return { agentIds, reason: 'inboxes' }
}
