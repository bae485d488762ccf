import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { checkTimeZone } from './agent-rules.ts'
import { recordAudit } from './audit.ts'
import { createAgent } from './create-agent.ts'

export interface Setup {
  organisationName: string
  name: string
  email: string
  password: string
  language: 'zh-CN' | 'en'
  timeZone: string
}

/** Whether anybody could sign in; until then the set-up page is shown. */
export async function isSetUp(db: Database): Promise<boolean> {
  return (await db.selectFrom('agents').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Names the organisation and makes its first administrator; works once. Throws `setup-already-done`. */
export async function createFirstAdmin(tx: Database, setup: Setup, now: Date): Promise<{ id: string }> {
  checkTimeZone(setup.timeZone)
  // The only row of the organisation is the lock: of two that set up at once the second finds the first one's agent.
  await sql`select 1 from organisation for update`.execute(tx)
  if (await isSetUp(tx)) throw new AppError('setup-already-done')
  await tx
    .updateTable('organisation')
    .set({ name: setup.organisationName, default_language: setup.language, time_zone: setup.timeZone })
    .execute()
  const { name, email, password, timeZone, language } = setup
  const admin = await createAgent(
    tx,
    { name, email, password, timeZone, role: 'admin', preferences: { language } },
    now,
  )
  await recordAudit(tx, { agentId: admin.id }, 'organisation.set-up', { type: 'agent', id: admin.id }, { email }, now)
  return admin
}
