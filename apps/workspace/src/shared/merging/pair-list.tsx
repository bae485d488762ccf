import type { Contact } from '@qiao/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Avatar } from '../avatar.tsx'
import { ErrorState } from '../error-state.tsx'
import { EmptyState } from '../empty-state.tsx'
import { useWords } from '../i18n.ts'
import { contactName } from '../names.ts'
import { useCan } from '../session.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { pairsQuery, useKeepApart } from './queries.ts'
import { reasonWords } from './suggestion-list.tsx'
import { mergingWords } from './words.ts'
import './merging.css'

/** Pairs among all contacts, those seen last first. The server looks through a part at a time. */
export function PairList() {
  const t = useWords(mergingWords)
  const may = useCan('contacts.merge')
  const query = useInfiniteQuery(pairsQuery)
  const [merging, setMerging] = useState<{ contact: Contact; other: Contact } | null>(null)
  const apart = useKeepApart(t('keptApart'))
  if (query.isPending) return <Skeleton className="q-panel-skeleton" avatar paragraph={{ rows: 6 }} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const pairs = query.data.pages.flatMap((page) => page.items)
  return (
    <section className="q-contact" aria-label={t('pairs')}>
      <h2>{t('pairs')}</h2>
      {pairs.length === 0 ? <EmptyState title={t(query.hasNextPage ? 'noPairsYet' : 'noPairs')} /> : null}
      <ul className="q-suggestions">
        {pairs.map(({ contact, other, reasons, mergeable }) => (
          <li key={`${contact.id} ${other.id}`}>
            <div className="q-pair">
              <Who contact={contact} />
              <Who contact={other} />
            </div>
            {reasons.map((reason) => (
              <span key={reason.kind} className="q-merging-note">
                {reasonWords(reason, t)}
              </span>
            ))}
            {mergeable ? null : <span className="q-merging-note">{t('notWhole')}</span>}
            {may ? (
              <div className="q-merging-buttons">
                <Button size="small" disabled={!mergeable} onClick={() => setMerging({ contact, other })}>
                  {t('review')}
                </Button>
                <Button
                  size="small"
                  type="text"
                  onClick={() => apart.mutate({ params: { id: contact.id }, body: { otherId: other.id } })}
                >
                  {t('apart')}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button type="link" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('furtherPairs')}
        </Button>
      ) : null}
      {merging ? <MergeDialog wanted={merging.contact} other={merging.other} onClose={() => setMerging(null)} /> : null}
    </section>
  )
}

function Who({ contact }: { contact: Contact }) {
  const name = contactName(contact)
  return (
    <span className="q-suggestion-who">
      <Avatar id={contact.id} name={name} url={contact.avatarUrl} size={28} />
      <span>
        <strong>{name}</strong>
        <span className="q-merging-note">{[contact.email, contact.phone].filter(Boolean).join(' · ')}</span>
      </span>
    </span>
  )
}
