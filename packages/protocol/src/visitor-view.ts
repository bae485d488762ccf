import { z } from 'zod'
import { conversation, type ConversationState, marks } from './conversation.ts'
import { type Entry, type EntryOf, isMessage, surveyScales } from './entries.ts'
import { id, instant } from './primitives.ts'

/**
 * What a visitor sees of a conversation. Entries keep their shape with `seq` replaced by the public one; what belongs
 * to the company (causes, previous holders, the words of a recalled message) is taken out here and nowhere else.
 */
export function toVisitorEntry(full: Entry): Entry | null {
  if (full.publicSeq === null) return null
  const shown = { ...full, seq: full.publicSeq }
  if (isMessageOrChange(shown) && shown.body.apart) return withoutWords(shown)
  if (isMessage(shown) && shown.revision?.outgoing) {
    const { outgoing: _agentsOnly, ...revision } = shown.revision
    return toVisitorEntry({ ...full, ...shown, seq: full.seq, revision })
  }
  if (isMessage(shown) && shown.body.via) {
    const { via: _agentsOnly, ...body } = shown.body
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same kind with a part of its body less
    return toVisitorEntry({ ...full, body } as Entry)
  }
  if (shown.kind === 'conversation.assigned') {
    return {
      ...shown,
      author: { type: 'system' },
      body: { agentId: shown.body.agentId, fromAgentId: null, cause: 'assigned' },
    }
  }
  if (shown.kind === 'conversation.queued') {
    const { itemId, queueId, channel } = shown.body
    return { ...shown, author: { type: 'system' }, body: { itemId, queueId, channel, cause: 'started' } }
  }
  if (shown.kind === 'conversation.queue-left' || isParticipation(shown))
    return { ...shown, author: { type: 'system' } }
  if (shown.kind === 'conversation.started') {
    return { ...shown, body: { via: shown.body.via, previousConversationId: shown.body.previousConversationId } }
  }
  if (shown.kind === 'conversation.closed' && shown.author.type !== 'contact')
    return { ...shown, author: { type: 'system' } }
  if (isMessage(shown) && shown.revision?.recalledAt) {
    return { ...shown, body: { content: { type: 'text', text: '-', markup: 'none' } } }
  }
  if (isMessage(shown) && shown.revision?.content) {
    return { ...shown, body: { ...shown.body, content: shown.revision.content } }
  }
  return shown
}

const changes = ['message.edited', 'message.recalled', 'message.reacted'] as const
type MessageOrChange = EntryOf<'message.received' | 'message.sent' | (typeof changes)[number]>
const isMessageOrChange = (entry: Entry): entry is MessageOrChange =>
  isMessage(entry) || changes.some((kind) => kind === entry.kind)

const noWords = { type: 'text', text: '-', markup: 'none' } as const

/** That something was said, and when; neither what nor by whom. */
function withoutWords(entry: MessageOrChange): Entry {
  const by = { author: { type: 'system' }, clientKey: null } as const
  if (entry.kind === 'message.recalled')
    return { ...entry, ...by, body: { targetId: entry.body.targetId, apart: true } }
  if (entry.kind === 'message.edited')
    return { ...entry, ...by, body: { targetId: entry.body.targetId, content: noWords, apart: true } }
  if (entry.kind === 'message.reacted')
    return { ...entry, ...by, body: { targetId: entry.body.targetId, emoji: null, apart: true } }
  const recalledAt = entry.revision?.recalledAt ?? null
  const revision = recalledAt === null ? null : { editedAt: null, recalledAt, content: null }
  const notice = entry.kind === 'message.sent' && entry.body.notice ? { notice: true as const } : {}
  return { ...entry, ...by, revision, body: { content: noWords, apart: true, ...notice } }
}

/** The same of the last message as it stands with the conversation. */
export const toVisitorLastMessage = (last: VisitorConversation['lastMessage']): VisitorConversation['lastMessage'] =>
  last?.apart
    ? { ...last, from: 'system', ...(last.type === 'recalled' ? {} : { type: 'text', preview: noWords.text }) }
    : last

const isParticipation = (entry: Entry): entry is EntryOf<'participant.joined' | 'participant.left'> =>
  entry.kind === 'participant.joined' || entry.kind === 'participant.left'

/** Name, face and number (工号) that a visitor may see of an agent. */
export const publicAgent = z.object({
  id,
  name: z.string(),
  avatarUrl: z.string().nullable(),
  number: z.string().nullable(),
})
export type PublicAgent = z.infer<typeof publicAgent>

export const visitorConversation = z.object({
  id,
  /** By which both sides name it. */
  number: z.number().int(),
  state: z.enum(['open', 'closed']),
  createdAt: instant,
  lastSeq: z.number().int().nonnegative(),
  /** Of the last message, or the beginning: what agents do among themselves does not show. */
  lastActivityAt: instant,
  assignee: publicAgent.nullable(),
  /** Waits for an agent; the place comes in `queue` frames. Not while a left message or a callback waits. */
  queued: z.boolean(),
  lastMessage: conversation.shape.lastMessage,
  sentCount: z.number().int().nonnegative().describe('Messages to the visitor'),
  unreadCount: z.number().int().nonnegative(),
  marks,
  survey: z.object({ id, scale: z.enum(surveyScales), score: z.number().int().nullable() }).nullable(),
})
export type VisitorConversation = z.infer<typeof visitorConversation>

/** A snoozed conversation is open to the customer. */
export const visitorState = (state: ConversationState): 'open' | 'closed' => (state === 'closed' ? 'closed' : 'open')

export { applyVisitorEntry } from './apply-visitor-entry.ts'
