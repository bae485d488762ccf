import type { Conversation, Entry, EntryBody, MessageContent } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import type { NewEntry } from './append.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { handledElsewhere } from './handled-elsewhere.ts'
import { ConversationMerged, ConversationOver, decideReceive } from './rules.ts'
import { startConversation } from './start-conversation.ts'

export interface ReceivedMessage {
  inboxId: string
  contactId: string
  identityId: string
  /** The conversation that the customer writes in; null asks for a new one. */
  conversationId: string | null
  clientKey: string
  /** For a new one: names its beginning, where several may write first at the same moment. All land in the same. */
  startKey?: string
  /** Sees nothing but what was said through this identity. */
  onlyOwn?: boolean
  /** Takes part in a conversation that is another customer's. */
  joined?: boolean
  /** The same by a way that this customer does not see: when it is over, it goes on without them. */
  apart?: boolean
  /** How long after closing the conversation opens again; a setting of the inbox. */
  reopenWithinMinutes: number
  content: MessageContent
  replyToId?: string | undefined
  /** How the customer came, and what has no place of its own. */
  facts?: Omit<EntryBody<'message.received'>, 'content' | 'replyToId' | 'apart'>
  language?: string | null
  teamId?: string | null
  started?: Partial<EntryBody<'conversation.started'>>
  /** Comes before the message when a conversation starts with it: the pre-chat answers. */
  preface?: readonly NewEntry[]
}

/**
 * Everything that a customer says on whatever channel comes through here. Continuity: within the reopen window after
 * closing the conversation opens again; later a new one starts that knows its predecessor.
 *
 * Runs up to the append without waiting for anything: callers that call it in order get that order.
 */
export async function receiveMessage(
  deps: ConversationDeps,
  input: ReceivedMessage,
): Promise<{ conversation: Conversation; entries: Entry[] }> {
  if (input.conversationId === null && input.startKey !== undefined) return startTogether(deps, input, input.startKey)
  if (input.conversationId === null) return start(deps, input, input.clientKey, messageOf(input))
  try {
    return await append(deps, input, input.conversationId)
  } catch (error) {
    // Its customer goes on there as a guest, where that is a conversation of somebody else's.
    if (error instanceof ConversationMerged)
      return receiveMessage(deps, { ...input, conversationId: error.intoId, joined: true })
    if (!(error instanceof ConversationOver)) throw error
    // Named after what it follows: of several messages that were on their way, all land in the same successor.
    const key = `${input.apart ? 'apart' : 'after'}:${input.conversationId}:${error.closedAt}`
    // Also when somebody else wrote last, it goes on as what it was.
    const { contactId, identityId } = input.joined && !input.apart ? error.conversation : input
    const successor = await deps.appender.once(key, () => start(deps, { ...input, contactId, identityId }, key, []))
    const next = { ...input, conversationId: successor.conversation.id }
    const { conversation, entries } = await receiveMessage(deps, input.apart ? inOwn(next) : next)
    return { conversation, entries: [...successor.entries, ...entries] }
  }
}

async function startTogether(deps: ConversationDeps, input: ReceivedMessage, key: string) {
  const begun = await deps.appender.once(key, () => start(deps, input, key, []))
  const { conversation, entries } = await receiveMessage(deps, { ...input, conversationId: begun.conversation.id })
  return { conversation, entries: [...begun.entries, ...entries] }
}

const inOwn = ({ facts: { via: _other, ...facts } = {}, ...input }: ReceivedMessage): ReceivedMessage => ({
  ...input,
  facts,
  joined: false,
  apart: false,
})

const authorOf = (input: ReceivedMessage) => ({ type: 'contact', id: input.contactId }) as const

function bodyOf({ content, replyToId, facts, apart }: ReceivedMessage): EntryBody<'message.received'> {
  return { content, ...(replyToId ? { replyToId } : {}), ...facts, ...(apart ? { apart } : {}) }
}

const messageOf = (input: ReceivedMessage): NewEntry[] => [
  ...(input.preface ?? []),
  { kind: 'message.received', body: bodyOf(input) },
]

const append = (deps: ConversationDeps, input: ReceivedMessage, conversationId: string) =>
  deps.appender.append({
    conversationId,
    clientKey: input.clientKey,
    author: authorOf(input),
    decide: (conversation, now) => {
      if (!input.joined && !isTheirs(conversation, input)) throw new AppError('not-found')
      return decideReceive(conversation, bodyOf(input), input.reopenWithinMinutes, now)
    },
  })

/** By the identity, which stays the same when its contact is merged in this very moment. */
const isTheirs = ({ contactId, identityId }: Conversation, input: ReceivedMessage): boolean =>
  identityId === input.identityId || (contactId === input.contactId && !input.onlyOwn)

const start = (deps: ConversationDeps, input: ReceivedMessage, clientKey: string, entries: readonly NewEntry[]) =>
  startConversation(deps, {
    inboxId: input.inboxId,
    contactId: input.contactId,
    identityId: input.identityId,
    author: authorOf(input),
    clientKey,
    language: input.language ?? null,
    teamId: input.teamId ?? null,
    started: { via: 'visitor', previousConversationId: input.conversationId, ...input.started },
    entries: input.facts?.elsewhere ? [...entries, handledElsewhere] : entries,
  })
