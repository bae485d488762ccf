import {
  type Conversation,
  isLater,
  type Marks,
  type PublicAgent,
  toVisitorLastMessage,
  type VisitorConversation,
  visitorState,
} from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import { readPublicAgents } from '#access'
import { conversationColumns, type ConversationRow, toConversation, toMarks } from '#conversations'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'

export interface Shown {
  conversation: VisitorConversation
  full: Conversation
}

function present(row: ConversationRow, agents: readonly PublicAgent[]): Shown {
  const full = toConversation(row)
  const marks: Marks = toMarks(row)
  const conversation: VisitorConversation = {
    id: full.id,
    number: full.number,
    state: visitorState(full.state),
    createdAt: full.createdAt,
    lastSeq: full.lastPublicSeq,
    lastActivityAt: full.lastMessage?.at ?? full.createdAt,
    queued: full.queue !== null && !isLater(full.queue.channel),
    assignee: agents.find((agent) => agent.id === full.assigneeId) ?? null,
    lastMessage: toVisitorLastMessage(full.lastMessage),
    sentCount: full.sentCount,
    unreadCount: Math.max(0, full.sentCount - row.contact_read_count),
    marks,
    survey: full.survey && { id: full.survey.id, scale: full.survey.scale, score: full.survey.score },
  }
  return { conversation, full }
}

const mostShown = 50

/** As a condition on `conversations`. */
export const seenBy = (visitor: VisitorPrincipal): RawBuilder<boolean> =>
  visitor.verified
    ? sql<boolean>`contact_id = ${visitor.contactId} and inbox_id = ${visitor.inboxId}`
    : sql<boolean>`identity_id = ${visitor.identityId}`

/** A visitor's conversations in this inbox, newest first. */
export async function listForVisitor(db: Database, visitor: VisitorPrincipal): Promise<Shown[]> {
  const { rows } = await sql<ConversationRow>`
    select ${sql.raw(conversationColumns)} from conversations
    where ${seenBy(visitor)}
    order by created_at desc limit ${mostShown}`.execute(db)
  const agents = await readPublicAgents(
    db,
    rows.flatMap((row) => row.assignee_id ?? []),
  )
  return rows.map((row) => present(row, agents))
}

/** `not-found` for somebody else's, as for one that does not exist. */
export async function readForVisitor(db: Database, visitor: VisitorPrincipal, id: string): Promise<Shown> {
  const { rows } = await sql<ConversationRow>`
    select ${sql.raw(conversationColumns)} from conversations
    where id = ${id} and ${seenBy(visitor)}`.execute(db)
  const [row] = rows
  if (!row) throw new AppError('not-found')
  return present(row, await readPublicAgents(db, row.assignee_id ? [row.assignee_id] : []))
}
