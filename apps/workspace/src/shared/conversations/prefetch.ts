import type { ConversationItem } from '@qiao/protocol'
import type { QueryClient } from '@tanstack/react-query'
import { contactQuery } from '../contacts.ts'
import { contactConversationsQuery, timelineQuery } from './queries.ts'

/** The words of a thread that may be opened next. What is held is not read again. */
export const prefetchTimeline = (client: QueryClient, id: string): void => void client.prefetchQuery(timelineQuery(id))

/** All that opening a conversation will ask for, while the hand is still on its way to it. */
export function prefetchConversation(client: QueryClient, { conversation, contact }: ConversationItem): void {
  prefetchTimeline(client, conversation.id)
  void client.prefetchQuery(contactQuery(contact.id))
  void client.prefetchInfiniteQuery(contactConversationsQuery(contact.id))
}
