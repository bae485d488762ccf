import type { ConversationItem } from '@qiao/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Skeleton } from 'antd'
import { useCallback, useEffect, useRef } from 'react'
import { useAppearance } from '../../../shared/appearance.ts'
import type { ListFilters } from '../../../shared/conversations/filters.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { ErrorState } from '../../../shared/error-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { onlineStore } from '../../../shared/realtime/presence.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { useStore } from '../../../shared/store.ts'
import { useNow } from '../../../shared/time.ts'
import { type InboxKey, inboxWords } from '../words.ts'
import { ListRow } from './list-row.tsx'
import type { useConversationList } from './use-conversation-list.ts'
import { usePrefetchOnPointer } from './use-prefetch.ts'

interface ConversationListProps {
  filters: ListFilters
  list: ReturnType<typeof useConversationList>
  selectedId: string | undefined
  onOpen: (id: string) => void
}

export function ConversationList({ filters, list, selectedId, onOpen }: ConversationListProps) {
  const t = useWords(inboxWords)
  const { query, byId, shown, arrived, setAtTop } = list
  const me = useMe()
  const now = useNow()
  const names = useStaffNames()
  const online = useStore(onlineStore)
  const compact = useAppearance().density === 'compact'
  const scroller = useRef<HTMLDivElement>(null)
  const getItemKey = useCallback((index: number) => shown[index] ?? index, [shown])
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (compact ? 53 : 81),
    getItemKey,
    overscan: 8,
  })
  useEffect(() => virtual.measure(), [compact, virtual])

  const at = selectedId ? shown.indexOf(selectedId) : -1
  const previous = useRef<string | undefined>(undefined)
  useEffect(() => {
    // Only a new selection scrolls; rows that arrive must not move the list.
    if (at === -1 || previous.current === selectedId) return
    previous.current = selectedId
    virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, selectedId, virtual])

  const onPointer = usePrefetchOnPointer()
  const rows = virtual.getVirtualItems()
  const lastIndex = rows.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastIndex >= shown.length - 10) void fetchNextPage()
  }, [lastIndex, shown.length, hasNextPage, isFetchingNextPage, fetchNextPage])

  if (query.isPending) return <ListSkeleton />
  if (query.isError && shown.length === 0) {
    return <ErrorState title={t('list.failed')} error={query.error} onRetry={() => void query.refetch()} />
  }
  if (shown.length === 0) return <EmptyList filters={filters} />
  const showNew = (): void => {
    setAtTop(true)
    scroller.current?.scrollTo({ top: 0 })
  }
  return (
    <div className="q-list-body">
      {arrived > 0 ? (
        <button type="button" className="q-new" onClick={showNew}>
          {t('list.new', { count: arrived })}
        </button>
      ) : null}
      <div ref={scroller} className="q-list-scroll" onScroll={(event) => setAtTop(event.currentTarget.scrollTop < 24)}>
        <ul
          {...onPointer}
          className="q-list-rows"
          style={{ height: virtual.getTotalSize() }}
          aria-label={t('list.label')}
        >
          {rows.map((row) => {
            const item: ConversationItem | undefined = byId.get(shown[row.index] ?? '')
            return item ? (
              <li key={row.key} className="q-list-item" style={{ height: row.size, top: row.start }}>
                <ListRow
                  item={item}
                  selected={item.conversation.id === selectedId}
                  now={now}
                  online={online.get(item.contact.id) ?? false}
                  meId={me.id}
                  targetSeconds={me.preferences.unansweredAfterSeconds}
                  names={names}
                  compact={compact}
                  onOpen={onOpen}
                />
              </li>
            ) : null
          })}
        </ul>
      </div>
    </div>
  )
}

const emptyTitles: Partial<Record<ListFilters['view'], InboxKey>> = {
  mine: 'list.emptyMine',
  unassigned: 'list.emptyUnassigned',
  mentions: 'list.emptyMentions',
  snoozed: 'list.emptySnoozed',
  closed: 'list.emptyClosed',
}

function EmptyList({ filters }: { filters: ListFilters }) {
  const t = useWords(inboxWords)
  if (filters.search) {
    return <EmptyState title={t('list.emptySearch', { text: filters.search })} hint={t('list.emptySearchHint')} />
  }
  if (filters.inboxId || filters.teamId || filters.tag) return <EmptyState title={t('list.empty')} />
  const title = t(emptyTitles[filters.view] ?? 'list.empty')
  return filters.view === 'mine' ? (
    <EmptyState title={title} hint={t('list.emptyMineHint')} />
  ) : (
    <EmptyState title={title} />
  )
}

function ListSkeleton() {
  return (
    <div className="q-list-skeleton" aria-busy="true">
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <Skeleton key={row} avatar={{ size: 36 }} title={{ width: '50%' }} paragraph={{ rows: 1 }} />
      ))}
    </div>
  )
}
