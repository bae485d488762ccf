import { contentPreview } from './content-text.ts'
import type { Conversation } from './conversation.ts'
import { subjectOfLeft } from './left-message.ts'
import { type Author, type Entry, type EntryKind, type MessageEntry, publicKinds } from './entries.ts'

/**
 * The one place that says what an entry does to its conversation. The server computes its columns with it inside the
 * transaction that appends the entry, and screens apply the same entries to what they hold: both therefore agree by
 * construction, and a client that missed entries catches up by applying them.
 *
 * Entries must come in `seq` order; an older one is ignored, a gap is the caller's to notice (`isNext`).
 */
export function applyEntry(conversation: Conversation, entry: Entry): Conversation {
  if (entry.seq <= conversation.lastSeq) return conversation
  return {
    ...conversation,
    ...projectEntry(conversation, entry),
    lastSeq: entry.seq,
    lastPublicSeq: entry.publicSeq ?? conversation.lastPublicSeq,
    lastActivityAt: movesActivity.has(entry.kind) && !isNotice(entry) ? entry.at : conversation.lastActivityAt,
  }
}

export const isNext = (conversation: Conversation, entry: Entry): boolean => entry.seq === conversation.lastSeq + 1

/** A note or a tag does not push a conversation to the top of the list; something that a person should look at does. */
const movesActivity: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'conversation.started',
  'message.received',
  'message.sent',
  'message.failed',
  'message.unsure',
  'conversation.transferred',
  'conversation.queued',
  'conversation.reopened',
  'conversation.woken',
  'conversation.closed',
])

const preview = (message: MessageEntry, content = message.body.content): NonNullable<Conversation['lastMessage']> => ({
  entryId: message.id,
  from: message.author.type,
  type: content.type,
  preview: contentPreview(content),
  at: message.at,
  ...(message.kind === 'message.received' && message.body.by ? { by: message.body.by.name } : {}),
  ...(message.body.apart ? { apart: true } : {}),
})

/** A bot or an automatic text does not end the customer's wait (metrics: first response is human). */
const isHuman = (author: Author): boolean => author.type === 'agent'

/** Hides no question from those who look for it, and is no answer. */
const isNotice = (entry: Entry): boolean => entry.kind === 'message.sent' && entry.body.notice === true

/** Nobody waits for an answer to what a program wrote; by a list people write. */
const isAutomatic = ({ body: { content } }: MessageEntry): boolean =>
  content.type === 'mail' && content.automatic !== undefined && content.automatic !== 'list'

function subjectOf({ subject }: Conversation, { body: { content } }: MessageEntry): Partial<Conversation> {
  if (subject !== null) return {}
  const named =
    content.type === 'mail' ? content.subject : content.type === 'left-message' ? subjectOfLeft(content) : ''
  return named ? { subject: named } : {}
}

