import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ChoiceField, optionsOf } from '../../../shared/choice-field.tsx'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { agentsQuery, routingSettingsQuery } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { words as settingsWords } from '../words.ts'
import { Simulation } from './simulation.tsx'
import { words } from './words.ts'
import './simulate.css'

export function SimulatePage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('routing.manage')
  const [queueId, setQueueId] = useState<string | null>(null)
  const settings = useQuery(routingSettingsQuery)
  const agents = useQuery(agentsQuery)
  const calendars = useQuery(calendarsQuery)
  const parts = [settings, agents, calendars]
  const query = {
    data:
      settings.data && agents.data && calendars.data
        ? { queues: settings.data.queues, agents: agents.data, calendars: calendars.data }
        : undefined,
    isError: parts.some((part) => part.isError),
    error: parts.find((part) => part.isError)?.error,
    refetch: () => Promise.all(parts.map((part) => part.refetch())),
  }
  return (
    <PageFrame title={s('page.simulate')} intro={t('intro')} wide>
      <Load query={query}>
        {({ queues, agents: people, calendars: hours }) => {
          const queue = queues.find((one) => one.id === queueId) ?? queues[0]
          if (!queue) {
            const link = manage ? <Link to="/settings/queues">{t('toQueues')}</Link> : null
            return <EmptyState title={t('noQueues')} hint={t('noQueuesText')} action={link} />
          }
          return (
            <>
              <ChoiceField label={t('queue')} value={queue.id} onChange={setQueueId} options={optionsOf(queues)} />
              <Simulation key={queue.id} queue={queue} agents={people} calendars={hours} />
            </>
          )
        }}
      </Load>
    </PageFrame>
  )
}
