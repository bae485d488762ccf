import { sql } from 'kysely'
import { hashToken } from '#platform/crypto'
import { AppError } from '#platform/errors'
import { mergeByProof } from './merge-by-proof.ts'
import type { MergingDeps } from './merging-deps.ts'

const keptDays = 2

interface Bound {
  bound: boolean
  /** Whose the identity is now. */
  contactId: string
  /** For which it was made. */
  madeFor: string
}

/**
 * Somebody opened a link that was made for an identity of another channel: one person. It works once; the same identity
 * may show it again. Throws `bind-link-invalid`; not `bound` where the two stay apart.
 */
export async function bind(deps: MergingDeps, token: string, identityId: string): Promise<Bound> {
  const now = deps.clock.now()
  const madeFor = deps.bindLinks.read(token, now)
  if (madeFor === null) throw new AppError('bind-link-invalid')
  const { rows } = await sql<{ identity_id: string }>`
    insert into bind_uses (token_hash, identity_id, used_at) values (${hashToken(token)}, ${identityId}, ${now})
    on conflict (token_hash) do update set token_hash = excluded.token_hash returning identity_id`.execute(deps.db)
  await sql`
    delete from bind_uses where used_at < ${new Date(now.getTime() - keptDays * 86_400_000)}`.execute(deps.db)
  if (rows[0]?.identity_id !== identityId) throw new AppError('bind-link-invalid')
  const bound = (await mergeByProof(deps, [madeFor, identityId], 'link')) !== 'refused'
  const { contact_id: contactId } = await deps.db
    .selectFrom('identities')
    .select('contact_id')
    .where('id', '=', identityId)
    .executeTakeFirstOrThrow()
  return { bound, contactId, madeFor }
}
