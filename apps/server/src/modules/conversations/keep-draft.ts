import type { readDraft } from '@qiao/protocol'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'

type Draft = NonNullable<z.output<typeof readDraft.response>['draft']>

export async function readDraftOf(db: Database, agentId: string, conversationId: string): Promise<Draft | null> {
  const { rows } = await sql<{
    body: Omit<Draft, 'updatedAt' | 'whisper' | 'mail' | 'insert'> & Partial<Draft>
    updated_at: Date
  }>`
    select body, updated_at from drafts where agent_id = ${agentId} and conversation_id = ${conversationId}`.execute(db)
  const [row] = rows
  // One that was kept by an older version has not all of them.
  return row ? { whisper: '', mail: null, insert: null, ...row.body, updatedAt: row.updated_at.toISOString() } : null
}

export async function keepDraft(
  db: Database,
  agentId: string,
  conversationId: string,
  draft: Omit<Draft, 'updatedAt'>,
  now: Date,
): Promise<void> {
  const { text, whisper, mail, insert } = draft
  if (text.trim() === '' && whisper.trim() === '' && mail === null && insert === null) {
    await sql`delete from drafts where agent_id = ${agentId} and conversation_id = ${conversationId}`.execute(db)
    return
  }
  await sql`
    insert into drafts (agent_id, conversation_id, body, updated_at)
    values (${agentId}, ${conversationId}, ${JSON.stringify(draft)}::jsonb, ${now})
    on conflict (agent_id, conversation_id) do update set body = excluded.body, updated_at = excluded.updated_at`.execute(
    db,
  )
}
