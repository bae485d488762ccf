import { type CapacityProfile, capacityProfile } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import { nextVersion, versionOf } from '#inboxes'
import type { Database } from '#platform/database/connect'
import type { CapacityProfiles } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { uniquely } from './unique-name.ts'

export type ProfileFields = Omit<CapacityProfile, 'id' | 'version' | 'changedAt' | 'changedBy'>

const target = (id: string) => ({ type: 'capacity-profile', id })
const twice = 'Somebody else made another profile the standard at the same time'

const toProfile = (row: Selectable<CapacityProfiles>): CapacityProfile =>
  capacityProfile.parse({
    id: row.id,
    name: row.name,
    standard: row.standard,
    units: row.units,
    channels: row.channels,
    pickMarginUnits: row.pick_margin_units,
    ...versionOf(row),
  })

export async function readProfiles(tx: Database): Promise<CapacityProfile[]> {
  const rows = await tx.selectFrom('capacity_profiles').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(toProfile)
}

export async function createProfile(
  tx: Database,
  by: Actor,
  fields: ProfileFields,
  now: Date,
): Promise<CapacityProfile> {
  const id = uuidv7()
  if (fields.standard) await clearStandard(tx, id)
  const row = await uniquely(twice, () =>
    tx
      .insertInto('capacity_profiles')
      .values({ id, ...toColumns(fields), created_at: now })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  await recordAudit(tx, by, 'capacity-profile.created', target(id), { ...fields }, now)
  return toProfile(row)
}

/** Throws `changed-meanwhile`, and `conflict` for the standard one that would be standard no more. */
export async function updateProfile(
  tx: Database,
  by: Actor,
  id: string,
  { version, ...fields }: ProfileFields & { version: number },
  now: Date,
): Promise<CapacityProfile> {
  const before = await lockProfile(tx, id)
  if (before.standard && !fields.standard) throw mustBeOne()
  if (fields.standard) await clearStandard(tx, id)
  const row = await uniquely(twice, () =>
    tx
      .updateTable('capacity_profiles')
      .set({ ...toColumns(fields), ...nextVersion(by, now) })
      .where('id', '=', id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst(),
  )
  if (!row) throw new AppError('changed-meanwhile')
  await recordAudit(tx, by, 'capacity-profile.changed', target(id), { ...fields }, now)
  return toProfile(row)
}

export async function deleteProfile(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const { name, standard } = await lockProfile(tx, id)
  if (standard) throw mustBeOne()
  await tx.deleteFrom('capacity_profiles').where('id', '=', id).execute()
  await recordAudit(tx, by, 'capacity-profile.deleted', target(id), { name }, now)
}

async function lockProfile(tx: Database, id: string): Promise<Selectable<CapacityProfiles>> {
  const row = await tx.selectFrom('capacity_profiles').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new AppError('not-found')
  return row
}

/** Of several that become the standard at once the index lets one through. */
const clearStandard = (tx: Database, exceptId: string) =>
  tx
    .updateTable('capacity_profiles')
    .set({ standard: false })
    .where('standard', '=', true)
    .where('id', '<>', exceptId)
    .execute()

const mustBeOne = (): AppError =>
  new AppError('conflict', { detail: 'One profile is the standard: make another one the standard first' })

const toColumns = ({ name, standard, units, channels, pickMarginUnits }: ProfileFields) => ({
  name,
  standard,
  units,
  channels: JSON.stringify(channels),
  pick_margin_units: pickMarginUnits,
})
