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
  owner: {
    contactId: string
    identityId: string
    inboxId: string
    wantsAgent: string | null
    /** Of those who signed in at the company's provider. */
    until?: Date | undefined
  },
  now: Date,
): Promise<{ token: string }> {
  const token = `qv_${randomBytes(32).toString('base64url')}`
  await sql`
    insert into visitor_sessions
      (id, token_hash, contact_id, identity_id, inbox_id, wants_agent, created_at, last_used_at, expires_at)
    values (${uuidv7()}, ${hash(token)}, ${owner.contactId}, ${owner.identityId}, ${owner.inboxId}, ${owner.wantsAgent},
      ${now}, ${now}, ${owner.until ?? null})`.execute(db)
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
  expires_at: Date | null
}

/** Over by itself: a sign-in that no longer counts, and whoever never signed in where only staff may be. */
const isStale = (now: Date) => sql<boolean>`
  (session.expires_at is not null and session.expires_at <= ${now})
  or (session.expires_at is null and inbox.settings ->> 'audience' = 'staff')`

/** Throws `visitor-token-invalid` or `contact-blocked`. */
export async function resolveVisitorToken(db: Database, token: string, now: Date): Promise<VisitorPrincipal> {
  const { rows } = await sql<SessionRow & { stale: boolean }>`
    select session.id, session.contact_id, session.identity_id, session.inbox_id, session.wants_agent, session.ended_at,
      session.expires_at, contact.blocked_at, identity.verified, ${isStale(now)} as stale
    from visitor_sessions as session
    join contacts as contact on contact.id = session.contact_id
    join identities as identity on identity.id = session.identity_id
    join inboxes as inbox on inbox.id = session.inbox_id
    where session.token_hash = ${hash(token)}`.execute(db)
  const [row] = rows
  if (!row || row.ended_at || row.stale) throw new AppError('visitor-token-invalid')
  if (row.blocked_at) throw new AppError('contact-blocked')
  return {
    type: 'visitor',
    sessionId: row.id,
    contactId: row.contact_id,
    identityId: row.identity_id,
    inboxId: row.inbox_id,
    verified: row.verified,
    wantsAgent: row.wants_agent,
    until: row.expires_at,
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
export async function findEndedSessions(
  db: Database,
  sessionIds: readonly string[],
  now: Date,
): Promise<Map<string, Ended>> {
  const { rows } = await sql<{ id: string; reason: Ended }>`
    select session.id, coalesce(session.ended_reason, case when ${isStale(now)} then 'expired' else 'blocked' end) as reason
    from visitor_sessions as session
    join contacts as contact on contact.id = session.contact_id
    join inboxes as inbox on inbox.id = session.inbox_id
    where session.id = any(${[...sessionIds]}::uuid[])
      and (session.ended_at is not null or contact.blocked_at is not null or ${isStale(now)})`.execute(db)
  return new Map(rows.map((row) => [row.id, row.reason]))
}
