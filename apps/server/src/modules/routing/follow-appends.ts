import { type Conversation, type Entry, type EntryBody, leftMessage } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { AppendCommand, Appended, FollowAppends, NewEntry } from '#conversations'
import { chooseQueue, type Destination, lookAtQueue } from './choose-queue.ts'
import { enterQueue } from './enter-queue.ts'
import { endStay, endWrapUp } from './leave-queue.ts'
import { moveTogether, sortOut } from './move-together.ts'
import { movesWork } from './moves-work.ts'
import { readRoutingOf } from './routing-of-inbox.ts'
import { joinWork, leaveWork, takeWork } from './take-work.ts'
import { wordsFor } from './queue-words.ts'
import { lockServing, type Queryable } from './work-item-row.ts'

/** The transaction at hand, and what holds for all of it. */
interface Turn {
  client: Queryable
  now: Date
  silent: SilentChannels
}

/** Where nobody is told anything of queues: what is written there may come from a program or in somebody else's name. */
export type SilentChannels = ReadonlySet<string>

/**
 * Keeps work items in step with the timelines, in the same transactions: whatever appended the entry, whichever process,
 * the work agrees with it from that commit on.
 */
export const followAppends =
  (silent: SilentChannels = new Set()): FollowAppends =>
  async (client, appended, now, later) => {
    const moving = appended.filter(({ entries }) => entries.some((entry) => movesWork.has(entry.kind)))
    // One conversation's entries in their order; those of others travel to the database beside them.
    const byConversation = Map.groupBy(moving, ({ conversation }) => conversation.id)
    const { moves, others } = sortOut([...byConversation.values()])
    later(moveTogether(client, moves, now))
    const commands = await Promise.all(others.map((own) => followEach({ client, now, silent }, own)))
    return commands.flat()
  }

async function followEach(turn: Turn, appended: readonly Appended[]): Promise<AppendCommand[]> {
  const commands: AppendCommand[] = []
  for (const one of appended)
    for (const entry of one.entries)
      if (movesWork.has(entry.kind)) commands.push(...(await followEntry(turn, one, entry)))
  return commands
}

async function followEntry(turn: Turn, { before, conversation }: Appended, entry: Entry): Promise<AppendCommand[]> {
  const { client, now } = turn
  switch (entry.kind) {
    case 'conversation.started': {
      const left = entry.body.via === 'offline-form'
      if (entry.body.via === 'agent') return []
      return queueAnew(turn, conversation, entry, { cause: left ? 'message' : 'started', left })
    }
    case 'conversation.reopened':
    case 'conversation.woken':
      return comeBack(turn, conversation, entry)
    case 'conversation.assigned': {
      const { agentId, cause } = entry.body
      if (agentId === null) return letGo(turn, before, conversation, entry)
      // Who took part already does so as the holder from now on.
      if (before.participantIds.includes(agentId)) await leaveWork(client, conversation.id, agentId, 'join', now)
      if (cause === 'offered') await moveTogether(client, { accepted: [{ before, agentId }], closed: [] }, now)
      else await takeWork(client, conversation, agentId, cause, now)
      return []
    }
    case 'conversation.queued':
      await enterQueue(client, conversation, entry, now)
      return []
    case 'conversation.queue-left': {
      const item = await lockServing(client, conversation.id)
      if (item?.id === entry.body.itemId) await endStay(client, item, entry.body.outcome, now)
      if (entry.body.phone)
        await client.query('update work_items set callback_phone = $2 where id = $1', [
          entry.body.itemId,
          entry.body.phone,
        ])
      return []
    }
    case 'conversation.prioritised':
      await client.query(`update work_items set priority = $2 where id = $1 and state in ('waiting', 'offered')`, [
        entry.body.itemId,
        entry.body.priority,
      ])
      return []
    case 'conversation.closed': {
      const item = await lockServing(client, conversation.id)
      if (item?.state === 'held') await moveTogether(client, { accepted: [], closed: [conversation.id] }, now)
      else if (item) await endStay(client, item, entry.author.type === 'contact' ? 'abandoned' : 'removed', now)
      if (before.participantIds.length > 0) await leaveWork(client, conversation.id, null, 'join', now)
      if (before.consults.length > 0) await leaveWork(client, conversation.id, null, 'consult', now)
      return []
    }
    case 'conversation.snoozed': {
      const item = await lockServing(client, conversation.id)
      if (item) await endStay(client, item, 'removed', now)
      return []
    }
    case 'participant.joined': {
      const { channel } = await readRoutingOf(client, conversation)
      await joinWork(client, conversation, entry.body.agentId, 'join', channel, now)
      return []
    }
    case 'participant.left':
      await leaveWork(client, conversation.id, entry.body.agentId, 'join', now)
      return []
    case 'consult.started':
      await joinWork(client, conversation, entry.body.agentId, 'consult', leftMessage, now)
      return []
    case 'consult.ended': {
      const consult = before.consults.find(({ id }) => id === entry.body.consultId)
      if (consult) await leaveWork(client, conversation.id, consult.agentId, 'consult', now)
      return []
    }
    case 'conversation.wrapped-up': {
      const { itemId, dispositionId, note } = entry.body
      await endWrapUp(client, { itemId, dispositionId, note: note ?? null }, now)
      return []
    }
    default:
      return []
  }
}

