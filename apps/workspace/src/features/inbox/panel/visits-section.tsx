import type { OutputOf, readContact } from '@qiao/protocol'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime, exactTime } from '../../../shared/time.ts'
import { inboxWords } from '../words.ts'

type Trail = OutputOf<typeof readContact>['trail']

export const VisitsSection = memo(function VisitsSection({ visits }: { visits: Trail['visits'] }) {
  const t = useWords(inboxWords)
  if (visits.length === 0) return <p className="q-choice-note">{t('panel.noVisits')}</p>
  return (
    <ol className="q-visits">
      {visits.map((visit) => (
        <li key={`${visit.at}-${visit.url}`}>
          <a href={visit.url} target="_blank" rel="noopener noreferrer nofollow" title={visit.url}>
            {visit.title ?? visit.url}
          </a>
          <time className="q-choice-note" title={exactTime(visit.at)}>
            {dateTime(visit.at)}
          </time>
        </li>
      ))}
    </ol>
  )
})

export const EventsSection = memo(function EventsSection({ events }: { events: Trail['events'] }) {
  return (
    <ol className="q-visits">
      {events.map((event) => (
        <li key={`${event.at}-${event.name}`}>
          <span title={JSON.stringify(event.properties)}>{event.name}</span>
          <time className="q-choice-note" title={exactTime(event.at)}>
            {dateTime(event.at)}
          </time>
        </li>
      ))}
    </ol>
  )
})
