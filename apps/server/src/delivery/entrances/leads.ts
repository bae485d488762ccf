import { sql } from 'kysely'
import { refused } from '#access'
import type { EntranceLeads } from '@qiao/protocol'
import { currentQueue } from '#routing'
import type { Database } from '#platform/database/connect'

/** Where a conversation goes that starts by a code. */
export interface Lead {
  teamId: string | null
  started: { queueId?: string; wantsAgent?: string }
}
interface Came {
  inboxId: string
  identityId: string
}

const nowhere: Lead = { teamId: null, started: {} }
const isParameter = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text)

/** Somebody came by this parameter and has no conversation that goes on: the next one that starts is led by its code. */
export async function noteEntered(db: Database, { inboxId, identityId }: Came, parameter: string): Promise<void> {
  await sql`
    insert into entered_by (identity_id, code_id)
    select ${identityId}, id from entrance_codes where inbox_id = ${inboxId} and parameter = ${parameter}
      and not exists (select from conversations where identity_id = ${identityId} and state <> 'closed')
    on conflict (identity_id) do update set code_id = excluded.code_id`.execute(db)
}

/** What the message itself brought counts before how they came earlier. */
export async function readLead(db: Database, { inboxId, identityId }: Came, said: string): Promise<Lead> {
  const { rows } = await sql<{ queue_id: string | null; team_id: string | null; wants_agent: string | null }>`
    select ${currentQueue('queue_id')} as queue_id, team_id, wants_agent from entrance_codes
    where inbox_id = ${inboxId} and (parameter = ${isParameter(said) ? said : null}
      or id = (select code_id from entered_by where identity_id = ${identityId}))
    order by (parameter = ${isParameter(said) ? said : ''}) desc limit 1`.execute(db)
  const [code] = rows
  if (!code) return nowhere
  return {
    teamId: code.team_id,
    started: {
      ...(code.queue_id ? { queueId: code.queue_id } : {}),
      ...(code.wants_agent ? { wantsAgent: code.wants_agent } : {}),
    },
  }
}

export async function forgetEntered(db: Database, identityId: string): Promise<void> {
  await sql`delete from entered_by where identity_id = ${identityId}`.execute(db)
}

/** Throws `invalid-input` for one that leads to what is not there. */
export async function mustLead(db: Database, { queueId, teamId, agentNumber }: EntranceLeads): Promise<void> {
  const { rows } = await sql<{ queue: boolean; team: boolean; agent: boolean }>`
    select exists (select from queues where id = ${queueId}::uuid and deleted_at is null) as queue,
      exists (select from teams where id = ${teamId}::uuid) as team,
      exists (select from agents where number = ${agentNumber} and disabled_at is null) as agent`.execute(db)
  const [found] = rows
  if (queueId !== null && !found?.queue) throw refused('leadsTo.queueId', 'There is no such queue')
  if (teamId !== null && !found?.team) throw refused('leadsTo.teamId', 'There is no such team')
  if (agentNumber !== null && !found?.agent) throw refused('leadsTo.agentNumber', 'Nobody has this number')
}
