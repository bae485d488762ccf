import { sql } from 'kysely'
import { readInbox } from '#inboxes'
import { surveyOf } from './close.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideSilence, decideWake } from './rules.ts'

const perRun = 500

/** Wakes what was put away until now. The key holds the time, so a second process does it once. */
export async function wakeDueConversations(deps: ConversationDeps): Promise<void> {
  const { rows } = await sql<{ id: string; snoozed_until: Date }>`
    select id, snoozed_until from conversations
    where state = 'snoozed' and snoozed_until <= ${deps.clock.now()} order by snoozed_until limit ${perRun}`.execute(
    deps.db,
  )
  for (const row of rows) {
    await deps.appender.append({
      conversationId: row.id,
      clientKey: `wake:${row.snoozed_until.getTime()}`,
      author: { type: 'system' },
      decide: (conversation, now) =>
        conversation.snoozedUntil !== null && Date.parse(conversation.snoozedUntil) <= now.getTime()
          ? decideWake(conversation, 'time')
          : [],
    })
  }
}

/** Warns customers who fell silent, then closes; only in inboxes that ask for it. */
export async function tendSilentConversations(deps: ConversationDeps): Promise<void> {
  const now = deps.clock.now()
  const { rows } = await sql<{ id: string; inbox_id: string; last_activity_at: Date; silence_warned_at: Date | null }>`
    select conversation.id, conversation.inbox_id, conversation.last_activity_at, conversation.silence_warned_at
    from conversations as conversation join inboxes as inbox on inbox.id = conversation.inbox_id
    where conversation.state = 'open' and conversation.waiting_since is null and conversation.undelivered = '{}'
      and (inbox.settings #>> '{autoClose,enabled}')::boolean
      and coalesce(conversation.silence_warned_at, conversation.last_activity_at) < ${new Date(now.getTime() - 30_000)}
    order by conversation.last_activity_at limit ${perRun}`.execute(deps.db)
  for (const row of rows) {
    const inbox = await readInbox(deps.db, row.inbox_id)
    if (!inbox) continue
    const survey = await surveyOf(deps.db, row.inbox_id)
    const stage = row.silence_warned_at
      ? `close:${row.silence_warned_at.getTime()}`
      : `warn:${row.last_activity_at.getTime()}`
    await deps.appender.append({
      conversationId: row.id,
      clientKey: `silence:${stage}`,
      author: { type: 'system' },
      decide: (conversation, at) => {
        const entries = decideSilence(conversation, inbox.settings.autoClose, at)
        const closes = entries.some((entry) => entry.kind === 'conversation.closed')
        return closes && survey ? [...entries, { kind: 'survey.requested', body: survey }] : entries
      },
    })
  }
}
