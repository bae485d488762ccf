import {
  type ConversationItem,
  countConversations,
  listContactConversations,
  listConversations,
  listTags,
  readConversation,
  readTimeline,
} from '@qiao/protocol'
import { type InfiniteData, type QueryClient, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import type { ListFilters } from './filters.ts'
import type { Timeline } from './timeline.ts'

export interface ItemPage {
  items: ConversationItem[]
  nextCursor: string | null
}
export type ItemPages = InfiniteData<ItemPage, string | null>

export const timelinePartSize = 60
export const listKey = ['conversations', 'list'] as const

export const listQuery = (filters: ListFilters) =>
  infiniteQueryOptions({
    queryKey: [...listKey, filters] as const,
    queryFn: async ({ pageParam, signal, client }): Promise<ItemPage> => {
      const query = { ...filters, cursor: pageParam ?? undefined, limit: 50 }
      const page = await call(listConversations, { query }, { signal })
      return { ...page, items: page.items.map((item) => newest(client, item)) }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: ItemPage) => last.nextCursor,
    staleTime: 60_000,
  })

export const countsQuery = queryOptions({
  queryKey: ['conversations', 'counts'],
  queryFn: ({ signal }) => call(countConversations, {}, { signal }),
})

const itemKey = (id: string) => ['conversations', 'item', id] as const
export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: itemKey(id),
    queryFn: async ({ signal, client }) => newest(client, await call(readConversation, { params: { id } }, { signal })),
    staleTime: Infinity,
  })

/** A push can overtake the reading of a row or a list: then what is held is newer than what was read. */
function newest(client: QueryClient, item: ConversationItem): ConversationItem {
  const held = client.getQueryData<ConversationItem>(itemKey(item.conversation.id))
  return held && held.conversation.lastSeq > item.conversation.lastSeq ? held : item
}

/** Only the newest part; older ones are put in front as the reader goes back, newer ones arrive by the socket. */
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', 'timeline', id] as const,
    queryFn: async ({ signal }): Promise<Timeline> => {
      const part = await call(readTimeline, { params: { id }, query: { limit: timelinePartSize } }, { signal })
      return { entries: part.entries, hasMore: part.hasMore }
    },
    staleTime: Infinity,
    // Entries never change in place; comparing thousands of them with each that arrives would be for nothing.
    structuralSharing: false,
  })

export const contactConversationsQuery = (contactId: string) =>
  infiniteQueryOptions({
    queryKey: ['conversations', 'of-contact', contactId] as const,
    queryFn: ({ pageParam, signal }) =>
      call(
        listContactConversations,
        { params: { id: contactId }, query: { cursor: pageParam ?? undefined, limit: 20 } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ItemPage) => last.nextCursor,
  })

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) => (await call(listTags, {}, { signal })).tags,
})

/** Rows of all pages read so far, each conversation once (a row can move between pages while they are read). */
export function itemsOf(pages: { pages: readonly ItemPage[] } | undefined): ConversationItem[] {
  const seen = new Set<string>()
  return (pages?.pages ?? [])
    .flatMap((page) => page.items)
    .filter(({ conversation }) => !seen.has(conversation.id) && seen.add(conversation.id))
}

/** Puts changed rows back: all in the first page, the cursors as they were. */
export const withItems = (pages: ItemPages, items: readonly ConversationItem[]): ItemPages => ({
  ...pages,
  pages: pages.pages.map((page, at) => ({ ...page, items: at === 0 ? [...items] : [] })),
})
