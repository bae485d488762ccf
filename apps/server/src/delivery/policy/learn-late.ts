import { afterRefusal, type Problem } from '@qiao/channels'
import type { EntryBody } from '@qiao/protocol'
import { sql } from 'kysely'
import { inTransaction } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import type { KnownMessage } from '../inbound/provider-messages.ts'
import { changeLedger } from './ledger.ts'
import { hintPolicy } from './note-acts.ts'
import { sentKind } from './sent-kind.ts'

interface SentRow {
  identity_id: string
  sent_at: Date
  body: EntryBody<'message.sent'>
}

/** Many providers take a message first and say afterwards that it was not allowed. Told twice it teaches the same. */
export async function learnLate(
  deps: ChannelDeps,
  account: Account,
  { entryId }: Pick<KnownMessage, 'entryId'>,
  problem: Problem,
): Promise<void> {
  const { rows } = await sql<SentRow>`
    select coalesce(identity.moved_to, identity.id) as identity_id, body, coalesce(
      (select max(sent_at) from delivery_parts where entry_id = delivery.entry_id), delivery.created_at) as sent_at
    from deliveries as delivery join identities as identity on identity.id = delivery.identity_id
    join entries as entry on entry.conversation_id = delivery.conversation_id and entry.seq = delivery.seq
    where delivery.entry_id = ${entryId} and delivery.inbox_id = ${account.inbox.id}`.execute(deps.db)
  const [sent] = rows
  if (!sent) return
  const kind = await sentKind(deps.db, account.inbox.id, sent.body.content)
  const refused = { kind, sentAt: sent.sent_at.getTime() }
  await inTransaction(deps.pool, (client) =>
    changeLedger(client, sent.identity_id, (ledger) => afterRefusal(account.capabilities, ledger, problem, refused)),
  )
  await hintPolicy(deps, sent.identity_id)
}
