import { type ConversationPerson, listConversationPeople, markPersonReachable } from '@qiao/protocol'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { App, Skeleton } from 'antd'
import { memo } from 'react'
import { call } from '../../../shared/api.ts'
import { ErrorState } from '../../../shared/error-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useCan } from '../../../shared/session.ts'
import { ProblemDetail } from '../../../shared/problem-detail.tsx'
import { inboxWords } from '../words.ts'

/** Read anew when letters come or go: the section is told of no change by itself. */
const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation-people', id] as const,
    queryFn: async ({ signal }) => (await call(listConversationPeople, { params: { id } }, { signal })).people,
    staleTime: 30_000,
  })

const hows = { wrote: 'people.wrote', copied: 'people.copied', 'written-to': 'people.writtenTo' } as const

/** Everybody who takes part by letters, whose conversation it is first. */
export const PeopleSection = memo(function PeopleSection({ conversationId }: { conversationId: string }) {
  const t = useWords(inboxWords)
  const client = useQueryClient()
  const { message } = App.useApp()
  const query = peopleQuery(conversationId)
  const { data: people, error, refetch } = useQuery(query)
  const enable = async (address: string): Promise<void> => {
    try {
      const answer = await call(markPersonReachable, { params: { id: conversationId }, body: { address } })
      client.setQueryData(query.queryKey, answer.people)
      void message.success(t('people.reachable'))
    } catch (failure) {
      void message.error(explain(failure))
    }
  }
  if (error) return <ErrorState title={t('people.failed')} error={error} onRetry={() => void refetch()} />
  if (!people) return <Skeleton active={false} title={false} paragraph={{ rows: 2 }} />
  return (
    <ul className="q-takers" aria-label={t('panel.people')}>
      {people.map((person) => (
        <Person key={person.address} person={person} onEnable={() => void enable(person.address)} />
      ))}
    </ul>
  )
})

function Person({ person, onEnable }: { person: ConversationPerson; onEnable: () => void }) {
  const t = useWords(inboxWords)
  const may = useCan('contacts.write')
  const { address, contact, how, unreachable } = person
  return (
    <li>
      {contact ? <Link to={`/contacts/${contact.id}`}>{contact.name ?? address}</Link> : null}
      <span className="q-choice-note" dir="ltr">
        {address}
      </span>
      <span className="q-choice-note">{t(hows[how])}</span>
      {unreachable ? (
        <span className="q-unreachable">
          {t('people.unreachable')}
          <ProblemDetail problem={unreachable} />
          {may ? (
            <button type="button" aria-label={`${t('people.enable')} ${address}`} onClick={onEnable}>
              {t('people.enable')}
            </button>
          ) : null}
        </span>
      ) : null}
    </li>
  )
}
