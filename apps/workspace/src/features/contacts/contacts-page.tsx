import { SearchOutlined } from '@ant-design/icons'
import { listContacts } from '@qiao/protocol'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input, Skeleton } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Avatar } from '../../shared/avatar.tsx'
import { call } from '../../shared/api.ts'
import { EmptyState } from '../../shared/empty-state.tsx'
import { ErrorState } from '../../shared/error-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { PairList } from '../../shared/merging/pair-list.tsx'
import { contactName } from '../../shared/names.ts'
import { ContactDetails } from './contact-details.tsx'
import { contactWords } from './words.ts'
import './contacts.css'

const contactsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', search] as const,
    queryFn: ({ pageParam, signal }) =>
      call(
        listContacts,
        { query: { search: search || undefined, cursor: pageParam ?? undefined, limit: 50 } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  })

export function ContactsPage() {
  const t = useWords(contactWords)
  const id = useParams({ strict: false })['contactId']
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const query = useInfiniteQuery(contactsQuery(search))
  const contacts = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={`q-contacts ${id ? 'has-contact' : ''}`}>
      <section className="q-contacts-list" aria-label={t('list')}>
        <header className="q-contacts-head">
          <h1>{t('title')}</h1>
          <Input
            allowClear
            maxLength={100}
            prefix={<SearchOutlined />}
            placeholder={t('search')}
            aria-label={t('search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Link to="/contacts/duplicates" className="q-contacts-pairs">
            {t('duplicates')}
          </Link>
        </header>
        {query.isPending ? <Skeleton className="q-panel-skeleton" avatar paragraph={{ rows: 6 }} /> : null}
        {query.isError && contacts.length === 0 ? (
          <ErrorState title={t('failed')} error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && contacts.length === 0 ? (
          search ? (
            <EmptyState title={t('none', { text: search })} hint={t('noneHint')} />
          ) : (
            <EmptyState title={t('empty')} hint={t('emptyHint')} />
          )
        ) : null}
        <ul className="q-contacts-rows">
          {contacts.map((contact) => (
            <li key={contact.id}>
              <Link
                to={`/contacts/${contact.id}`}
                className={`q-contact-row ${contact.id === id ? 'is-selected' : ''}`}
                aria-current={contact.id === id ? 'true' : undefined}
              >
                <Avatar id={contact.id} name={contactName(contact)} url={contact.avatarUrl} size={32} />
                <span className="q-contact-main">
                  <span className="q-contact-name">{contactName(contact)}</span>
                  <span className="q-contact-sub">
                    {[contact.email, contact.phone, contact.blockedAt ? t('blocked') : null]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {query.hasNextPage ? (
          <Button type="link" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        ) : null}
      </section>
      <main className="q-contacts-main">
        {id === 'duplicates' ? (
          <PairList />
        ) : id ? (
          <ContactDetails key={id} id={id} />
        ) : (
          <EmptyState title={t('choose')} />
        )}
      </main>
    </div>
  )
}
