import type { Attributes, Conversation, EntryBody, MessageContent, Queue, QueueOutcome } from '@qiao/protocol'
import type { Step } from '@qiao/routing'
import { AppError } from '#platform/errors'
import { holdQueueIn } from './queue-row.ts'
import { endStay } from './leave-queue.ts'
import { type Known, pointsOf } from './priority-points.ts'
import { lockServing, type Queryable, type WorkItemRow } from './work-item-row.ts'

/** Causes with which an item keeps the place that its predecessor had. */
const keepsPlace: ReadonlySet<EntryBody<'conversation.queued'>['cause']> = new Set([
  'transferred',
  'overflowed',
  'agent-gone',
  'released',
  'message',
  'callback',
  'moved',
] as const)

/** How the stay before ended, where the cause says so itself. */
const outcomes = new Map<string, QueueOutcome>([
  ['overflowed', 'overflowed'],
  ['message', 'message'],
  ['callback', 'callback'],
])

interface Preferred {
  agentId: string
  until: Date
}

/** Makes the stay that a `conversation.queued` entry tells of, and ends the one before it. */
export async function enterQueue(
  client: Queryable,
  conversation: Conversation,
  entry: { body: EntryBody<'conversation.queued'>; at: string },
  now: Date,
): Promise<void> {
  const { itemId, queueId, channel, cause } = entry.body
  const before = await lockServing(client, conversation.id)
  if (before) await endStay(client, before, outcomes.get(cause) ?? 'transferred', now)
  const { rows } = await client.query<Pick<WorkItemRow, 'id' | 'created_at' | 'callback_phone' | 'customer_gone_at'>>(
    `select id, created_at, callback_phone, customer_gone_at from work_items where conversation_id = $1 and purpose = 'serve'
     order by entered_at desc, id desc limit 1`,
    [conversation.id],
  )
  const [previous] = rows
  const queue = await holdQueueIn(client, queueId)
  // Nobody must wait in a queue that was deleted a moment ago: no router looks there.
  if (!queue) throw new AppError('queue-not-found')
  const kept = previous && keepsPlace.has(cause) ? previous : null
  const preferred = await preferredFor(client, conversation, queue, cause, now)
  const enteredAt = new Date(entry.at)
  await client.query(
    `insert into work_items (id, previous_id, conversation_id, purpose, queue_id, channel, language, priority, created_at,
       entered_at, due_at, steps, preferred_agent_id, preferred_until, callback_phone, customer_gone_at, state)
     values ($1, $2, $3, 'serve', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'waiting')`,
    [
      itemId,
      previous?.id ?? null,
      conversation.id,
      queueId,
      channel,
      conversation.language,
      await pointsFor(client, conversation, queue),
      kept?.created_at ?? enteredAt,
      enteredAt,
      new Date(enteredAt.getTime() + queue.settings.service.withinSeconds * 1000),
      JSON.stringify(stepsOf(queue)),
      preferred?.agentId ?? null,
      preferred?.until ?? null,
      previous?.callback_phone ?? null,
      // Who is away already has this queue's grace from now on.
      kept?.customer_gone_at ? enteredAt : null,
    ],
  )
}

const stepsOf = ({ settings }: Queue): Step[] =>
  settings.steps.map(({ needs, language, seconds }) => ({
    needs: needs.map(({ skillId, level }) => ({ skill: skillId, level })),
    language,
    seconds,
  }))

/**
 * What they wrote first counts since they came back: the matter before it is over. Answers to a form of the pre-chat are no
 * words of theirs, and somebody else who was written to does not speak for them.
 */
const saidText = `
with since as (
  select coalesce(max(seq), 0) as seq from entries where conversation_id = $1
    and kind in ('conversation.reopened', 'conversation.woken') and body ->> 'cause' = 'customer-wrote'),
said as (
  select entries.seq, body -> 'content' as content from entries, since
  where conversation_id = $1 and entries.seq > since.seq and kind = 'message.received'
    and body #>> '{content,type}' <> 'form-response' and body -> 'apart' is null)
select (select content from said order by seq limit 1) as first,
  (select content from said where content ->> 'type' = 'left-message' order by seq desc limit 1) as left`

async function pointsFor(client: Queryable, { id, contactId }: Conversation, { settings }: Queue): Promise<number> {
  const { priorities, topicPriorities, wordPriorities } = settings
  const known: Known = { attributes: {}, topic: null, said: [] }
  if (priorities.length > 0) {
    const { rows } = await client.query<{ attributes: Attributes }>('select attributes from contacts where id = $1', [
      contactId,
    ])
    known.attributes = rows[0]?.attributes ?? {}
  }
  if (topicPriorities.length > 0 || wordPriorities.length > 0) {
    const { rows } = await client.query<{ first: MessageContent | null; left: MessageContent | null }>(saidText, [id])
    const { first = null, left = null } = rows[0] ?? {}
    known.topic = left?.type === 'left-message' ? (left.topic?.key ?? null) : null
    known.said = [first, left].filter((content) => content !== null)
  }
  return pointsOf(settings, known)
}

/** Whom it waits for first: the agent named by the customer's link, then the last one, then the account's owner. */
async function preferredFor(
  client: Queryable,
  conversation: Conversation,
  { settings }: Queue,
  cause: EntryBody<'conversation.queued'>['cause'],
  now: Date,
): Promise<Preferred | null> {
  // Who let it go, or went, is not who should get it back first.
  if (!['started', 'reopened', 'woken', 'came-back'].includes(cause)) return null
  const until = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)
  const { rows } = await client.query<{ named: string | null; last: string | null; owner: string | null }>(
    `select
       (select agents.id from entries join agents on agents.number = entries.body ->> 'wantsAgent'
        where conversation_id = $1 and kind = 'conversation.started' and disabled_at is null limit 1) as named,
       (select work_items.agent_id from conversations join work_items on conversation_id = conversations.id
        where contact_id = $2 and work_items.agent_id is not null and purpose = 'serve' and accepted_at > $3
        order by accepted_at desc limit 1) as last,
       (select agents.id from contacts join agents on agents.number = contacts.attributes ->> 'owner'
        where contacts.id = $2 and disabled_at is null) as owner`,
    [
      conversation.id,
      conversation.contactId,
      new Date(now.getTime() - (settings.lastAgent?.withinHours ?? 0) * 3_600_000),
    ],
  )
  const [found] = rows
  if (found?.named) return { agentId: found.named, until: until(settings.namedAgent.waitSeconds) }
  if (settings.lastAgent && found?.last) return { agentId: found.last, until: until(settings.lastAgent.waitSeconds) }
  if (settings.owner && found?.owner) return { agentId: found.owner, until: until(settings.owner.waitSeconds) }
  return null
}
