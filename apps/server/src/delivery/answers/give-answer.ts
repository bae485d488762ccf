import type { RawResponse } from '@qiao/channels'
import { sql } from 'kysely'
import { addJobs } from '#platform/jobs/jobs'
import type { ChannelDeps } from '../channel-deps.ts'
import { partOf, type PartRow } from '../outbound/delivery-row.ts'
import { deliverJob } from '../outbound/follow-deliveries.ts'
import { recordAccepted } from '../outbound/record-outcome.ts'
import { hintPolicy } from '../policy/note-acts.ts'
import type { HeldCall } from './hold-call.ts'
import type { PartName } from './open-calls.ts'

/** The same part for each try; null when it is gone, with its conversation. */
export async function readAnswer(
  deps: Pick<ChannelDeps, 'db' | 'clock'>,
  { account, config, open }: HeldCall,
  { entryId, number }: PartName,
): Promise<RawResponse | null> {
  const { rows } = await sql<Pick<PartRow, 'request' | 'attachment_ids'>>`
    select request, attachment_ids from delivery_parts where entry_id = ${entryId} and number = ${number}`.execute(
    deps.db,
  )
  const [row] = rows
  if (!row) return null
  return account.channel.webhook?.answers?.respond(partOf(row), open.call, config, deps.clock.now()) ?? null
}

interface SentRow {
  entry_id: string
  conversation_id: string
  identity_id: string
  inbox_id: string
  public_seq: number
}

/** It has left: the timeline says so, and what comes after it goes its way. */
export async function recordAnswered(deps: ChannelDeps, { entryId, number }: PartName): Promise<void> {
  const { rows } = await sql<SentRow>`
    select entry_id, conversation_id, coalesce(moved_to, identity_id) as identity_id, delivery.inbox_id, public_seq
    from deliveries as delivery join identities on identities.id = identity_id
    where entry_id = ${entryId}`.execute(deps.db)
  const [sent] = rows
  if (!sent) return
  await recordAccepted(deps, sent, number, { messageId: null })
  await addJobs(deps.db, [deliverJob(sent.conversation_id)])
  await hintPolicy(deps, sent.identity_id)
}
