import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { myRoutingQuery } from '../../shared/routing/my-routing.ts'
import { stopwatch } from '../../shared/routing/seconds.ts'
import { statusWords } from './words.ts'

/** The agent's own figures of today, read again whenever somebody looks. */
export function Today() {
  const t = useWords(statusWords)
  const { data, refetch } = useQuery({ ...myRoutingQuery, enabled: false })
  useEffect(() => {
    void refetch()
  }, [refetch])
  const today = data?.today
  const counts = ['offered', 'accepted', 'declined', 'missed', 'handled'] as const
  return (
    <section className="q-today" aria-label={t('today')}>
      <h3>{t('today')}</h3>
      <dl>
        {counts.map((name) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{today?.[name] ?? t('none')}</dd>
          </div>
        ))}
        <div>
          <dt>{t('average')}</dt>
          <dd>{today?.handleSeconds == null ? t('none') : stopwatch(today.handleSeconds * 1000)}</dd>
        </div>
      </dl>
    </section>
  )
}
