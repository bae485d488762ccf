import type { OutputOf, QueueSettings, simulateQueue } from '@qiao/protocol'
import { Skeleton } from 'antd'
import { Suspense, lazy } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { Comparison } from './comparison.tsx'
import { DayTable } from './day-table.tsx'
import { words } from './words.ts'
import { part } from '../../../shared/part.ts'

// The library that draws is larger than the whole page, and wanted by few.
const DayCharts = lazy(part(() => import('./day-charts.tsx').then((module) => ({ default: module.DayCharts }))))

interface Props {
  result: OutputOf<typeof simulateQueue>
  service: QueueSettings['service']
  nowService: QueueSettings['service']
  /** The settings above are no longer those it was run with. */
  stale: boolean
}

export function Results({ result, service, nowService, stale }: Props) {
  const t = useWords(words)
  const { now, changed, seeds } = result
  if (now.offered.mean === 0) {
    return (
      <Section title={t('result')}>
        <p className="q-state-warn">{t('noArrivals')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('result')} hint={t('resultOf', { seeds })}>
      <div role="status">{stale ? <p className="q-note">{t('stale')}</p> : null}</div>
      <div className={`st-sim-result ${stale ? 'is-stale' : ''}`}>
        <Comparison now={now} changed={changed} service={service} nowService={nowService} />
        <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 8 }} />}>
          <DayCharts now={now} changed={changed} />
        </Suspense>
        <DayTable now={now} changed={changed} />
      </div>
    </Section>
  )
}
