import type { Role } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import type { AccessChange } from './access-change.ts'
import { keepAnAdmin } from './agent-rules.ts'
import { type Actor, recordAudit } from './audit.ts'
import { lockAdmins, readAgent, setTeamsOfAgent, toRole } from './store.ts'

export interface AgentChange {
  role?: Role | undefined
  teamIds?: readonly string[] | undefined
  disabled?: boolean | undefined
}

/**
 * Changes what an agent may do. A disabled agent's sessions end in the same transaction. Gives what to announce after the
 * commit. Throws `not-found`, `last-admin`, `team-not-found`.
 */
export async function updateAgent(
  tx: Database,
  by: Actor,
  id: string,
  change: AgentChange,
  now: Date,
): Promise<AccessChange> {
  const admins = await lockAdmins(tx)
  const before = await readAgent(tx, id)
  const role = change.role ?? toRole(before.role)
  const disabled = change.disabled ?? before.disabled_at !== null
  keepAnAdmin(admins, { id, role, disabled })
  await tx
    .updateTable('agents')
    .set({ role, disabled_at: disabled ? (before.disabled_at ?? now) : null, updated_at: now })
    .where('id', '=', id)
    .execute()
  if (disabled) await tx.deleteFrom('auth_sessions').where('user_id', '=', id).execute()
  if (change.teamIds) await setTeamsOfAgent(tx, id, change.teamIds)
  const { role: roleBefore, team_ids: teamIdsBefore } = before
  const details = {
    ...change,
    before: { role: roleBefore, teamIds: teamIdsBefore, disabled: before.disabled_at !== null },
  }
  await recordAudit(tx, by, 'agent.changed', { type: 'agent', id }, details, now)
  return { agentIds: [id], reason: disabled ? 'disabled' : role === roleBefore ? 'teams' : 'role' }
}
