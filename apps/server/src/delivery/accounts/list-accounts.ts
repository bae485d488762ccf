import { deliveryProblem, type listChannelAccounts, type OutputOf } from '@qiao/protocol'
import type { ChannelDeps } from '../channel-deps.ts'
import { iso, stateOf } from './read-status.ts'

/** One row for each inbox of a channel, also for those that nobody has looked at yet. */
export async function listAccounts({ db, channels }: ChannelDeps): Promise<OutputOf<typeof listChannelAccounts>> {
  const ids = channels.map(({ about }) => about.id)
  if (ids.length === 0) return { accounts: [] }
  const rows = await db
    .selectFrom('inboxes')
    .leftJoin('channel_accounts', 'channel_accounts.inbox_id', 'inboxes.id')
    .select(['inboxes.id', 'paused_at', 'config', 'last_problem', 'last_problem_at', 'last_sent_at'])
    .select((eb) =>
      // By the index of what is not done, as the counts of a status.
      eb
        .exists(
          eb
            .selectFrom('channel_events as lost')
            .select('lost.id')
            .whereRef('lost.inbox_id', '=', 'inboxes.id')
            .where('lost.state', 'in', ['failed', 'unknown'])
            .where('lost.state', '=', 'failed'),
        )
        .$castTo<boolean>()
        .as('has_lost'),
    )
    .where('channel', 'in', ids)
    .execute()
  return {
    accounts: rows.map((row) => ({
      inboxId: row.id,
      state: stateOf(row),
      lastProblem: row.last_problem === null ? null : deliveryProblem.parse(row.last_problem),
      lastProblemAt: iso(row.last_problem_at),
    })),
  }
}
