import type { MessageTemplate } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'

/** The provider has decided about one. Languages are not always told apart: then it is true of all. */
export async function changeTemplate(
  db: Database,
  inboxId: string,
  change: Pick<MessageTemplate, 'name' | 'language' | 'state' | 'reason'>,
  now: Date,
): Promise<void> {
  const { name, language, state, reason } = change
  await db
    .updateTable('message_templates')
    .set({ state, reason, changed_at: now })
    .where('inbox_id', '=', inboxId)
    .where('name', '=', name)
    .$if(language !== '', (query) => query.where('language', '=', language))
    .execute()
}
