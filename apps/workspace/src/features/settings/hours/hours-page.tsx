import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { ListPage } from '../parts/list-page.tsx'
import { calendarsQuery } from './calendars-query.ts'
import { OpenNow } from './open-now.tsx'
import { WeekSummary } from './week-summary.tsx'
import { words } from './words.ts'

export function HoursPage() {
  const t = useWords(words)
  const manage = useCan('settings.manage')
  const inboxes = useInboxes()
  const navigate = useNavigate()
  const usedBy = (id: string): string => joined(inboxes.flatMap((inbox) => (inbox.calendarId === id ? inbox.name : [])))
  return (
    <ListPage
      page="hours"
      intro={t('intro')}
      query={useQuery(calendarsQuery)}
      add={manage && { label: t('add'), onClick: () => void navigate({ href: '/settings/hours/new' }) }}
      empty={{ title: t('empty') }}
      columns={[
        {
          title: t('name'),
          render: (calendar) => (
            <>
              <Link to={`/settings/hours/${calendar.id}`}>{calendar.name}</Link>
              <div className="q-quiet">{calendar.timeZone}</div>
            </>
          ),
        },
        {
          title: t('week'),
          render: ({ alwaysOpen, weekly }) => (alwaysOpen ? t('alwaysShort') : <WeekSummary week={weekly} />),
        },
        { title: t('now'), render: (calendar) => <OpenNow hours={calendar} /> },
        {
          title: t('usedBy'),
          render: ({ id }) => usedBy(id) || <span className="q-quiet">{t('usedByNone')}</span>,
        },
      ]}
    />
  )
}
