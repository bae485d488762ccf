import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'

export interface Via {
  identityId: string
  inboxId: string
  contactId: string
  /** The conversation's own way, named. */
  own: boolean
  /** Asked for by who left a message: allowed although it may be somebody else's. */
  wished: boolean
}

/**
 * The way out, as this module sees it: it refuses early what a customer could not be sent now, so that whoever writes
 * hears of it at once. What it lets pass may still fail later. Each throws an AppError to refuse.
 */
export interface Outlet {
  /** Gives the content as it will be sent: the words of templates are not the sender's. */
  mayReply(conversationId: string, content: MessageContent, by: 'agent' | 'program'): Promise<MessageContent>
  /** By another identity of the same customer, or where they asked for the answer; gives where that is, and the content as it will be sent. */
  mayReplyVia(
    agent: AgentPrincipal,
    conversationId: string,
    identityId: string,
    content: MessageContent,
  ): Promise<Via & { content: MessageContent }>
  /** By which identity a letter goes where the conversation’s own channel has none; undefined for its own way. */
  letterWay(
    agent: AgentPrincipal,
    conversationId: string,
    content: MessageContent,
    replyToId: string | undefined,
  ): Promise<string | undefined>
  /** Sent messages cannot be changed everywhere. */
  mayRevise(conversationId: string, targetId: string, change: 'edit' | 'recall'): Promise<void>
  /** To a message of the customer; null takes it back. */
  mayReact(conversationId: string, targetId: string, emoji: string | null): Promise<void>
  /** Where a contact who has never written can be reached in that inbox; null: wherever the inbox likes. */
  addressFor(inboxId: string, contact: { phone: string | null; email: string | null }): Promise<string | null>
  /** What somebody typed, in canonical form, where who has never written can be written to; null: it is no address there. */
  firstAddress(inboxId: string, typed: string): Promise<string | null>
  /** Whom a letter is to, in canonical form; null where nobody writes letters. */
  recipientOf(inboxId: string, content: ContentOf<'mail'>): Promise<string | null>
  /** What customers say through that inbox may land in a conversation of another way, and be answered there. */
  comesBack(inboxId: string): Promise<boolean>
  mayStart(inboxId: string, address: string, content: MessageContent): Promise<MessageContent>
}
