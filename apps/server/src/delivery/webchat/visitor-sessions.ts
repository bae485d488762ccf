import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'

const hash = (token: string): Buffer => createHash('sha256').update(token).digest()

export type Ended = 'logged-out' | 'identified' | 'blocked' | 'expired'

/** Gives a new visitor token. Only its hash is kept: a copy of the database opens no chat. */
export async function issueVisitorToken(
  db: Database,
  owner: { contactId: string; identityId: string; inboxId: string; wantsAgent: string | null },
  now: Date,
): Promise<{ token: string }> {
  const token = `qv_${randomBytes(32).toString('base64url')}`
  await sql`
    insert into visitor_sessions
      (id, token_hash, contact_id, identity_id, inbox_id, wants_agent, created_at, last_used_at)
    values (${uuidv7()}, ${hash(token)}, ${owner.contactId}, ${owner.identityId}, ${owner.inboxId}, ${owner.wantsAgent},
      ${now}, ${now})`.execute(db)
  return { token }
}

interface SessionRow {
  id: string
  contact_id: string
  identity_id: string
  inbox_id: string
  wants_agent: string | null
  verified: boolean
  ended_at: Date | null
  blocked_at: Date | null
}

/** Throws `visitor-token-invalid` or `contact-blocked`. */
export async function resolveVisitorToken(db: Database, token: string): Promise<VisitorPrincipal> {
  const { rows } = await sql<SessionRow>`
    select session.id, session.contact_id, session.identity_id, session.inbox_id, session.wants_agent, session.ended_at,
      contact.blocked_at, identity.verified
    from visitor_sessions as session
    join contacts as contact on contact.id = session.contact_id
    join identities as identity on identity.id = session.identity_id
    where session.token_hash = ${hash(token)}`.execute(db)
  const [row] = rows
  if (!row || row.ended_at) throw new AppError('visitor-token-invalid')
  if (row.blocked_at) throw new AppError('contact-blocked')
  return {
    type: 'visitor',
    sessionId: row.id,
    contactId: row.contact_id,
    identityId: row.identity_id,
    inboxId: row.inbox_id,
    verified: row.verified,
    wantsAgent: row.wants_agent,
  }
}

export async function endVisitorSessions(
  db: Database,
  which: { sessionId: string } | { contactId: string },
  reason: Ended,
  now: Date,
): Promise<void> {
  const condition = 'sessionId' in which ? sql`id = ${which.sessionId}` : sql`contact_id = ${which.contactId}`
  await sql`
    update visitor_sessions set ended_at = ${now}, ended_reason = ${reason} where ended_at is null and ${condition}`.execute(
    db,
  )
}

/** Of these sessions those that are over, and why: for whoever may have missed hearing of it. */
export async function findEndedSessions(db: Database, sessionIds: readonly string[]): Promise<Map<string, Ended>> {
  const { rows } = await sql<{ id: string; reason: Ended }>`
    select session.id, coalesce(session.ended_reason, 'blocked') as reason
    from visitor_sessions as session join contacts as contact on contact.id = session.contact_id
    where session.id = any(${[...sessionIds]}::uuid[]) and (session.ended_at is not null or contact.blocked_at is not null)`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.reason]))
}
