import type { apiKey, Role } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { hashToken, randomToken } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { ApiKeys } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { AccessChange } from './access-change.ts'
import { isStronger, refused } from './agent-rules.ts'
import { type Actor, recordAudit } from './audit.ts'
import { keyPrefix } from './identify.ts'
import { toRole } from './store.ts'

export type ApiKey = z.infer<typeof apiKey>
const shownCharacters = keyPrefix.length + 6

/** The secret is given back once; only its hash is kept. A key cannot make keys, or it would outlive its own end. */
export async function createApiKey(
  tx: Database,
  by: NonNullable<Actor>,
  maker: AgentPrincipal,
  { name, role, expiresAt }: { name: string; role: Role; expiresAt: string | null },
  now: Date,
): Promise<{ key: ApiKey; secret: string }> {
  if (maker.via === 'api-key') throw new AppError('forbidden', { detail: 'An API key cannot make API keys' })
  if (isStronger(role, maker.role)) throw new AppError('forbidden', { detail: 'A key cannot do more than its maker' })
  if (expiresAt && new Date(expiresAt) <= now) throw refused('expiresAt', 'Is in the past')
  const secret = `${keyPrefix}${randomToken()}`
  const row = await tx
    .insertInto('api_keys')
    .values({
      id: uuidv7(),
      name,
      role,
      prefix: secret.slice(0, shownCharacters),
      secret_hash: hashToken(secret),
      agent_id: maker.agentId,
      created_at: now,
      expires_at: expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(tx, by, 'api-key.created', { type: 'api-key', id: row.id }, { name, role, expiresAt }, now)
  return { key: toApiKey(row), secret }
}

export async function listApiKeys(db: Database): Promise<ApiKey[]> {
  return (await db.selectFrom('api_keys').selectAll().orderBy('id', 'desc').execute()).map(toApiKey)
}

export async function revokeApiKey(tx: Database, by: Actor, id: string, now: Date): Promise<AccessChange> {
  const gone = await tx.deleteFrom('api_keys').where('id', '=', id).returning(['name', 'agent_id']).executeTakeFirst()
  if (!gone) throw new AppError('not-found')
  await recordAudit(tx, by, 'api-key.revoked', { type: 'api-key', id }, { name: gone.name }, now)
  return { agentIds: [gone.agent_id], reason: 'key-revoked' }
}

const toApiKey = (row: Selectable<ApiKeys>): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  role: toRole(row.role),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
})
