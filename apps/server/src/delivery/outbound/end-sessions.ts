import { isProblem } from '@qiao/channels'
import { sql } from 'kysely'
import type { FollowAppends } from '#conversations'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { messageOf } from '#platform/thrown'
import { cleaner, contextOf } from '../accounts/context.ts'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { noteSession } from '../policy/note-acts.ts'
import { createInboxChannels } from './inbox-channels.ts'

export const endSessionJob = 'end-session'

/** What is said on closing (a survey, a good-bye) is written just after it. */
const firstMs = 3_000
const againMs = 10_000
/** What has not left by then does not keep a session open. */
const longestMs = 600_000

/** In the queue of its messages: never while one of them is being sent. */
const endJob = (conversationId: string, closedAt: Date, runAt: Date): JobRequest => ({
  name: endSessionJob,
  payload: { conversationId, closedAt: closedAt.toISOString() },
  key: `end:${conversationId}`,
  queue: `deliver:${conversationId}`,
  runAt,
})

/** Closing here ends it at providers that know such a thing. */
export function followEndings(ending: ReadonlySet<string>): FollowAppends {
  const channels = createInboxChannels()
  return async (client, appended, now) => {
    for (const { conversation, entries } of appended) {
      if (ending.size === 0 || !entries.some(({ kind }) => kind === 'conversation.closed')) continue
      if (!ending.has(await channels.of(client, conversation.inboxId))) continue
      await addJobs(client, [endJob(conversation.id, now, new Date(now.getTime() + firstMs))])
    }
    return []
  }
}

interface ClosedRow {
  inbox_id: string
  identity_id: string
  address: string
  closed: boolean
  waits: boolean
  busy: boolean
}

/** Once, best effort: whoever writes again meanwhile is not cut off. */
export async function endSession(deps: ChannelDeps, conversationId: string, closedAt: Date): Promise<void> {
  const { rows } = await sql<ClosedRow>`
    select conversation.inbox_id, identity.id as identity_id, coalesce(identity.peer_address, identity.address) as address,
      conversation.state = 'closed' as closed,
      exists (select from deliveries where conversation_id = conversation.id and state = 'waiting') as waits,
      exists (select from conversations as other where other.identity_id = conversation.identity_id
        and other.state <> 'closed') as busy
    from conversations as conversation
    join identities as first on first.id = conversation.identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where conversation.id = ${conversationId} and identity.thread_key is null`.execute(deps.db)
  const [row] = rows
  if (!row?.closed || row.busy) return
  const now = deps.clock.now()
  if (row.waits && now.getTime() - closedAt.getTime() < longestMs) {
    return addJobs(deps.db, [endJob(conversationId, closedAt, new Date(now.getTime() + againMs))])
  }
  const account = await openAccount(deps, row.inbox_id)
  if (!account?.channel.ended || account.inbox.pausedAt) return
  const clean = cleaner(account.secrets)
  try {
    const ended = await account.channel.ended(row.address, contextOf(deps, account))
    if (isProblem(ended)) {
      deps.log.warn({ inboxId: row.inbox_id, problem: clean(ended) }, 'a session was not ended at the provider')
    } else if (ended.shut) await noteSession(deps, account, row.identity_id, { state: 'over', at: now.toISOString() })
  } catch (error) {
    deps.log.error(
      { inboxId: row.inbox_id, reason: clean(messageOf(error)) },
      'a session was not ended at the provider',
    )
  }
}
