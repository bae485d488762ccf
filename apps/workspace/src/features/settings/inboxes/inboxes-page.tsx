import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { namesOf } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { inboxesQuery, useStaffNames } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { ListPage } from '../parts/list-page.tsx'
import { NewInbox } from './new-inbox.tsx'
import { words } from './words.ts'

export function InboxesPage() {
  const t = useWords(words)
  const manage = useCan('inboxes.manage')
  const calendars = useQuery(calendarsQuery).data ?? []
  const { teams } = useStaffNames()
  const [adding, setAdding] = useState(false)
  return (
    <ListPage
      page="inboxes"
      intro={t('intro')}
      query={useQuery(inboxesQuery)}
      add={manage && { label: t('add'), onClick: () => setAdding(true) }}
      empty={{ title: t('empty'), hint: manage ? t('emptyText') : '' }}
      columns={[
        {
          title: t('name'),
          render: (inbox) => (
            <>
              <Link to={`/settings/inboxes/${inbox.id}`}>
                <span aria-hidden="true" className="st-dot" style={{ background: inbox.settings.look.colour }} />
                {inbox.name}
              </Link>
              <div className="q-quiet">{inbox.channel === 'web' ? t('channel.web') : inbox.channel}</div>
            </>
          ),
        },
        {
          title: t('teams'),
          render: ({ teamIds }) => namesOf(teamIds, teams) || <span className="q-state-warn">{t('noTeams')}</span>,
        },
        {
          title: t('hours'),
          render: (inbox) => calendars.find((calendar) => calendar.id === inbox.calendarId)?.name ?? t('always'),
        },
        {
          title: t('state'),
          render: ({ pausedAt }) =>
            pausedAt ? (
              <span className="q-state-warn">{t('state.paused')}</span>
            ) : (
              <span className="q-state-good">{t('state.on')}</span>
            ),
        },
      ]}
    >
      {adding ? <NewInbox onClose={() => setAdding(false)} /> : null}
    </ListPage>
  )
}
