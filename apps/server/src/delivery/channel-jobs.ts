import { sql } from 'kysely'
import { z } from 'zod'
import { sweepMailBodies } from '#mails'
import { addJobs, defineJob, type Job, sweepQueues } from '#platform/jobs/jobs'
import { renewAccess, renewAccessJob, renewAllAccess } from './accounts/renew-access.ts'
import { sweepCalls } from './answers/open-calls.ts'
import type { ChannelDeps } from './channel-deps.ts'
import { pullEvents, pullEventsJob, pullJob } from './inbound/pull-events.ts'
import { acknowledgeLeft, acknowledgeLeftName, acknowledgeLeftPayload } from './left-messages/acknowledge-left.ts'
import { deliverMessages } from './outbound/deliver-messages.ts'
import { endSession, endSessionJob } from './outbound/end-sessions.ts'
import { deliverJob, deliverMessagesJob } from './outbound/follow-deliveries.ts'
import { sweepRates } from './outbound/send-rate.ts'
import { stayEvents, tellStayJob } from './places/follow-stays.ts'
import { tellStay } from './places/tell-stay.ts'
import { eventsWait } from './topics.ts'
import { refreshAllTemplates, refreshTemplates, refreshTemplatesJob } from './templates/refresh-templates.ts'

const nothing = z.object({}).loose()
/** Repeats of an event are recognised for so long. */
const eventsKeptDays = 30

export const channelJobs = (deps: ChannelDeps): Job[] => [
  defineJob({
    name: pullEventsJob,
    payload: z.object({ inboxId: z.uuid(), hint: z.json().optional() }),
    run: (asked, { signal }) => pullEvents(deps, asked, signal),
  }),
  defineJob({
    name: deliverMessagesJob,
    payload: z.object({ conversationId: z.uuid() }),
    run: ({ conversationId }, { signal }) => deliverMessages(deps, conversationId, signal),
  }),
  defineJob({
    name: endSessionJob,
    payload: z.object({ conversationId: z.uuid(), closedAt: z.iso.datetime() }),
    run: ({ conversationId, closedAt }) => endSession(deps, conversationId, new Date(closedAt)),
  }),
  defineJob({
    name: tellStayJob,
    payload: z.object({
      conversationId: z.uuid(),
      itemId: z.uuid(),
      event: z.enum(stayEvents),
      agentId: z.uuid().optional(),
    }),
    run: (told) => tellStay(deps, told),
  }),
  defineJob({
    name: acknowledgeLeftName,
    payload: acknowledgeLeftPayload,
    run: (asked) => acknowledgeLeft(deps, asked),
  }),
  defineJob({
    name: refreshTemplatesJob,
    payload: z.object({ inboxId: z.uuid() }),
    run: ({ inboxId }, { signal }) => refreshTemplates(deps, inboxId, signal),
  }),
  defineJob({
    name: 'refresh-all-templates',
    payload: nothing,
    every: '23 */6 * * *',
    run: () => refreshAllTemplates(deps),
  }),
  defineJob({
    name: renewAccessJob,
    payload: z.object({ inboxId: z.uuid() }),
    run: ({ inboxId }, { signal }) => renewAccess(deps, inboxId, signal),
  }),
  defineJob({ name: 'renew-all-access', payload: nothing, every: '51 * * * *', run: () => renewAllAccess(deps) }),
  // Jobs that gave up or were lost: the rows know what is still to be done.
  defineJob({ name: 'tend-channels', payload: nothing, every: '* * * * *', run: () => tendChannels(deps) }),
  defineJob({ name: 'sweep-channels', payload: nothing, every: '37 * * * *', run: () => sweepChannels(deps) }),
]

/** Also for the moment in which an inbox is resumed. */
export async function tendChannels(deps: ChannelDeps): Promise<void> {
  deps.bus.publish(eventsWait, { customers: [] })
  const late = new Date(deps.clock.now().getTime() - 60_000)
  const { rows } = await sql<{ conversation_id: string }>`
    select distinct conversation_id from deliveries
    where state = 'waiting' and coalesce(next_attempt_at, created_at) < ${late}
    union select distinct conversation_id from delivery_changes
    where state = 'waiting' and coalesce(next_attempt_at, created_at) < ${late} limit 5000`.execute(deps.db)
  await addJobs(
    deps.db,
    rows.map((row) => deliverJob(row.conversation_id)),
  )
  const polled = deps.channels.flatMap(({ about, pull }) => (pull ? [about.id] : []))
  if (polled.length === 0) return
  const inboxes = await deps.db
    .selectFrom('inboxes')
    .innerJoin('channel_accounts', 'channel_accounts.inbox_id', 'inboxes.id')
    .select('inboxes.id')
    .where('channel', 'in', polled)
    .where('paused_at', 'is', null)
    .where('config', 'is not', null)
    .execute()
  await addJobs(
    deps.db,
    inboxes.map(({ id }) => pullJob(id)),
  )
}

async function sweepChannels(deps: ChannelDeps): Promise<void> {
  const now = deps.clock.now()
  const before = new Date(now.getTime() - eventsKeptDays * 86_400_000)
  await sql`delete from channel_events where state = 'done' and received_at < ${before}`.execute(deps.db)
  await sweepRates(deps.db, now)
  await sweepCalls(deps.db, now)
  await sweepMailBodies(deps.db, now)
  await sql`delete from acknowledgements where at < ${before}`.execute(deps.db)
  // Every customer has had queues of jobs.
  await sweepQueues(deps.db)
}
