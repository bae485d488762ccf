import { type AgentProfile, agentProfile } from '@qiao/protocol'
import { sql } from 'kysely'
import { type Actor, recordAudit, refused } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { uniquely } from './unique-name.ts'

/** Everybody who can work, whether or not they ever took part. */
export async function readAgentProfiles(tx: Database, agentId?: string): Promise<AgentProfile[]> {
  const { rows } = await sql<Omit<AgentProfile, 'changedAt'> & { changedAt: Date | null }>`
    select agents.id as "agentId", agents.number, work.profile_id as "profileId",
      coalesce(work.languages, '{}') as languages, coalesce(work.weight, 100) as weight,
      coalesce(work.profile_version, 1) as version, work.profile_changed_at as "changedAt",
      work.profile_changed_by as "changedBy",
      coalesce((select json_agg(json_build_object('skillId', skill_id, 'level', level) order by skill_id)
        from agent_skills where agent_id = agents.id), '[]') as skills
    from agents left join agent_work as work on work.agent_id = agents.id
    where ${agentId ? sql`agents.id = ${agentId}` : sql`agents.disabled_at is null`}
    order by agents.name, agents.id`.execute(tx)
  return rows.map((row) => agentProfile.parse({ ...row, changedAt: row.changedAt?.toISOString() ?? null }))
}

/**
 * Throws `conflict` for a number that somebody else has, `invalid-input` for what it names and is not there, and
 * `changed-meanwhile` when somebody else saved it since it was read.
 */
export async function updateAgentProfile(
  tx: Database,
  by: Actor,
  { agentId, skills, number, profileId, languages, weight, version }: Omit<AgentProfile, 'changedAt' | 'changedBy'>,
  now: Date,
): Promise<AgentProfile> {
  const set = { number: number === '' ? null : number }
  const agent = await uniquely('Another agent has this number', () =>
    tx.updateTable('agents').set(set).where('id', '=', agentId).returning('id').executeTakeFirst(),
  )
  if (!agent) throw new AppError('not-found')
  await mustBeProfile(tx, profileId)
  await mustBeSkills(tx, skills)
  const work = { profile_id: profileId, languages: [...new Set(languages)], weight }
  await tx
    .insertInto('agent_work')
    .values({ agent_id: agentId, since: now, idle_since: now })
    .onConflict((conflict) => conflict.column('agent_id').doNothing())
    .execute()
  const { numUpdatedRows } = await tx
    .updateTable('agent_work')
    // Written also where nothing but skills changed: the router reads again whose row was.
    .set({
      ...work,
      profile_version: version + 1,
      profile_changed_at: now,
      profile_changed_by: by?.agentId ?? null,
    })
    .where('agent_id', '=', agentId)
    .where('profile_version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('changed-meanwhile')
  await tx.deleteFrom('agent_skills').where('agent_id', '=', agentId).execute()
  if (skills.length > 0) {
    const rows = skills.map(({ skillId, level }) => ({ agent_id: agentId, skill_id: skillId, level }))
    await tx.insertInto('agent_skills').values(rows).execute()
  }
  const details = { ...set, ...work, skills }
  await recordAudit(tx, by, 'agent.routing-profile-changed', { type: 'agent', id: agentId }, details, now)
  const [profile] = await readAgentProfiles(tx, agentId)
  if (!profile) throw new AppError('not-found')
  return profile
}

async function mustBeProfile(tx: Database, id: string | null): Promise<void> {
  if (!id) return
  const row = await tx.selectFrom('capacity_profiles').select('id').where('id', '=', id).forShare().executeTakeFirst()
  if (!row) throw refused('profileId', 'There is no such capacity profile')
}

async function mustBeSkills(tx: Database, skills: AgentProfile['skills']): Promise<void> {
  if (skills.length === 0) return
  const ids = skills.map(({ skillId }) => skillId)
  const rows = await tx.selectFrom('skills').select('id').where('id', 'in', ids).forShare().execute()
  const found = new Set(rows.map(({ id }) => id))
  for (const [at, id] of ids.entries()) {
    if (!found.has(id)) throw refused(`skills.${at}.skillId`, 'There is no such skill')
    if (ids.indexOf(id) !== at) throw refused(`skills.${at}.skillId`, 'The skill is named twice')
  }
}
