import type { Me, PreferencesChange } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { checkAvatarUrl, checkTimeZone, readPreferences } from './agent-rules.ts'
import { type AgentRow, readAgent, toAgent } from './store.ts'

export interface SelfChange {
  name?: string | undefined
  publicName?: string | null | undefined
  avatarUrl?: string | null | undefined
  timeZone?: string | null | undefined
  preferences?: PreferencesChange | undefined
}

export async function updateMe(tx: Database, id: string, change: SelfChange, now: Date): Promise<void> {
  if (change.avatarUrl) checkAvatarUrl(change.avatarUrl)
  if (change.timeZone) checkTimeZone(change.timeZone)
  // Locked, so that two tabs that change different preferences keep both.
  const row = await tx
    .selectFrom('agents')
    .select('preferences')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const preferences = { ...readPreferences(row.preferences), ...change.preferences }
  await tx
    .updateTable('agents')
    .set({
      name: change.name,
      public_name: change.publicName,
      avatar_url: change.avatarUrl,
      time_zone: change.timeZone,
      preferences: JSON.stringify(preferences),
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

export async function readMe(db: Database, principal: AgentPrincipal): Promise<Me> {
  return toMe(await readAgent(db, principal.agentId), principal)
}

/** Role and sight are those of the caller: a key may have less of both than its maker. */
const toMe = (row: AgentRow, { role, inboxIds }: AgentPrincipal): Me => ({
  ...toAgent(row),
  role,
  preferences: readPreferences(row.preferences),
  timeZone: row.time_zone,
  inboxIds: inboxIds === 'all' ? null : [...inboxIds],
})