type QueuedCause = EntryBody<'conversation.queued'>['cause']

/** The customer writes again, or the time has come: back to whoever has it, if they are there, else into the queue. */
async function comeBack(turn: Turn, conversation: Conversation, entry: Entry): Promise<AppendCommand[]> {
  const { client, now } = turn
  if (entry.author.type === 'agent') {
    // An agent opened it again: they, or whoever holds it, go on.
    if (conversation.assigneeId) await takeWork(client, conversation, conversation.assigneeId, 'assigned', now)
    return []
  }
  const cause = entry.kind === 'conversation.woken' ? 'woken' : 'reopened'
  const holder = conversation.assigneeId
  if (!holder) return queueAnew(turn, conversation, entry, { cause })
  const { queueId } = await readRoutingOf(client, conversation)
  const { rows } = await client.query<{ there: boolean }>(
    `select present and state <> 'offline' as there from agent_work where agent_id = $1`,
    [holder],
  )
  if (!queueId || rows[0]?.there) {
    await takeWork(client, conversation, holder, 'assigned', now)
    return []
  }
  return [
    command(conversation, `gone:${entry.id}`, (current) =>
      current.assigneeId === holder
        ? [{ kind: 'conversation.assigned', body: { agentId: null, fromAgentId: holder, cause: 'agent-gone' } }]
        : [],
    ),
  ]
}

/** Nobody holds it any more: what came through a queue goes back there at its old place. */
async function letGo(
  turn: Turn,
  before: Conversation,
  conversation: Conversation,
  entry: Entry & { kind: 'conversation.assigned' },
): Promise<AppendCommand[]> {
  const { client, now } = turn
  const item = await lockServing(client, conversation.id)
  if (item?.state === 'held') await endStay(client, item, 'transferred', now)
  const { cause } = entry.body
  // A transfer says itself where it goes.
  if (cause === 'transferred' || conversation.state !== 'open' || before.assigneeId === null) return []
  const released = cause === 'released' ? 'released' : 'agent-gone'
  return queueAnew(turn, conversation, entry, { cause: released, again: item?.queue_id ?? undefined })
}

interface Anew {
  cause: QueuedCause
  /** Words for later. */
  left?: boolean
  /** The queue in which they waited before. */
  again?: string | undefined
}

async function queueAnew(
  { client, now, silent }: Turn,
  conversation: Conversation,
  entry: Entry,
  { cause, left, again }: Anew,
): Promise<AppendCommand[]> {
  if (conversation.assigneeId !== null || conversation.state !== 'open') return []
  const routing = await readRoutingOf(client, conversation)
  const channel = left ? leftMessage : routing.channel
  const look = lookAtQueue(client, now)
  // A queue that was deleted meanwhile takes nobody back: then it is as if the conversation had just begun.
  const destination =
    (again && (await chooseQueue(again, channel, look))) ??
    (routing.queueId && (await chooseQueue(routing.queueId, channel, look)))
  if (!destination) return []
  return [
    command(conversation, `queue:${entry.id}`, (current) =>
      current.assigneeId !== null || current.queue !== null || current.state !== 'open'
        ? []
        : entriesFor(destination, cause, current, silent.has(routing.channel)),
    ),
  ]
}

/** What the timeline tells of where somebody went. */
export function entriesFor(
  destination: Destination,
  cause: QueuedCause,
  conversation: Conversation,
  silent: boolean,
): NewEntry[] {
  const itemId = uuidv7()
  const { queue } = destination
  if (destination.to !== 'queue') {
    return [
      { kind: 'conversation.queued', body: { itemId, queueId: queue.id, channel: leftMessage, cause } },
      ...turnAway({ id: itemId, queue_id: queue.id }, destination, conversation, silent),
    ]
  }
  const { channel, overflowed } = destination
  return [
    {
      kind: 'conversation.queued',
      body: { itemId, queueId: queue.id, channel, cause: overflowed ? 'overflowed' : cause },
    },
  ]
}

/** They wait no longer, and nothing else waits in their place: the queue's own words say so, or else the channel's. */
export function turnAway(
  stay: { id: string; queue_id: string },
  { queue, to, reason }: Pick<Exclude<Destination, { to: 'queue' }>, 'queue' | 'to' | 'reason'>,
  { language }: Pick<Conversation, 'language'>,
  silent: boolean,
): NewEntry[] {
  const words = silent ? undefined : wordsFor(queue, language)[reason]
  return [
    { kind: 'conversation.queue-left', body: { itemId: stay.id, queueId: stay.queue_id, outcome: to } },
    ...(words ? [said(words)] : []),
  ]
}

const said = (text: string): NewEntry => ({
  kind: 'message.sent',
  body: { content: { type: 'text', text, markup: 'none' } },
})

export const command = (
  { id }: Pick<Conversation, 'id'>,
  clientKey: string,
  decide: AppendCommand['decide'],
): AppendCommand => ({ conversationId: id, clientKey, author: { type: 'system' }, decide })
