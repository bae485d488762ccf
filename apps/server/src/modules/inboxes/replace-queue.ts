import { type InboxSettings, inboxSettings } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Actor } from '#access'
import type { Database } from '#platform/database/connect'
import { nextVersion } from './edit-version.ts'

/** Inboxes whose conversations waited in a queue that is no more use another one, or none. Says whether any did. */
export async function replaceQueueInInboxes(
  tx: Database,
  by: Actor,
  queueId: string,
  insteadId: string | null,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ id: string; settings: unknown }>`
    select id, settings from inboxes where settings->'routing' @? ${`$.** ? (@ == "${queueId}")`}::jsonpath
    order by id for update`.execute(tx)
  for (const { id, settings } of rows) {
    const changed = JSON.stringify(withoutQueue(inboxSettings.parse(settings), queueId, insteadId))
    await tx
      .updateTable('inboxes')
      .set({ settings: changed, ...nextVersion(by, now) })
      .where('id', '=', id)
      .execute()
  }
  return rows.length > 0
}

function withoutQueue(settings: InboxSettings, gone: string, insteadId: string | null): InboxSettings {
  const { queueId, departments } = settings.routing
  const routing = {
    queueId: queueId === gone ? insteadId : queueId,
    departments: departments.flatMap((department) => {
      if (department.queueId !== gone) return [department]
      return insteadId ? [{ ...department, queueId: insteadId }] : []
    }),
  }
  return { ...settings, routing }
}
