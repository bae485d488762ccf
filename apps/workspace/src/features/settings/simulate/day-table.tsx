import type { SimulationReport } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { timeOf } from './draft.ts'
import { words } from './words.ts'

/** The same as the charts, for those who rather read numbers or cannot see charts. */
export function DayTable({ now, changed }: { now: SimulationReport; changed: SimulationReport }) {
  const t = useWords(words)
  const percent = (share: number): string => t('percent', { value: Math.round(share * 100) })
  const seconds = (value: number): string => t('secondsValue', { value: Math.round(value) })
  const heads = [
    t('time'),
    t('chart.offered'),
    t('chart.staffNow'),
    t('chart.staffChanged'),
    ...[t('now'), t('changed')].flatMap((side) => [`${t('serviceLevel')} (${side})`, `${t('asaSeconds')} (${side})`]),
  ]
  return (
    <details className="st-day-table">
      <summary>{t('table')}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- nothing in it takes the focus, and it scrolls */}
      <section className="q-table-scroll" tabIndex={0} aria-label={t('table')}>
        <table className="q-table q-tabular">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {now.intervals.map((interval, index) => {
              const after = changed.intervals[index] ?? interval
              return (
                <tr key={interval.minute}>
                  <th scope="row">{timeOf(interval.minute / 30)}</th>
                  <td>{Math.round(interval.offered * 10) / 10}</td>
                  <td>{interval.staffed}</td>
                  <td>{after.staffed}</td>
                  <td>{percent(interval.serviceLevel)}</td>
                  <td>{seconds(interval.waitSeconds)}</td>
                  <td>{percent(after.serviceLevel)}</td>
                  <td>{seconds(after.waitSeconds)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </details>
  )
}
