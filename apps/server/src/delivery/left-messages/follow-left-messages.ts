import {
  acknowledgementText,
  type AnswerBy,
  type Conversation,
  type Entry,
  type EntryOf,
  type InboxSettings,
  inboxSettings,
} from '@qiao/protocol'
import type pg from 'pg'
import type { FollowAppends } from '#conversations'
import { addJobs } from '#platform/jobs/jobs'
import { acknowledgeLeftJob } from './acknowledge-left.ts'
import { answeringInbox } from './answer-ways.ts'

/**
 * By which way a message that was left may be answered, and that its writer is told there, belongs to the commit that stores
 * it: a repeat finds both done.
 */
export const followLeftMessages: FollowAppends = async (client, appended, now) => {
  for (const { conversation, entries } of appended)
    for (const entry of entries) {
      const wish = wishOf(entry)
      if (wish && entry.kind === 'message.received') await follow(client, conversation, entry, wish, now)
    }
  return []
}

const wishOf = (entry: Entry): AnswerBy | null =>
  entry.kind === 'message.received' && entry.body.content.type === 'left-message' ? entry.body.content.answerBy : null

async function follow(
  client: pg.ClientBase,
  conversation: Conversation,
  { id: entryId }: EntryOf<'message.received'>,
  wish: AnswerBy,
  now: Date,
): Promise<void> {
  // The last wish counts; who wants the answer here after all has none any more.
  await client.query('update answer_ways set current = false where conversation_id = $1 and current', [conversation.id])
  if (wish.way === 'chat') return
  const { rows } = await client.query<{ settings: unknown; language: string | null; company: string }>(
    `select settings, language, organisation.name as company from inboxes, contacts, organisation
     where inboxes.id = $1 and contacts.id = $2`,
    [conversation.inboxId, conversation.contactId],
  )
  const [row] = rows
  const settings = inboxSettings.parse(row?.settings ?? {})
  const identityId = await keepWay(client, conversation.id, wish, settings, now)
  if (identityId === null || !settings.offline.acknowledge) return
  const values = { number: conversation.number, company: row?.company ?? '' }
  const text = acknowledgementText(settings, conversation.language ?? row?.language ?? null, values)
  await addJobs(client, [acknowledgeLeftJob({ conversationId: conversation.id, entryId, identityId, text })])
}

async function keepWay(
  client: pg.ClientBase,
  conversationId: string,
  { way, address }: Exclude<AnswerBy, { way: 'chat' }>,
  settings: InboxSettings,
  now: Date,
): Promise<string | null> {
  const { rows } = await client.query<{ identity_id: string }>(
    `insert into answer_ways (conversation_id, identity_id, current, since)
     select $1, id, true, $4 from identities where inbox_id = $2 and address = $3
     on conflict (conversation_id, identity_id) do update set current = true, since = excluded.since
     returning identity_id`,
    [conversationId, answeringInbox({ settings }, way), address, now],
  )
  return rows[0]?.identity_id ?? null
}
