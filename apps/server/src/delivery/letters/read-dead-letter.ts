import { deliveryProblem, type OutputOf, type readDeadLetter as endpoint } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { requireChannel } from '../accounts/account-view.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { letterName } from './letter-name.ts'

/** Also once it is none any more: whoever replayed it wants to know what became of it. */
export async function readDeadLetter(
  deps: ChannelDeps,
  inboxId: string,
  letterId: string,
): Promise<OutputOf<typeof endpoint>> {
  await requireChannel(deps, inboxId)
  const { direction, id } = letterName(letterId)
  if (direction === 'in') {
    const row = await deps.db
      .selectFrom('channel_events')
      .select(['state', 'reason'])
      .where('id', '=', Number(id))
      .where('inbox_id', '=', inboxId)
      .executeTakeFirst()
    if (!row) throw new AppError('not-found')
    return { id: letterId, state: stateOf(row.state), reason: row.reason, problem: null }
  }
  const row = await deps.db
    .selectFrom('deliveries')
    .select(['state', 'problem'])
    .where('entry_id', '=', id)
    .where('inbox_id', '=', inboxId)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found')
  const problem = row.problem === null ? null : deliveryProblem.parse(row.problem)
  return { id: letterId, state: stateOf(row.state), reason: null, problem }
}

const states = ['waiting', 'done', 'failed', 'unknown', 'dismissed'] as const
const stateOf = (state: string): (typeof states)[number] => states.find((known) => known === state) ?? 'waiting'
