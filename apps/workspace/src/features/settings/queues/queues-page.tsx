import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { joined, namesOf } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { routingSettingsQuery, useInboxes, useStaffNames } from '../../../shared/staff.ts'
import { duration } from '../../../shared/time.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { ListPage } from '../parts/list-page.tsx'
import { inboxesOf } from './inboxes-of.ts'
import { NewQueue } from './new-queue.tsx'
import { words } from './words.ts'

export function QueuesPage() {
  const t = useWords(words)
  const manage = useCan('routing.manage')
  const inboxes = useInboxes()
  const names = useStaffNames()
  const calendars = useQuery(calendarsQuery).data ?? []
  const [adding, setAdding] = useState(false)
  const queues = useQuery({ ...routingSettingsQuery, select: (settings) => settings.queues })
  return (
    <ListPage
      page="queues"
      intro={t('intro')}
      query={queues}
      add={manage && { label: t('add'), onClick: () => setAdding(true) }}
      empty={{ title: t('empty'), hint: t('emptyText') }}
      columns={[
        { title: t('name'), render: ({ id, name }) => <Link to={`/settings/queues/${id}`}>{name}</Link> },
        {
          title: t('serves'),
          render: ({ settings: { groups } }) =>
            joined(
              groups
                .flatMap((group) => [namesOf(group.teamIds, names.teams), namesOf(group.agentIds, names.agents)])
                .filter(Boolean),
            ) || <span className="q-state-warn">{t('nobody')}</span>,
        },
        {
          title: t('hours'),
          render: (queue) => calendars.find((calendar) => calendar.id === queue.calendarId)?.name ?? t('always'),
        },
        {
          title: t('inboxes'),
          render: ({ id }) =>
            joined(inboxesOf(id, inboxes).map((inbox) => inbox.name)) || (
              <span className="q-quiet">{t('noInboxes')}</span>
            ),
        },
        {
          title: t('target'),
          render: ({ settings: { service } }) => (
            <span className="q-nowrap">
              {t('targetText', { percent: service.percent, time: duration(service.withinSeconds * 1000) })}
            </span>
          ),
        },
        {
          title: t('state'),
          render: ({ pausedAt }) =>
            pausedAt ? (
              <span className="q-state-warn q-nowrap">{t('state.paused')}</span>
            ) : (
              <span className="q-state-good q-nowrap">{t('state.on')}</span>
            ),
        },
      ]}
    >
      {adding ? <NewQueue onClose={() => setAdding(false)} /> : null}
    </ListPage>
  )
}
