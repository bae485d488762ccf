import { callback, type Conversation, type EntryBody, leftMessage } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { inTransaction, type NewEntry } from '#conversations'
import { touchAgents } from './agent-work.ts'
import { chooseQueue, type Destination, lookAtQueue, lookAtQueues } from './choose-queue.ts'
import { entriesFor, turnAway } from './follow-appends.ts'
import { readQueueIn } from './queue-row.ts'
import { releaseFromDisabledAgents, releaseFromGoneAgents } from './release-work.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved } from './topics.ts'

type Deps = Pick<RoutingDeps, 'pool' | 'bus' | 'clock' | 'appender' | 'silentChannels'>

const perRun = 500
/** Work taken by hand goes silent after this. */
const silentMinutesByHand = 10

/**
 * What passes by itself, looked after by the elected router every few seconds. Each step is a query over work that is
 * open now, and an append that is harmless when it happens twice.
 */
export async function tendWork(deps: Deps): Promise<void> {
  await releaseFromDisabledAgents(deps)
  await releaseFromGoneAgents(deps)
  await noteSilence(deps)
  await noteGoneCustomers(deps)
  await moveThoseWhoWaitedLong(deps)
  await moveThoseWhoAreShutOut(deps)
}

/** Customers who say nothing free their agent's units; who writes again takes them back at once. */
export async function noteSilence({ pool, clock }: Pick<Deps, 'pool' | 'clock'>): Promise<void> {
  const now = clock.now()
  await pool.query(
    `update work_items as item set silent_since = case when conversation.waiting_since is null then $1::timestamptz end
     from conversations as conversation, (
       select item.id, coalesce((queue.settings ->> 'silentAfterMinutes')::int,
         case when queue.settings ? 'silentAfterMinutes' then null else $2::int end) as minutes
       from work_items as item left join queues as queue on queue.id = item.queue_id
       where item.state = 'held' and item.purpose = 'serve') as rule
     where rule.id = item.id and conversation.id = item.conversation_id and item.state = 'held'
       and (item.silent_since is null and conversation.waiting_since is null
            and conversation.last_activity_at < $1::timestamptz - make_interval(mins => rule.minutes)
         or item.silent_since is not null and conversation.waiting_since is not null)`,
    [now, silentMinutesByHand],
  )
}

/** A customer who had fallen silent wrote: the work counts again from this moment. */
export async function endSilence(deps: Pick<Deps, 'pool' | 'clock' | 'bus'>, conversationId: string): Promise<void> {
  const agentIds = await inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<{ agent_id: string }>(
      `update work_items set silent_since = null
       where conversation_id = $1 and state = 'held' and silent_since is not null returning agent_id`,
      [conversationId],
    )
    const ids = rows.map((row) => row.agent_id)
    await touchAgents(client, ids, deps.clock.now())
    return ids
  })
  if (agentIds.length > 0) deps.bus.publish(agentsMoved, { agentIds })
}

interface Stay {
  id: string
  conversation_id: string
  queue_id: string
  channel: string
}

/** Runs an append on a stay that still is the conversation's. */
const moveStay = (
  { appender }: Deps,
  stay: Stay,
  key: string,
  decide: (conversation: Conversation) => readonly NewEntry[],
) =>
  appender.append({
    conversationId: stay.conversation_id,
    clientKey: `${key}:${stay.id}`,
    author: { type: 'system' },
    decide: (conversation) => (conversation.queue?.itemId === stay.id ? decide(conversation) : []),
  })

/** Who has left the page gives up the place; what they said waits for an answer as a message does. */
async function noteGoneCustomers(deps: Deps): Promise<void> {
  const { rows } = await deps.pool.query<Stay>(
    `select item.id, item.conversation_id, item.queue_id, item.channel
     from work_items as item join queues as queue on queue.id = item.queue_id
       join conversations as conversation on conversation.id = item.conversation_id
     where item.state = 'waiting' and item.channel <> all($2::text[])
       and not exists (select from customer_presence as open
         where open.contact_id = conversation.contact_id and open.inbox_id = conversation.inbox_id)
       and item.customer_gone_at + make_interval(secs => coalesce((queue.settings ->> 'customerGraceSeconds')::int, 120)) <= $1
     limit ${perRun}`,
    [deps.clock.now(), [leftMessage, callback]],
  )
  for (const stay of rows) await moveStay(deps, stay, 'away', () => asMessage(stay, 'abandoned'))
}