function projectEntry(conversation: Conversation, entry: Entry): Partial<Conversation> {
  switch (entry.kind) {
    case 'conversation.started': {
      const { splitFrom } = entry.body
      return splitFrom ? { subject: splitFrom.subject, waitingSince: splitFrom.waitingSince } : {}
    }
    case 'conversation.split':
    case 'note.added':
    case 'message.delayed':
    case 'message.retrying':
    case 'message.unsure':
    case 'message.revision-failed':
    case 'message.reacted':
    case 'contact.acted':
    case 'contact.consented':
    case 'consult.said':
    case 'whisper.added':
    case 'conversation.prioritised':
    case 'conversation.wrapped-up':
      return {}
    case 'message.failed':
      return entry.body.agentId ? { undelivered: withMissed(conversation, entry.body.targetId) } : {}
    case 'conversation.undelivered': {
      const { entryId, problem } = entry.body
      return { undelivered: problem ? withMissed(conversation, entryId) : without(conversation, entryId) }
    }
    case 'message.resent':
    case 'message.accepted':
    case 'message.dismissed':
      return { undelivered: without(conversation, entry.body.targetId) }
    case 'contact.identified':
      return { contactId: entry.body.contactId }
    case 'message.received':
      return {
        lastMessage: preview(entry),
        ...subjectOf(conversation, entry),
        receivedCount: conversation.receivedCount + 1,
        ...(isAutomatic(entry) || entry.body.elsewhere
          ? {}
          : { waitingSince: conversation.waitingSince ?? entry.at, silenceWarnedAt: null }),
      }
    case 'message.sent':
      if (isNotice(entry)) return {}
      return {
        lastMessage: preview(entry),
        ...subjectOf(conversation, entry),
        sentCount: conversation.sentCount + 1,
        ...(isHuman(entry.author)
          ? {
              waitingSince: null,
              firstReplyAt: conversation.firstReplyAt ?? entry.at,
              silenceWarnedAt: null,
              undelivered: [],
            }
          : {}),
      }
    case 'message.edited':
      return conversation.lastMessage?.entryId === entry.body.targetId
        ? {
            lastMessage: {
              ...conversation.lastMessage,
              type: entry.body.content.type,
              preview: contentPreview(entry.body.content),
            },
          }
        : {}
    case 'message.recalled':
      return conversation.lastMessage?.entryId === entry.body.targetId
        ? { lastMessage: { ...conversation.lastMessage, type: 'recalled', preview: '' } }
        : {}
    case 'conversation.assigned':
      return { assigneeId: entry.body.agentId, queue: null, participantIds: others(conversation, entry.body.agentId) }
    case 'conversation.queued':
      return { queue: { itemId: entry.body.itemId, queueId: entry.body.queueId, channel: entry.body.channel } }
    case 'conversation.queue-left':
      return { queue: null }
    case 'participant.joined':
      return { participantIds: [...others(conversation, entry.body.agentId), entry.body.agentId] }
    case 'participant.left':
      return { participantIds: others(conversation, entry.body.agentId) }
    case 'consult.started':
      return { consults: [...conversation.consults, { id: entry.body.consultId, agentId: entry.body.agentId }] }
    case 'consult.ended':
      return { consults: conversation.consults.filter((consult) => consult.id !== entry.body.consultId) }
    case 'conversation.transferred':
      return { teamId: entry.body.teamId }
    case 'conversation.closed':
      return {
        state: 'closed',
        closedAt: entry.at,
        closeReason: entry.body.reason,
        queue: null,
        participantIds: [],
        consults: [],
        waitingSince: null,
        snoozedUntil: null,
        silenceWarnedAt: null,
        undelivered: [],
      }
    case 'conversation.reopened':
      return { state: 'open', closedAt: null, closeReason: null, snoozedUntil: null }
    case 'conversation.merged':
      return entry.body.undone
        ? { mergedIntoId: null, waitingSince: entry.body.waitingSince }
        : { mergedIntoId: entry.body.intoId }
    case 'conversation.absorbed':
      return entry.body.undone ? {} : { waitingSince: earlier(conversation.waitingSince, entry.body.waitingSince) }
    case 'conversation.snoozed':
      return { state: 'snoozed', snoozedUntil: entry.body.until }
    case 'conversation.woken':
      return { state: 'open', snoozedUntil: null }
    case 'conversation.tagged': {
      const kept = conversation.tags.filter((tag) => !entry.body.removed.includes(tag))
      return { tags: [...kept, ...entry.body.added.filter((tag) => !kept.includes(tag))] }
    }
    case 'conversation.silence-warned':
      return { silenceWarnedAt: entry.at }
    case 'survey.requested':
      return { survey: { id: entry.body.surveyId, scale: entry.body.scale, score: null, comment: null } }
    case 'survey.answered':
      return {
        survey: {
          id: entry.body.surveyId,
          scale: entry.body.scale,
          score: entry.body.score,
          comment: entry.body.comment ?? null,
        },
      }
    default:
      return entry satisfies never
  }
}

/** Enough to say that something has not arrived. */
const mostUndelivered = 20

const withMissed = (conversation: Conversation, entryId: string): string[] =>
  [...without(conversation, entryId), entryId].slice(-mostUndelivered)

const without = ({ undelivered }: Conversation, targetId: string): string[] =>
  undelivered.filter((id) => id !== targetId)

const earlier = (one: string | null, other: string | null): string | null =>
  one !== null && (other === null || one <= other) ? one : other

const others = ({ participantIds }: Conversation, agentId: string | null): string[] =>
  participantIds.filter((id) => id !== agentId)

export { applyRevision, revises } from './apply-revision.ts'

export const isPublic = (kind: EntryKind): boolean => publicKinds.has(kind)
