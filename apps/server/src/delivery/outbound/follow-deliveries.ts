import type { Conversation, Entry, EntryKind } from '@qiao/protocol'
import type pg from 'pg'
import type { FollowAppends } from '#conversations'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { recipientsOf } from '../mails/letter-addresses.ts'
import { addPeople } from '../mails/people.ts'
import { createInboxChannels, ownChannel } from './inbox-channels.ts'

export const deliverMessagesJob = 'deliver-messages'

/** Messages of one conversation go out one after the other, whoever wrote them. */
export const deliverJob = (conversationId: string, runAt?: Date): JobRequest => ({
  name: deliverMessagesJob,
  payload: { conversationId },
  key: `deliver:${conversationId}`,
  queue: `deliver:${conversationId}`,
  ...(runAt ? { runAt } : {}),
})

const concerns: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'conversation.started',
  'conversation.merged',
  'message.sent',
  'message.resent',
  'message.dismissed',
  'message.edited',
  'message.recalled',
  'message.reacted',
])

/** What makes work for the sender. */
const urgent: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'message.sent',
  'message.resent',
  'message.edited',
  'message.recalled',
  'message.reacted',
])

/**
 * Messages that leave the server are rows in the transaction that appends them, whatever appended them: none is lost and
 * none goes out that was not stored.
 */
export function followDeliveries(): FollowAppends {
  const channels = createInboxChannels()
  return async (client, appended, now) => {
    for (const { conversation, entries } of appended) {
      const leaving = entries.filter((entry) => concerns.has(entry.kind))
      if (leaving.length === 0) continue
      const own = (await channels.of(client, conversation.inboxId)) === ownChannel
      // Of web chat only what goes another way leaves the server.
      if (own && !leaving.some(goesElsewhere)) continue
      for (const entry of leaving) if (!own || goesElsewhere(entry)) await follow(client, conversation, entry, now)
      if (leaving.some(({ kind }) => urgent.has(kind))) {
        await addJobs(client, [deliverJob(conversation.id)])
      }
    }
    return []
  }
}

const stays: ReadonlySet<EntryKind> = new Set<EntryKind>(['conversation.started', 'conversation.merged'])
const goesElsewhere = (entry: Entry): boolean =>
  entry.kind === 'message.sent' ? entry.body.via !== undefined : !stays.has(entry.kind)

/** From here on the customer's answers through this identity come back to this conversation. */
async function continueThrough(client: pg.ClientBase, identityId: string, id: string, now: Date): Promise<void> {
  await client.query(
    'update continued_conversations set current = false where identity_id = $1 and current and conversation_id <> $2',
    [identityId, id],
  )
  await client.query(
    `insert into continued_conversations (identity_id, conversation_id, current, since) values ($1, $2, true, $3)
     on conflict (identity_id, conversation_id) do update set current = true`,
    [identityId, id, now],
  )
}

/** Talks with us about something else at this moment: what is said by itself does not take their answers away from there. */
async function isBusy(client: pg.ClientBase, identityId: string): Promise<boolean> {
  const { rows } = await client.query(
    `select from conversations where identity_id = $1 and state <> 'closed'
     union all select from continued_conversations as continued join conversations on conversations.id = conversation_id
     where continued.identity_id = $1 and current and state <> 'closed' limit 1`,
    [identityId],
  )
  return rows.length > 0
}

async function continueNoMore(client: pg.ClientBase, identityId: string, id: string): Promise<void> {
  await client.query(
    'update continued_conversations set current = false where identity_id = $1 and conversation_id = $2',
    [identityId, id],
  )
}

async function isOtherWay(client: pg.ClientBase, identityId: string, id: string): Promise<boolean> {
  const { rowCount } = await client.query('select from conversations where id = $1 and identity_id <> $2', [
    id,
    identityId,
  ])
  return rowCount === 1
}