const asMessage = (stay: Stay, outcome: EntryBody<'conversation.queue-left'>['outcome']): NewEntry[] => [
  { kind: 'conversation.queue-left', body: { itemId: stay.id, queueId: stay.queue_id, outcome } },
  {
    kind: 'conversation.queued',
    body: { itemId: uuidv7(), queueId: stay.queue_id, channel: leftMessage, cause: 'message' },
  },
]

async function moveThoseWhoWaitedLong(deps: Deps): Promise<void> {
  const { rows } = await deps.pool.query<Stay & { action: string; next: string | null }>(
    `select item.id, item.conversation_id, item.queue_id, item.channel,
       queue.settings #>> '{overflow,whenLong,to}' as action, queue.settings #>> '{overflow,whenLong,queueId}' as next
     from work_items as item join queues as queue on queue.id = item.queue_id
     where item.state = 'waiting' and item.channel <> all($2::text[])
       and queue.settings #>> '{overflow,whenLong,to}' in ('queue', 'message', 'bot', 'closed')
       and item.entered_at + make_interval(secs => (queue.settings #>> '{limits,waitSeconds}')::int) <= $1
     limit ${perRun}`,
    [deps.clock.now(), [leftMessage, callback]],
  )
  for (const stay of rows) {
    if (stay.action === 'message') await moveStay(deps, stay, 'long', () => asMessage(stay, 'overflowed'))
    else if (stay.action === 'queue' && stay.next) {
      const destination = await chooseQueue(stay.next, stay.channel, lookAtQueue(deps.pool, deps.clock.now()))
      if (destination) await moveStay(deps, stay, 'long', (who) => moved(deps, destination, stay, who))
    } else {
      const queue = await readQueueIn(deps.pool, stay.queue_id)
      const to = stay.action === 'bot' ? 'bot' : 'closed'
      const silent = isSilent(deps, stay)
      if (queue) await moveStay(deps, stay, 'long', (who) => turnAway(stay, { queue, to, reason: 'long' }, who, silent))
    }
  }
}

/** The hours ended while they waited. */
async function moveThoseWhoAreShutOut(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  for (const { queue, open } of await lookAtQueues(deps.pool, now)) {
    const action = queue.settings.overflow.whenClosed
    if (open || action.to === 'wait') continue
    const { rows } = await deps.pool.query<Stay>(
      `select id, conversation_id, queue_id, channel from work_items
       where state = 'waiting' and queue_id = $1 and channel <> all($2::text[]) limit ${perRun}`,
      [queue.id, [leftMessage, callback]],
    )
    for (const stay of rows) {
      if (action.to === 'message' || action.to === 'callback')
        await moveStay(deps, stay, 'shut', () => asMessage(stay, 'closed'))
      else if (action.to === 'queue') {
        const destination = await chooseQueue(action.queueId, stay.channel, lookAtQueue(deps.pool, now))
        // A chain that leads nowhere else leaves them where they are.
        if (destination && destination.queue.id !== queue.id)
          await moveStay(deps, stay, 'shut', (who) => moved(deps, destination, stay, who))
      } else {
        const end = { queue, to: action.to, reason: 'closed' } as const
        await moveStay(deps, stay, 'shut', (who) => turnAway(stay, end, who, isSilent(deps, stay)))
      }
    }
  }
}

const isSilent = ({ silentChannels }: Deps, { channel }: Stay): boolean => silentChannels.has(channel)

const moved = (deps: Deps, destination: Destination, stay: Stay, conversation: Conversation): NewEntry[] =>
  destination.to === 'queue' && destination.queue.id === stay.queue_id && destination.channel === stay.channel
    ? []
    : entriesFor(destination, 'overflowed', conversation, isSilent(deps, stay))
