import type { Problem } from '@qiao/channels'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'

const stored = z.object({ code: z.string(), detail: z.string().optional(), providerCode: z.string().optional() })
export type StoredProblem = z.infer<typeof stored>

/** This address will never work: nothing more goes there until a person says otherwise. */
export async function markUnreachable(
  db: Database,
  inboxId: string,
  address: string,
  problem: Problem,
  now: Date,
): Promise<void> {
  await sql`
    insert into unreachable_addresses (inbox_id, address, problem, at)
    values (${inboxId}, ${address}, ${JSON.stringify(problem)}::jsonb, ${now})
    on conflict (inbox_id, address) do update set problem = excluded.problem, at = excluded.at`.execute(db)
}

/** Whoever writes from there has it again. Gives whether there was anything to lift. */
export async function liftUnreachable(db: Database, inboxId: string, address: string): Promise<boolean> {
  const lifted = await db
    .deleteFrom('unreachable_addresses')
    .where('inbox_id', '=', inboxId)
    .where('address', '=', address)
    .returning('address')
    .executeTakeFirst()
  return lifted !== undefined
}

export async function findUnreachable(
  db: Database,
  inboxId: string,
  addresses: readonly string[],
): Promise<{ address: string; problem: StoredProblem }[]> {
  if (addresses.length === 0) return []
  const rows = await db
    .selectFrom('unreachable_addresses')
    .select(['address', 'problem'])
    .where('inbox_id', '=', inboxId)
    .where('address', 'in', [...addresses])
    .execute()
  return rows.map(({ address, problem }) => ({ address, problem: stored.parse(problem) }))
}
