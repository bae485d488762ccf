import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { VerifiedIdentity } from '#inboxes'
import { hashToken } from '#platform/crypto'
import type { Database } from '#platform/database/connect'

/** Who signed in, and until when it counts. */
export interface Admitted {
  person: VerifiedIdentity
  until: string
}

/** A sign-in under way: from leaving for the provider until the page has taken up the session. */
export interface Attempt {
  id: string
  nonce: string
  codeVerifier: string
}

/** Who of those that may stand at a provider's password page comes back. */
const leaveMs = 15 * 60_000
/** From the answer of the provider until our page, which is there already, asks. */
const takeMs = 2 * 60_000

interface Begun {
  inboxId: string
  state: string
  browser: string
  nonce: string
  codeVerifier: string
}

export async function keepAttempt(db: Database, begun: Begun, now: Date): Promise<void> {
  await sql`delete from sign_in_attempts where expires_at < ${now}`.execute(db)
  await sql`
    insert into sign_in_attempts (id, inbox_id, state_hash, browser_hash, nonce, code_verifier, expires_at)
    values (${uuidv7()}, ${begun.inboxId}, ${hashToken(begun.state)}, ${hashToken(begun.browser)}, ${begun.nonce},
      ${begun.codeVerifier}, ${new Date(now.getTime() + leaveMs)})`.execute(db)
}

/** The attempt that this browser began at this inbox, once. Before the provider is asked, so that a repeat asks nobody. */
export async function useAttempt(
  db: Database,
  answer: { inboxId: string; state: string; browser: string },
  now: Date,
): Promise<Attempt | null> {
  const { rows } = await sql<Attempt>`
    update sign_in_attempts set used_at = ${now}
    where state_hash = ${hashToken(answer.state)} and browser_hash = ${hashToken(answer.browser)}
      and inbox_id = ${answer.inboxId} and used_at is null and expires_at > ${now}
    returning id, nonce, code_verifier as "codeVerifier"`.execute(db)
  return rows[0] ?? null
}

export async function keepAdmitted(db: Database, id: string, admitted: Admitted, now: Date): Promise<void> {
  await sql`
    update sign_in_attempts set admitted = ${JSON.stringify(admitted)}, expires_at = ${new Date(now.getTime() + takeMs)}
    where id = ${id}`.execute(db)
}

/** Who has just signed in with this browser, once. */
export async function takeAdmitted(
  db: Database,
  { inboxId, browser }: { inboxId: string; browser: string },
  now: Date,
): Promise<Admitted | null> {
  const { rows } = await sql<{ admitted: Admitted }>`
    delete from sign_in_attempts
    where browser_hash = ${hashToken(browser)} and inbox_id = ${inboxId} and admitted is not null and expires_at > ${now}
    returning admitted, used_at`.execute(db)
  return rows.at(-1)?.admitted ?? null
}
