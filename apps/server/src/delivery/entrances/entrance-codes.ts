import { randomBytes } from 'node:crypto'
import { type Entrance, isProblem, type Problem } from '@qiao/channels'
import type { EntranceCode, EntranceLeads } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Actor } from '#access'
import { bindTokenIn } from '#merging'
import { currentQueue } from '#routing'
import type { Database } from '#platform/database/connect'
import type { EntranceCodes } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { requireAccount } from '../accounts/account-view.ts'
import { cleaner, contextOf } from '../accounts/context.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { mustLead } from './leads.ts'

/** The list is read as a whole, and each of them costs one at the provider. */
const most = 500

interface Made {
  code: EntranceCode | null
  problem: Problem | null
}

const toCode = (row: Selectable<EntranceCodes>): EntranceCode => ({
  id: row.id,
  name: row.name,
  parameter: row.parameter,
  url: row.url,
  as: row.shape === 'code' ? 'code' : 'link',
  endsAt: row.ends_at?.toISOString() ?? null,
  leadsTo: { queueId: row.queue_id, teamId: row.team_id, agentNumber: row.wants_agent },
  madeAt: row.made_at.toISOString(),
  madeBy: row.made_by,
})

const known = (db: Database, inboxId: string) =>
  db
    .selectFrom('entrance_codes')
    .selectAll()
    .select(currentQueue('queue_id').as('queue_id'))
    .where('inbox_id', '=', inboxId)

export async function listCodes(db: Database, inboxId: string): Promise<EntranceCode[]> {
  const rows = await known(db, inboxId).orderBy('made_at', 'desc').orderBy('id', 'desc').execute()
  return rows.map(toCode)
}

export async function findCode(db: Database, inboxId: string, id: string): Promise<EntranceCode | null> {
  const row = await known(db, inboxId).where('id', '=', id).executeTakeFirst()
  return row ? toCode(row) : null
}

export async function createCode(
  deps: ChannelDeps,
  inboxId: string,
  {
    name,
    parameter = randomBytes(6).toString('base64url'),
    leadsTo,
  }: { name: string; parameter?: string | undefined; leadsTo: EntranceLeads },
  by: Actor,
): Promise<Made> {
  // A link of ours with a token in it is for one customer, and good for minutes.
  if (bindTokenIn(parameter) !== null) throw new AppError('conflict', { detail: 'This parameter has another use' })
  const others = await listCodes(deps.db, inboxId)
  if (others.some((code) => code.parameter === parameter))
    throw new AppError('conflict', { detail: 'The inbox has a code with this parameter' })
  if (others.length >= most) throw new AppError('conflict', { detail: `An inbox has ${most} codes at most` })
  await mustLead(deps.db, leadsTo)
  const entrance = await askFor(deps, inboxId, parameter)
  if (isProblem(entrance)) return { code: null, problem: entrance }
  const { url, as: shape, endsAt } = entrance
  const row = await deps.db
    .insertInto('entrance_codes')
    .values({
      id: uuidv7(),
      inbox_id: inboxId,
      name,
      parameter,
      url,
      shape,
      ends_at: endsAt,
      ...rowOf(leadsTo),
      made_at: deps.clock.now(),
      made_by: by?.agentId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new AppError('conflict', { detail: 'The inbox has a code with this parameter' })
  return { code: toCode(row), problem: null }
}

const rowOf = ({ queueId, teamId, agentNumber }: EntranceLeads) => ({
  queue_id: queueId,
  team_id: teamId,
  wants_agent: agentNumber,
})

export async function updateCode(
  db: Database,
  inboxId: string,
  id: string,
  { name, leadsTo }: Pick<EntranceCode, 'name' | 'leadsTo'>,
): Promise<EntranceCode> {
  await mustLead(db, leadsTo)
  const row = await db
    .updateTable('entrance_codes')
    .set({ name, ...rowOf(leadsTo) })
    .where('inbox_id', '=', inboxId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new AppError('not-found')
  return toCode(row)
}

export async function renewCode(deps: ChannelDeps, inboxId: string, id: string): Promise<Made> {
  const code = await findCode(deps.db, inboxId, id)
  if (!code) throw new AppError('not-found')
  const entrance = await askFor(deps, inboxId, code.parameter)
  if (isProblem(entrance)) return { code: null, problem: entrance }
  const { url, as: shape, endsAt } = entrance
  const row = await deps.db
    .updateTable('entrance_codes')
    .set({ url, shape, ends_at: endsAt })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new AppError('not-found')
  return { code: toCode(row), problem: null }
}

export async function deleteCode(db: Database, inboxId: string, id: string): Promise<EntranceCode | null> {
  const row = await db
    .deleteFrom('entrance_codes')
    .where('inbox_id', '=', inboxId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row ? toCode(row) : null
}

async function askFor(deps: ChannelDeps, inboxId: string, parameter: string): Promise<Entrance | Problem> {
  const account = await requireAccount(deps, inboxId)
  const { channel, secrets } = account
  if (!channel.entrance) throw new AppError('conflict', { detail: 'This channel has no links that carry a parameter' })
  return cleaner(secrets)(await channel.entrance(parameter, contextOf(deps, account)))
}
