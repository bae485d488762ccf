import { DownOutlined, FilterOutlined, SearchOutlined, SortAscendingOutlined } from '@ant-design/icons'
import { type ConversationView, conversationViews } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Badge, Button, Dropdown, Input, type InputRef, Popover } from 'antd'
import { type RefObject, memo, useEffect, useState } from 'react'
import { countsQuery } from '../../../shared/conversations/queries.ts'
import type { ListFilters, ListSort } from '../../../shared/conversations/filters.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Tip } from '../../../shared/tip.tsx'
import { WriteFirstButton } from '../first-words/write-first-button.tsx'
import { FirstMailsStrip } from '../new-mail/first-mails-strip.tsx'
import { NewMailButton } from '../new-mail/new-mail-button.tsx'
import { inboxWords } from '../words.ts'
import { FilterForm } from './filter-form.tsx'

const tabs = ['mine', 'unassigned', 'team', 'all'] as const
const isTab = (view: ConversationView): boolean => tabs.some((tab) => tab === view)
const sorts: ListSort[] = ['newest', 'oldest', 'waiting']

export interface ListHeaderProps {
  filters: ListFilters
  onView: (view: ConversationView) => void
  onFilters: (change: Partial<ListFilters>) => void
  searchRef: RefObject<InputRef | null>
  onOpen: (id: string) => void
}

export const ListHeader = memo(function ListHeader({ filters, onView, onFilters, searchRef, onOpen }: ListHeaderProps) {
  const t = useWords(inboxWords)
  const filtersOn = [filters.inboxId, filters.teamId, filters.tag].filter(Boolean).length
  const sortItems = sorts.map((sort) => ({ key: sort, label: t(`sort.${sort}`), onClick: () => onFilters({ sort }) }))
  return (
    <header className="q-list-head">
      <h1 className="sr-only">{t('list.label')}</h1>
      <ViewTabs shown={filters.view} onView={onView} />
      <div className="q-list-tools">
        <SearchBox searchRef={searchRef} value={filters.search ?? ''} onSearch={(search) => onFilters({ search })} />
        <Popover
          trigger="click"
          placement="bottomRight"
          content={<FilterForm filters={filters} onFilters={onFilters} />}
        >
          <Badge dot={filtersOn > 0} offset={[-4, 4]}>
            <Button
              type="text"
              icon={<FilterOutlined />}
              aria-label={filtersOn > 0 ? t('list.filterOn', { count: filtersOn }) : t('list.filter')}
            />
          </Badge>
        </Popover>
        <NewMailButton />
        <WriteFirstButton onStarted={onOpen} />
        <Dropdown
          menu={{ items: sortItems, selectedKeys: [filters.sort], selectable: true }}
          trigger={['click']}
          placement="bottomRight"
        >
          <Button
            type="text"
            icon={<SortAscendingOutlined />}
            aria-label={`${t('list.sort')}: ${t(`sort.${filters.sort}`)}`}
          />
        </Dropdown>
      </div>
      <FirstMailsStrip onOpen={onOpen} />
    </header>
  )
})

interface ViewTabsProps {
  shown: ConversationView
  onView: (view: ConversationView) => void
}

/** They alone know the numbers, which change all day; what stands beside them is of the kit and dear to draw. */
function ViewTabs({ shown, onView }: ViewTabsProps) {
  const t = useWords(inboxWords)
  const counts = useQuery(countsQuery).data
  const countOf = (view: ConversationView): number => (counts && view !== 'closed' ? counts[view] : 0)
  const more = conversationViews.filter((view) => !isTab(view))
  const moreItems = more.map((view) => ({
    key: view,
    label: countOf(view) > 0 ? `${t(`view.${view}`)} ${countOf(view)}` : t(`view.${view}`),
    onClick: () => onView(view),
  }))
  const inMore = !isTab(shown)
  return (
    <nav className="q-views" aria-label={t('view.label')}>
      {tabs.map((view) => (
        <button
          key={view}
          type="button"
          className="q-view"
          aria-current={view === shown ? 'page' : undefined}
          onClick={() => onView(view)}
        >
          {t(`view.${view}`)}
          <span className="q-view-count">{countOf(view)}</span>
        </button>
      ))}
      <Dropdown menu={{ items: moreItems, selectedKeys: [shown] }} trigger={['click']}>
        <button type="button" className="q-view" aria-current={inMore ? 'page' : undefined}>
          {inMore ? t(`view.${shown}`) : t('view.more')}
          {!inMore && countOf('mentions') > 0 ? <span className="q-badge">{countOf('mentions')}</span> : null}
          <DownOutlined style={{ fontSize: 10 }} />
        </button>
      </Dropdown>
    </nav>
  )
}

interface SearchBoxProps {
  value: string
  onSearch: (text: string | undefined) => void
  searchRef: RefObject<InputRef | null>
}

function SearchBox({ value, onSearch, searchRef }: SearchBoxProps) {
  const t = useWords(inboxWords)
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text.trim() === value) return undefined
    const timer = setTimeout(() => onSearch(text.trim() || undefined), 300)
    return () => clearTimeout(timer)
  }, [text, value, onSearch])
  return (
    <Tip title={t('do.find')} keys="/">
      <Input
        ref={searchRef}
        allowClear
        size="middle"
        maxLength={100}
        prefix={<SearchOutlined />}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </Tip>
  )
}
