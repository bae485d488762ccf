import type { Role } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { hashPassword } from './password.ts'
import { isDuplicate, setTeamsOfAgent } from './store.ts'

export interface NewAgent {
  name: string
  email: string
  role: Role
  password: string
  publicName?: string | null
  avatarUrl?: string | null
  timeZone?: string | null
  preferences?: Record<string, unknown>
  teamIds?: readonly string[]
}

/** Adds an agent who signs in with the password. Throws `email-taken`. The password is expected to be checked. */
export async function createAgent(tx: Database, agent: NewAgent, now: Date): Promise<{ id: string }> {
  const id = uuidv7()
  const at = { created_at: now, updated_at: now }
  try {
    await tx
      .insertInto('agents')
      .values({
        id,
        name: agent.name,
        email: agent.email.toLowerCase(),
        // The address is proven by the invitation that reached it, or vouched for by whoever sets the system up.
        email_verified: true,
        role: agent.role,
        public_name: agent.publicName ?? null,
        avatar_url: agent.avatarUrl ?? null,
        time_zone: agent.timeZone ?? null,
        preferences: JSON.stringify(agent.preferences ?? {}),
        ...at,
      })
      .execute()
  } catch (error) {
    throw isDuplicate(error) ? new AppError('email-taken') : error
  }
  await setPassword(tx, id, agent.password, now)
  await setTeamsOfAgent(tx, id, agent.teamIds ?? [])
  return { id }
}

/** In the form in which the sign-in library keeps a password: an account of the provider `credential`. */
export async function setPassword(tx: Database, agentId: string, password: string, now: Date): Promise<void> {
  const hash = await hashPassword(password)
  await tx
    .insertInto('auth_accounts')
    .values({
      id: uuidv7(),
      user_id: agentId,
      provider_id: 'credential',
      account_id: agentId,
      password: hash,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: hash, updated_at: now }),
    )
    .execute()
}
