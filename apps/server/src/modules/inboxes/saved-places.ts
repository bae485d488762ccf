import type { createSavedPlace, SavedPlace } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { type Actor, recordAudit } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'

/** More than that nobody picks from a list. */
const most = 200

export const readSavedPlaces = (db: Database): Promise<SavedPlace[]> =>
  db
    .selectFrom('saved_places')
    .select(['id', 'title', 'address', 'latitude', 'longitude'])
    .orderBy(sql`lower(title)`)
    .orderBy('id')
    .execute()

export async function addSavedPlace(
  tx: Database,
  by: Actor,
  fields: z.output<typeof createSavedPlace.body>,
  now: Date,
): Promise<SavedPlace> {
  const { count } = await tx
    .selectFrom('saved_places')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count >= most)
    throw new AppError('conflict', { detail: `There are ${most} already: delete one that nobody needs` })
  const place = { id: uuidv7(), ...fields }
  await tx
    .insertInto('saved_places')
    .values({ ...place, created_at: now })
    .execute()
  await recordAudit(tx, by, 'saved-place.created', target(place.id), { name: place.title }, now)
  return place
}

export async function removeSavedPlace(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const row = await tx.deleteFrom('saved_places').where('id', '=', id).returning('title').executeTakeFirst()
  if (!row) throw new AppError('not-found')
  await recordAudit(tx, by, 'saved-place.deleted', target(id), { name: row.title }, now)
}

const target = (id: string) => ({ type: 'saved-place', id })
