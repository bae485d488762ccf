import type { Conversation, Entry, RoutingEvent, webhookPayload } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { conversationColumns, type ConversationRow, entryFeed, toConversation } from '#conversations'
import { routingEventFeed } from '#routing'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import type { FeedReader } from '#platform/feed/read-feed'
import { addJobs } from '#platform/jobs/jobs'
import { triesForMs } from './retry-schedule.ts'
import { sendJob } from './send-job.ts'

type Payload = z.input<typeof webhookPayload>

interface Subscriber {
  id: string
  events: string[]
  created_at: Date
}

const wanted = sql<boolean>`exists (select from webhooks where enabled)`

/** Turns new entries into deliveries and their jobs, in the transaction that moves the position in the feed. */
export const webhookFeed = (clock: Clock): FeedReader<Entry> => ({
  name: 'webhooks',
  source: entryFeed,
  wanted,
  take: (entries, tx) => handOver(tx, entries, describeEntries, clock.now()),
})

/** The same of what happens to agents, offers and queues. */
export const routingWebhookFeed = (clock: Clock): FeedReader<RoutingEvent> => ({
  name: 'webhooks-routing',
  source: routingEventFeed,
  wanted,
  take: (events, tx) => handOver(tx, events, describeEvents, clock.now()),
})

interface Happening {
  id: string
  kind: Payload['type']
  at: string
}

async function handOver<One extends Happening>(
  tx: Database,
  happenings: readonly One[],
  describe: (tx: Database, happenings: readonly One[]) => Promise<Map<string, Payload>>,
  now: Date,
): Promise<void> {
  // Locked, so that none is deleted before its deliveries are in.
  const { rows: subscribers } = await sql<Subscriber>`
    select id, events, created_at from webhooks where enabled order by id for key share`.execute(tx)
  const asked = subscribers.flatMap((webhook) =>
    happenings.filter((one) => wants(webhook, one)).map((one) => ({ webhookId: webhook.id, one })),
  )
  if (asked.length === 0) return
  const payloads = await describe(
    tx,
    asked.map(({ one }) => one),
  )
  const rows = asked.flatMap(({ webhookId, one }) => {
    const payload = payloads.get(one.id)
    return payload ? [delivery(webhookId, one.id, payload, now)] : []
  })
  await insertDeliveries(tx, rows)
  await addJobs(
    tx,
    [...new Set(rows.map((row) => row.webhook_id))].map((id) => sendJob(id)),
  )
}

/** What happened before a webhook was made may still have been unread then. */
const wants = ({ events, created_at: createdAt }: Subscriber, { kind, at }: Happening): boolean =>
  (events.length === 0 || events.includes(kind)) && Date.parse(at) >= createdAt.getTime()

async function describeEvents(_tx: Database, events: readonly RoutingEvent[]): Promise<Map<string, Payload>> {
  return new Map(events.map((event) => [event.id, { type: event.kind, timestamp: event.at, data: { event } }]))
}

async function describeEntries(tx: Database, entries: readonly Entry[]): Promise<Map<string, Payload>> {
  const conversations = await readConversations(
    tx,
    entries.map((entry) => entry.conversationId),
  )
  return new Map(
    entries.flatMap((entry) => {
      const conversation = conversations.get(entry.conversationId)
      return conversation ? [[entry.id, payloadOf(entry, conversation)] as const] : []
    }),
  )
}

async function readConversations(tx: Database, ids: readonly string[]): Promise<Map<string, Conversation>> {
  const { rows } = await sql<ConversationRow>`
    select ${sql.raw(conversationColumns)} from conversations where id = any(${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, toConversation(row)]))
}

function payloadOf(entry: Entry, conversation: Conversation): Payload {
  const { id, number, inboxId, contactId, state, assigneeId, teamId, tags, language, createdAt, lastSeq } = conversation
  const summary = { id, number, inboxId, contactId, state, assigneeId, teamId, tags, language, createdAt, lastSeq }
  return { type: entry.kind, timestamp: entry.at, data: { entry, conversation: summary } }
}

/** `entry_id` is the entry or the event that it tells of: each goes to a webhook once. */
const delivery = (webhookId: string, happeningId: string, payload: Payload, now: Date) => ({
  id: uuidv7(),
  webhook_id: webhookId,
  entry_id: happeningId,
  event: payload.type,
  payload,
  next_attempt_at: now,
  give_up_at: new Date(now.getTime() + triesForMs),
  created_at: now,
})

async function insertDeliveries(tx: Database, rows: readonly ReturnType<typeof delivery>[]): Promise<void> {
  await sql`
    insert into webhook_deliveries
      (id, webhook_id, entry_id, event, payload, state, next_attempt_at, give_up_at, created_at)
    select id, webhook_id, entry_id, event, payload, 'pending', next_attempt_at, give_up_at, created_at
    from json_to_recordset(${JSON.stringify(rows)}) as delivery (id uuid, webhook_id uuid, entry_id uuid, event text,
      payload json, next_attempt_at timestamptz, give_up_at timestamptz, created_at timestamptz)`.execute(tx)
}
