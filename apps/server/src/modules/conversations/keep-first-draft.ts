import { type FirstMailDraft, mailDraft } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { mustSeeInbox } from './start-by-agent.ts'

/** The letter with which an agent is going to begin a conversation: there is one for each. */
export async function readFirstDraft(db: Database, { agentId }: AgentPrincipal): Promise<FirstMailDraft | null> {
  const row = await db.selectFrom('first_mail_drafts').selectAll().where('agent_id', '=', agentId).executeTakeFirst()
  if (!row) return null
  return { inboxId: row.inbox_id, mail: mailDraft.parse(row.mail), updatedAt: row.updated_at.toISOString() }
}

export async function keepFirstDraft(
  db: Database,
  agent: AgentPrincipal,
  draft: Omit<FirstMailDraft, 'updatedAt'> | null,
  now: Date,
): Promise<void> {
  const { agentId } = agent
  if (draft === null) return void (await db.deleteFrom('first_mail_drafts').where('agent_id', '=', agentId).execute())
  mustSeeInbox(agent, draft.inboxId)
  const kept = { inbox_id: draft.inboxId, mail: JSON.stringify(draft.mail), updated_at: now }
  await db
    .insertInto('first_mail_drafts')
    .values({ agent_id: agentId, ...kept })
    .onConflict((conflict) => conflict.column('agent_id').doUpdateSet(kept))
    .execute()
}
