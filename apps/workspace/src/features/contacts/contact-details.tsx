import { ArrowLeftOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useAttributeName } from '../../shared/attribute-words.ts'
import { Avatar } from '../../shared/avatar.tsx'
import { contactQuery } from '../../shared/contacts.ts'
import { contactConversationsQuery, itemsOf } from '../../shared/conversations/queries.ts'
import { ErrorState } from '../../shared/error-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { PersonSection } from '../../shared/merging/person-section.tsx'
import { contactName } from '../../shared/names.ts'
import { dateTime, exactTime } from '../../shared/time.ts'
import { contactWords } from './words.ts'

export function ContactDetails({ id }: { id: string }) {
  const t = useWords(contactWords)
  const nameOf = useAttributeName()
  const query = useQuery(contactQuery(id))
  const conversations = useInfiniteQuery(contactConversationsQuery(id))
  if (query.isPending) return <Skeleton className="q-panel-skeleton" avatar paragraph={{ rows: 6 }} />
  if (query.isError) return <ErrorState title={t('failed')} error={query.error} onRetry={() => void query.refetch()} />
  const { contact } = query.data
  // Merged meanwhile: this is who it is now.
  if (contact.id !== id) return <Navigate to={`/contacts/${contact.id}`} replace />
  const facts: [string, string | null][] = [
    [t('email'), contact.email],
    [t('phone'), contact.phone],
    [t('externalId'), contact.externalId],
    [t('since'), dateTime(contact.createdAt)],
    [t('seen'), contact.lastSeenAt ? dateTime(contact.lastSeenAt) : null],
    ...Object.entries(contact.attributes).map(([name, value]): [string, string] => [nameOf(name), String(value ?? '')]),
  ]
  const items = itemsOf(conversations.data)
  return (
    <article className="q-contact">
      <Link to="/contacts" className="q-contact-back" aria-label={t('back')}>
        <ArrowLeftOutlined /> {t('back')}
      </Link>
      <header>
        <Avatar id={contact.id} name={contactName(contact)} url={contact.avatarUrl} size={56} />
        <h2>{contactName(contact)}</h2>
        {contact.blockedAt ? <span className="q-contact-sub">{t('blocked')}</span> : null}
      </header>
      <dl>
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <h3>{t('channels')}</h3>
      <PersonSection contact={contact} identities={query.data.identities} />
      <h3>{t('conversations')}</h3>
      {conversations.isSuccess && items.length === 0 ? <p className="q-contact-sub">{t('noConversations')}</p> : null}
      <ul className="q-contacts-rows">
        {items.map(({ conversation }) => (
          <li key={conversation.id}>
            <Link
              className="q-contact-row"
              to={`/inbox/${conversation.state === 'closed' ? 'closed' : 'all'}/${conversation.id}`}
            >
              <span className="q-contact-main">
                <span>
                  #{conversation.number} · {t(`state.${conversation.state}`)}
                </span>
                <span className="q-contact-sub">{conversation.lastMessage?.preview || t('noMessage')}</span>
              </span>
              <time className="q-contact-sub" title={exactTime(conversation.lastActivityAt)}>
                {dateTime(conversation.lastActivityAt)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
      {conversations.hasNextPage ? (
        <Button
          type="link"
          loading={conversations.isFetchingNextPage}
          onClick={() => void conversations.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
    </article>
  )
}
