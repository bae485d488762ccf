import type { QueueSettings, SimulationReport } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { duration } from '../../../shared/time.ts'
import { compared } from './draft.ts'
import { words } from './words.ts'

type Figure = SimulationReport['asaSeconds']
type Unit = 'percent' | 'seconds' | 'people'

/** What is better: more of it, less of it, or neither. */
const rows = [
  { key: 'serviceLevel', unit: 'percent', better: 'more' },
  { key: 'asaSeconds', unit: 'seconds', better: 'less' },
  { key: 'p90WaitSeconds', unit: 'seconds', better: 'less' },
  { key: 'abandonment', unit: 'percent', better: 'less' },
  { key: 'occupancy', unit: 'percent', better: null },
  { key: 'offered', unit: 'people', better: null },
] as const

interface Props {
  now: SimulationReport
  changed: SimulationReport
  service: QueueSettings['service']
  nowService: QueueSettings['service']
}

const scaled = (value: number, unit: Unit): number => Math.round(unit === 'percent' ? value * 100 : value)

export function Comparison({ now, changed, service, nowService }: Props) {
  const t = useWords(words)
  const unitText = (value: number, unit: Unit): string => t(unit === 'seconds' ? 'secondsValue' : unit, { value })
  const figureText = (figure: Figure, unit: Unit): string => {
    const half = scaled((figure.high - figure.low) / 2, unit)
    const mean = unitText(scaled(figure.mean, unit), unit)
    return half === 0 ? t('exact', { mean }) : t('plusMinus', { mean, half })
  }
  const difference = (before: Figure, after: Figure, unit: Unit, better: 'more' | 'less' | null) => {
    const kind = compared(before, after)
    if (kind === 'same' || kind === 'within_error') return <span className="q-quiet">{t(kind)}</span>
    const value = Math.abs(scaled(after.mean - before.mean, unit))
    const tone = better === null ? undefined : kind === better ? 'q-state-good' : 'q-state-bad'
    return <span className={tone}>{t(`${kind}.${unit}`, { value })}</span>
  }
  const target = (report: SimulationReport, { percent }: QueueSettings['service']) => {
    const reached = report.serviceLevel.mean * 100 >= percent
    return (
      <div className={reached ? 'q-state-good' : 'q-state-bad'}>{t(reached ? 'reached' : 'missed', { percent })}</div>
    )
  }
  return (
    <div className="q-table-scroll">
      <table className="q-table st-compare">
        <thead>
          <tr>
            {[t('metric'), t('now'), t('changed'), t('difference')].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, unit, better }) => (
            <tr key={key}>
              <th scope="row">
                {t(key)}
                {key === 'serviceLevel' ? (
                  <div className="q-quiet">
                    {t('serviceLevelHint', { time: duration(service.withinSeconds * 1000) })}
                  </div>
                ) : null}
              </th>
              <td className="q-tabular">
                {figureText(now[key], unit)}
                {key === 'serviceLevel' ? target(now, nowService) : null}
              </td>
              <td className="q-tabular">
                <b>{figureText(changed[key], unit)}</b>
                {key === 'serviceLevel' ? target(changed, service) : null}
              </td>
              <td>{difference(now[key], changed[key], unit, better)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
