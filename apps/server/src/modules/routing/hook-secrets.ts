import { hkdfSync } from 'node:crypto'
import type { HookSecret } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import type { Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import { newSecret, secretFrom } from '#platform/webhook-signature'
import { requireQueue } from './save-queue.ts'

/** What the endpoints of queues check our questions with. */
export interface HookSecrets {
  /** Those that sign now, the newest first. */
  read(db: Database, queueId: string, now: Date): Promise<{ secret: string; expiresAt: Date | null }[]>
  /** Makes a new one; the older ones sign for so many hours more, those ending sooner until then. */
  rotate(tx: Database, by: Actor, wanted: { queueId: string; keepOldHours: number }, now: Date): Promise<HookSecret>
}

const hourMs = 3_600_000
const purposeOf = (id: string): string => `queue hook secret ${id}`

export function hookSecrets(serverSecret: string, sealer: Sealer): HookSecrets {
  /** Of queues whose secret was never changed; made of the server's own, so that there is nothing to store. */
  const first = (queueId: string): string =>
    secretFrom(Buffer.from(hkdfSync('sha256', serverSecret, queueId, 'qiao routing hook v1', 32)))

  async function read(db: Database, queueId: string, now: Date) {
    const rows = await db
      .selectFrom('queue_hook_secrets')
      .selectAll()
      .where('queue_id', '=', queueId)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute()
    if (rows.length === 0) return [{ secret: first(queueId), expiresAt: null }]
    return rows.map((row) => ({ secret: sealer.open(row.value, purposeOf(row.id)), expiresAt: row.expires_at }))
  }

  async function keep(tx: Database, queueId: string, secret: string, createdAt: Date, expiresAt: Date | null) {
    const id = uuidv7()
    const value = sealer.seal(secret, purposeOf(id))
    const row = { id, queue_id: queueId, value, created_at: createdAt, expires_at: expiresAt }
    await tx.insertInto('queue_hook_secrets').values(row).execute()
  }

  return {
    read,
    async rotate(tx, by, { queueId, keepOldHours }, now) {
      const { createdAt } = await requireQueue(tx, queueId)
      // Two at once follow each other: the second finds what the first made.
      await tx.selectFrom('queues').select('id').where('id', '=', queueId).forUpdate().execute()
      const end = new Date(now.getTime() + keepOldHours * hourMs)
      const known = await tx.selectFrom('queue_hook_secrets').select('id').where('queue_id', '=', queueId).execute()
      if (known.length === 0) await keep(tx, queueId, first(queueId), new Date(createdAt), end)
      await tx
        .updateTable('queue_hook_secrets')
        .set({ expires_at: end })
        .where('queue_id', '=', queueId)
        .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', end)]))
        .execute()
      await tx.deleteFrom('queue_hook_secrets').where('queue_id', '=', queueId).where('expires_at', '<=', now).execute()
      await keep(tx, queueId, newSecret(), now, null)
      await recordAudit(tx, by, 'queue.hook-secret-made', { type: 'queue', id: queueId }, { keepOldHours }, now)
      return toHookSecret(await read(tx, queueId, now))
    },
  }
}

export function toHookSecret(valid: Awaited<ReturnType<HookSecrets['read']>>): HookSecret {
  const [newest] = valid
  if (!newest) throw new Error('a queue has no secret')
  const ends = valid.flatMap(({ expiresAt }) => expiresAt ?? [])
  const last = ends.toSorted((a, b) => b.getTime() - a.getTime())[0]
  return { secret: newest.secret, olderUntil: last?.toISOString() ?? null }
}
