import { type ConversationItem, type Entry, readTimeline } from '@qiao/protocol'
import { type QueryClient, useInfiniteQuery, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { findItem } from '../../../shared/conversations/cache.ts'
import { catchUp } from '../../../shared/conversations/catch-up.ts'
import { contactConversationsQuery, itemQuery, itemsOf, timelineQuery } from '../../../shared/conversations/queries.ts'
import { type Timeline, lastSeqOf, prependEntries } from '../../../shared/conversations/timeline.ts'
import { useMe } from '../../../shared/session.ts'
import { useStable } from '../../../shared/use-stable.ts'
import type { Segment } from './rows.ts'

async function readOlder(client: QueryClient, id: string): Promise<void> {
  const key = timelineQuery(id).queryKey
  const first = client.getQueryData(key)?.entries[0]
  if (!first) return
  const part = await call(readTimeline, { params: { id }, query: { before: first.seq, limit: 200 } })
  client.setQueryData<Timeline>(key, (held) => held && prependEntries(held, part.entries, part.hasMore))
}

const none: readonly Entry[] = []

/** A contact's history as one thread: this conversation, and going back the ones before it. */
export function useThread(id: string) {
  const client = useQueryClient()
  const me = useMe()
  const itemResult = useQuery({ ...itemQuery(id), initialData: () => findItem(client, id) })
  const timelineResult = useQuery(timelineQuery(id))
  const item = itemResult.data
  const timeline = timelineResult.data
  const contactId = item?.conversation.contactId
  const others = useInfiniteQuery({ ...contactConversationsQuery(contactId ?? ''), enabled: contactId !== undefined })

  const createdAt = item?.conversation.createdAt ?? ''
  const siblings = useMemo(() => itemsOf(others.data), [others.data])
  const earlier = useMemo(
    () => siblings.filter(({ conversation }) => conversation.id !== id && conversation.createdAt < createdAt),
    [siblings, id, createdAt],
  )
  const newer = siblings.find(({ conversation }) => conversation.createdAt > createdAt && conversation.id !== id)

  // How many of the earlier conversations have been opened by going back.
  const [reached, setReached] = useState({ from: id, depth: 0 })
  const depth = reached.from === id ? reached.depth : 0
  const opened = useMemo(() => earlier.slice(0, depth), [earlier, depth])
  const openedTimelines = useQueries({
    queries: opened.map(({ conversation }) => timelineQuery(conversation.id)),
    combine: timelinesOf,
  })

  const segments = useMemo<Segment[]>(
    () =>
      item
        ? [
            ...opened.map((each, at) => ({ item: each, entries: openedTimelines[at]?.entries ?? none })).toReversed(),
            { item, entries: timeline?.entries ?? none },
          ]
        : [],
    [item, timeline, opened, openedTimelines],
  )

  // A push that came between the reading of the row and of the timeline would otherwise stay unseen until the next.
  const behind = item && timeline && lastSeqOf(timeline) < item.conversation.lastSeq
  useEffect(() => {
    if (behind) void catchUp(client, id, me.id)
  }, [behind, client, id, me.id])

  const oldest: { item: ConversationItem; timeline: Timeline | undefined } | null =
    depth === 0 ? (item ? { item, timeline } : null) : oldestOf(opened.at(-1), openedTimelines.at(-1))
  const hasOlder = Boolean(oldest?.timeline?.hasMore) || depth < earlier.length || others.hasNextPage
  const loading = useRef(false)
  // A reading that ends after another thread was opened must not undo how far back that one has gone.
  const shown = useRef(id)
  useEffect(() => {
    shown.current = id
  }, [id])
  const [state, setState] = useState<{ of: string; older: 'idle' | 'loading' | 'failed' }>({ of: id, older: 'idle' })
  const older = state.of === id ? state.older : 'idle'
  const waitsForOpened = openedTimelines.includes(undefined)

  const loadOlder = useStable(async (): Promise<void> => {
    if (loading.current || !oldest?.timeline || waitsForOpened) return
    loading.current = true
    setState({ of: id, older: 'loading' })
    try {
      if (oldest.timeline.hasMore) await readOlder(client, oldest.item.conversation.id)
      else if (depth < earlier.length) {
        const next = earlier[depth]
        if (next) await client.ensureQueryData(timelineQuery(next.conversation.id))
        if (shown.current === id) setReached({ from: id, depth: depth + 1 })
      } else if (others.hasNextPage) await others.fetchNextPage()
      setState({ of: id, older: 'idle' })
    } catch {
      setState({ of: id, older: 'failed' })
    } finally {
      loading.current = false
    }
  })

  return {
    item,
    segments,
    earlier,
    newer,
    isPending: itemResult.isPending || timelineResult.isPending,
    error: itemResult.error ?? timelineResult.error,
    retry: () => void Promise.all([itemResult.refetch(), timelineResult.refetch()]),
    hasOlder,
    older,
    loadOlder,
    /** Everything that was ever said is on screen, or can be. */
    complete: !hasOlder && timeline !== undefined && !others.isPending,
  }
}
const timelinesOf = (results: readonly { data: Timeline | undefined }[]): (Timeline | undefined)[] =>
  results.map(({ data }) => data)

export type Thread = ReturnType<typeof useThread>

const oldestOf = (item: ConversationItem | undefined, timeline: Timeline | undefined) =>
  item ? { item, timeline } : null