async function follow(client: pg.ClientBase, conversation: Conversation, entry: Entry, now: Date): Promise<void> {
  switch (entry.kind) {
    case 'conversation.started':
      // From here on its messages are queued until the provider has them.
      await client.query('update conversations set sent_seq = coalesce(sent_seq, 0) where id = $1', [conversation.id])
      return
    case 'conversation.merged':
      if (entry.body.undone) await continueNoMore(client, conversation.identityId, entry.body.intoId)
      else if (await isOtherWay(client, conversation.identityId, entry.body.intoId))
        await continueThrough(client, conversation.identityId, entry.body.intoId, now)
      return
    case 'message.sent':
      if (entry.body.elsewhere) return
      const way = entry.body.via ?? conversation
      await client.query(
        `insert into deliveries (entry_id, conversation_id, seq, public_seq, inbox_id, identity_id, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [entry.id, conversation.id, entry.seq, entry.publicSeq, way.inboxId, way.identityId, now],
      )
      if (entry.body.content.type === 'mail') {
        const people = recipientsOf(entry.body.content).map((address) => ({ address, how: 'written-to' as const }))
        await addPeople(client, conversation.id, people, now)
      }
      if (entry.body.via && !(entry.body.notice && (await isBusy(client, way.identityId))))
        await continueThrough(client, way.identityId, conversation.id, now)
      return
    case 'message.resent':
      // Of one that is half there the rest is sent. All was taken: it came back later, and goes out once more as a whole, or
      // to those of its recipients who do not have it.
      await client.query(
        `with half as (select count(*) filter (where state = 'accepted') between 1 and count(*) - 1 as is_there
           from delivery_parts where entry_id = $1),
         again as (update deliveries set state = 'waiting', round = round + 1, attempts = 0, next_attempt_at = null,
           trying_since = null, problem = null, changed_at = $2, only_to = $3, allowance = case when half.is_there then allowance end from half
           where entry_id = $1 and (state in ('failed', 'unknown', 'dismissed') or state = 'done' and $3::text[] is not null) returning entry_id, half.is_there)
         update delivery_parts set state = 'waiting', problem = null, spent = '[]' from again
         where delivery_parts.entry_id = again.entry_id and not (again.is_there and state = 'accepted')`,
        [entry.body.targetId, now, entry.body.recipients ?? null],
      )
      return
    case 'message.dismissed':
      await client.query(
        `update deliveries set state = 'dismissed', changed_at = $2 where entry_id = $1 and state in ('failed', 'unknown')`,
        [entry.body.targetId, now],
      )
      return
    case 'message.reacted':
      if (entry.author.type === 'contact') return
      // In web chat nobody but the page has to know.
      await client.query(
        `insert into delivery_changes (entry_id, conversation_id, seq, target_id, kind, created_at)
         select $1, $2, $3, $4, 'react', $5 where exists (
           select from channel_messages where entry_id = $4 and not ours)`,
        [entry.id, conversation.id, entry.seq, entry.body.targetId, now],
      )
      return
    case 'message.edited':
    case 'message.recalled':
      // What customers do to their messages is not ours to tell.
      if (entry.author.type === 'contact') return
      await client.query(
        `with withdrawn as (
           update deliveries as delivery set state = 'dismissed', changed_at = $6
           where entry_id = $2 and state = 'waiting' and $5 = 'recall' and not exists (
             select from delivery_parts as part where part.entry_id = $2 and part.state not in ('waiting', 'failed'))
           returning entry_id
         )
         insert into delivery_changes (entry_id, conversation_id, seq, target_id, kind, created_at)
         select $1, $3, $4, entry_id, $5, $6 from deliveries
         where entry_id = $2 and not exists (select from withdrawn)`,
        [
          entry.id,
          entry.body.targetId,
          conversation.id,
          entry.seq,
          entry.kind === 'message.edited' ? 'edit' : 'recall',
          now,
        ],
      )
      return
    default:
  }
}
