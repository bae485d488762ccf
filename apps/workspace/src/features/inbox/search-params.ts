import { type ConversationView, conversationViews } from '@qiao/protocol'
import type { ListFilters, ListSort } from '../../shared/conversations/filters.ts'

/** Filters live in the address, so that a list can be bookmarked and Back works. */
export interface InboxSearch {
  inboxId?: string | undefined
  teamId?: string | undefined
  tag?: string | undefined
  search?: string | undefined
  sort?: ListSort | undefined
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

export function parseInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const { sort } = raw
  return {
    inboxId: text(raw['inboxId']),
    teamId: text(raw['teamId']),
    tag: text(raw['tag']),
    search: text(raw['search']),
    sort: sort === 'oldest' || sort === 'waiting' ? sort : undefined,
  }
}

export const viewFrom = (raw: string | undefined): ConversationView =>
  conversationViews.find((view) => view === raw) ?? 'mine'

export const filtersFrom = (view: ConversationView, { sort, ...rest }: InboxSearch): ListFilters => ({
  view,
  ...rest,
  sort: sort ?? 'newest',
})
