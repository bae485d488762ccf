import type { EditVersion } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Actor } from '#access'

interface VersionColumns {
  version: number
  changed_at: Date | null
  changed_by: string | null
}

export const versionOf = ({ version, changed_at: at, changed_by: by }: VersionColumns): EditVersion => ({
  version,
  changedAt: at?.toISOString() ?? null,
  changedBy: by,
})

/** What an edit writes beside its fields. The row must be asked for by the version that the editor saw. */
export const nextVersion = (by: Actor, now: Date) => ({
  version: sql<number>`version + 1`,
  changed_at: now,
  changed_by: by?.agentId ?? null,
})
