import type { MessageContent } from '@qiao/protocol'

/**
 * The way out, as this module sees it: it refuses early what a customer could not be sent now, so that whoever writes
 * hears of it at once. What it lets pass may still fail later. Each throws an AppError to refuse.
 */
export interface Outlet {
  /** Gives the content as it will be sent: the words of templates are not the sender's. */
  mayReply(conversationId: string, content: MessageContent, by: 'agent' | 'program'): Promise<MessageContent>
  /** Sent messages cannot be changed everywhere. */
  mayRevise(conversationId: string, targetId: string, change: 'edit' | 'recall'): Promise<void>
  /** Where a contact who has never written can be reached in that inbox; null: wherever the inbox likes. */
  addressFor(inboxId: string, contact: { phone: string | null; email: string | null }): Promise<string | null>
  mayStart(inboxId: string, address: string, content: MessageContent): Promise<MessageContent>
}
