import {
  type Conversation,
  type Entry,
  type EntryOf,
  type InboxSettings,
  inboxSettings,
  type LeftMessage,
} from '@qiao/protocol'
import type pg from 'pg'
import type { AppendCommand, FollowAppends } from '#conversations'
import { addJobs } from '#platform/jobs/jobs'
import { acknowledgeLeftJob } from './acknowledge-left.ts'
import { answeringInbox } from './answer-ways.ts'
import { wordsForLeft } from './left-words.ts'

interface Left {
  conversation: Conversation
  entry: EntryOf<'message.received'>
  content: LeftMessage
}

/**
 * What follows from a message that was left belongs to the commit that stores it: by which way it may be answered, and that
 * its writer is told. A repeat of the same message finds both done.
 */
export const followLeftMessages: FollowAppends = async (client, appended, now) => {
  const commands: AppendCommand[] = []
  for (const { conversation, entries } of appended)
    for (const entry of entries) {
      const content = contentOf(entry)
      if (content && entry.kind === 'message.received')
        commands.push(...(await follow(client, { conversation, entry, content }, now)))
    }
  return commands
}

const contentOf = (entry: Entry): LeftMessage | null =>
  entry.kind === 'message.received' && entry.body.content.type === 'left-message' ? entry.body.content : null

async function follow(client: pg.ClientBase, left: Left, now: Date): Promise<AppendCommand[]> {
  const { conversation, entry } = left
  const { rows } = await client.query<{ settings: unknown; language: string | null }>(
    `select settings, language from inboxes, contacts where inboxes.id = $1 and contacts.id = $2`,
    [conversation.inboxId, conversation.contactId],
  )
  const [row] = rows
  if (!row) return []
  const settings = inboxSettings.parse(row.settings)
  const identityId = await keepWay(client, left, settings, now)
  if (!settings.offline.acknowledge) return []
  const text = wordsForLeft(settings, conversation.language ?? row.language, conversation.number)
  if (identityId !== null)
    await addJobs(client, [
      acknowledgeLeftJob({ conversationId: conversation.id, entryId: entry.id, identityId, text }),
    ])
  return [
    {
      conversationId: conversation.id,
      clientKey: `left:${entry.id}`,
      author: { type: 'system' },
      decide: () => [{ kind: 'message.sent', body: { content: { type: 'text', text, markup: 'none' }, notice: true } }],
    },
  ]
}

/** The last wish counts; who wants the answer here after all has none any more. */
async function keepWay(
  client: pg.ClientBase,
  { conversation, content: { answerBy } }: Left,
  settings: InboxSettings,
  now: Date,
): Promise<string | null> {
  await client.query('update answer_ways set current = false where conversation_id = $1 and current', [conversation.id])
  const inboxId = answeringInbox({ settings }, answerBy.way)
  if (answerBy.way === 'chat' || inboxId === null) return null
  const { rows } = await client.query<{ identity_id: string }>(
    `insert into answer_ways (conversation_id, identity_id, current, since)
     select $1, id, true, $4 from identities where inbox_id = $2 and address = $3
     on conflict (conversation_id, identity_id) do update set current = true, since = excluded.since
     returning identity_id`,
    [conversation.id, inboxId, answerBy.address, now],
  )
  return rows[0]?.identity_id ?? null
}
