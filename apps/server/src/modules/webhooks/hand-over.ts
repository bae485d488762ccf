import type { Conversation, Entry, webhookPayload } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { conversationColumns, type ConversationRow, type FeedReader, toConversation } from '#conversations'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import { addJobs } from '#platform/jobs/jobs'
import { triesForMs } from './retry-schedule.ts'
import { sendJob } from './send-job.ts'

type Payload = z.input<typeof webhookPayload>

interface Subscriber {
  id: string
  events: string[]
}

/** Turns new entries into deliveries and their jobs, in the transaction that moves the position in the feed. */
export const webhookFeed = (clock: Clock): FeedReader => ({
  name: 'webhooks',
  wanted: sql<boolean>`exists (select from webhooks where enabled)`,
  async take(entries, tx) {
    // Locked, so that none is deleted before its deliveries are in.
    const { rows: subscribers } = await sql<Subscriber>`
      select id, events from webhooks where enabled order by id for key share`.execute(tx)
    const wanted = subscribers.flatMap((webhook) =>
      entries.filter((entry) => wants(webhook, entry)).map((entry) => ({ webhookId: webhook.id, entry })),
    )
    if (wanted.length === 0) return
    const conversations = await readConversations(
      tx,
      wanted.map(({ entry }) => entry.conversationId),
    )
    const now = clock.now()
    const rows = wanted.flatMap(({ webhookId, entry }) => {
      const conversation = conversations.get(entry.conversationId)
      return conversation ? [delivery(webhookId, entry, conversation, now)] : []
    })
    await insertDeliveries(tx, rows)
    await addJobs(
      tx,
      [...new Set(rows.map((row) => row.webhook_id))].map((id) => sendJob(id)),
    )
  },
})

const wants = ({ events }: Subscriber, entry: Entry): boolean => events.length === 0 || events.includes(entry.kind)

async function readConversations(tx: Database, ids: readonly string[]): Promise<Map<string, Conversation>> {
  const { rows } = await sql<ConversationRow>`
    select ${sql.raw(conversationColumns)} from conversations where id = any(${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, toConversation(row)]))
}

function delivery(webhookId: string, entry: Entry, conversation: Conversation, now: Date) {
  const { id, number, inboxId, contactId, state, assigneeId, teamId, tags, language, createdAt, lastSeq } = conversation
  const summary = { id, number, inboxId, contactId, state, assigneeId, teamId, tags, language, createdAt, lastSeq }
  const payload: Payload = { type: entry.kind, timestamp: entry.at, data: { entry, conversation: summary } }
  return {
    id: uuidv7(),
    webhook_id: webhookId,
    entry_id: entry.id,
    event: entry.kind,
    payload,
    next_attempt_at: now,
    give_up_at: new Date(now.getTime() + triesForMs),
    created_at: now,
  }
}

async function insertDeliveries(tx: Database, rows: readonly ReturnType<typeof delivery>[]): Promise<void> {
  await sql`
    insert into webhook_deliveries
      (id, webhook_id, entry_id, event, payload, state, next_attempt_at, give_up_at, created_at)
    select id, webhook_id, entry_id, event, payload, 'pending', next_attempt_at, give_up_at, created_at
    from json_to_recordset(${JSON.stringify(rows)}) as delivery (id uuid, webhook_id uuid, entry_id uuid, event text,
      payload json, next_attempt_at timestamptz, give_up_at timestamptz, created_at timestamptz)`.execute(tx)
}
