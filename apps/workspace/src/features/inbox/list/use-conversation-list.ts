import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { ListFilters } from '../../../shared/conversations/filters.ts'
import { itemsOf, listQuery } from '../../../shared/conversations/queries.ts'
import { arrange } from './arrange.ts'

/** The rows to show, in an order that holds still while the agent has scrolled into the list. */
export function useConversationList(filters: ListFilters) {
  const query = useInfiniteQuery(listQuery(filters))
  const [atTop, setAtTop] = useState(true)
  const [held, setHeld] = useState<{ key: string; shown: readonly string[] }>({ key: '', shown: [] })
  const items = useMemo(() => itemsOf(query.data), [query.data])
  const byId = useMemo(() => new Map(items.map((item) => [item.conversation.id, item])), [items])
  const ordered = useMemo(() => items.map(({ conversation }) => conversation.id), [items])
  const key = JSON.stringify(filters)
  const before = held.key === key ? held.shown : []
  const { shown, arrived } = arrange(before, ordered, !atTop)
  // The next render starts from what this one shows.
  if (held.key !== key || held.shown !== shown) setHeld({ key, shown })
  return { query, byId, shown, arrived, setAtTop }
}
