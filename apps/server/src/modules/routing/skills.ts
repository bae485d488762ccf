import type { Skill } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import { nextVersion } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { withoutSkill } from './queue-references.ts'
import { readQueues } from './queue-row.ts'
import { uniquely } from './unique-name.ts'

const sameName = 'There is a skill of this name'
const target = (id: string) => ({ type: 'skill', id })

export const readSkills = (tx: Database): Promise<Skill[]> =>
  tx.selectFrom('skills').select(['id', 'name']).orderBy('name').orderBy('id').execute()

export async function createSkill(tx: Database, by: Actor, { name }: Omit<Skill, 'id'>, now: Date): Promise<Skill> {
  const id = uuidv7()
  await uniquely(sameName, () => tx.insertInto('skills').values({ id, name, created_at: now }).execute())
  await recordAudit(tx, by, 'skill.created', target(id), { name }, now)
  return { id, name }
}

export async function renameSkill(tx: Database, by: Actor, { id, name }: Skill, now: Date): Promise<Skill> {
  const { numUpdatedRows } = await uniquely(sameName, () =>
    tx.updateTable('skills').set({ name }).where('id', '=', id).executeTakeFirst(),
  )
  if (numUpdatedRows === 0n) throw new AppError('not-found')
  await recordAudit(tx, by, 'skill.changed', target(id), { name }, now)
  return { id, name }
}

/** Neither queues nor who already waits ask for it any more: nobody could ever have it again. */
export async function deleteSkill(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const row = await tx.deleteFrom('skills').where('id', '=', id).returning('name').executeTakeFirst()
  if (!row) throw new AppError('not-found')
  for (const queue of await readQueues(tx)) {
    const settings = JSON.stringify(withoutSkill(queue.settings, id))
    if (settings === JSON.stringify(queue.settings)) continue
    await tx
      .updateTable('queues')
      .set({ settings: sql`${settings}::jsonb`, ...nextVersion(by, now) })
      .where('id', '=', queue.id)
      .execute()
  }
  await sql`
    update work_items set steps = (
      select jsonb_agg(jsonb_set(step, '{needs}', coalesce((
        select jsonb_agg(need) from jsonb_array_elements(step->'needs') as need where need->>'skill' <> ${id}
      ), '[]')) order by place) from jsonb_array_elements(steps) with ordinality as asked (step, place))
    where state in ('waiting', 'offered') and steps @> ${JSON.stringify([{ needs: [{ skill: id }] }])}::jsonb`.execute(
    tx,
  )
  await recordAudit(tx, by, 'skill.deleted', target(id), { name: row.name }, now)
}
