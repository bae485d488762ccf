import type { ReactNode } from 'react'
import { useWords } from '../../shared/i18n.ts'
import type { AgentRow } from './agent-rows.ts'
import { percent } from './numbers.ts'
import { type QueueRow, totalsOf } from './queue-rows.ts'
import { Longest, Opens } from './queue-cells.tsx'
import { words } from './words.ts'

interface Props {
  rows: readonly QueueRow[]
  agents: readonly AgentRow[]
  onWaiting: (queueId: string) => void
  onAvailable: () => void
}

/** The five numbers that a lead asks for first. */
export function Totals({ rows, agents, onWaiting, onAvailable }: Props) {
  const t = useWords(words)
  const totals = totalsOf(rows)
  const available = agents.filter(({ state }) => state.present && state.state === 'available').length
  const present = agents.filter(({ state }) => state.present).length
  const { longest } = totals
  const worst = (value: ReactNode): ReactNode =>
    longest ? (
      <Opens after={t('total.showWaiting')} on={false} onClick={() => onWaiting(longest.queue.id)}>
        {value}
      </Opens>
    ) : (
      value
    )
  const figures = [
    { key: 'waiting', value: worst(totals.waiting) },
    { key: 'longest', value: longest ? worst(<Longest row={longest} />) : t('unknown') },
    { key: 'held', value: totals.held },
    {
      key: 'available',
      value: (
        <Opens after={t('total.showAvailable')} on={false} onClick={onAvailable}>
          {available} <span className="q-quiet">/ {present}</span>
        </Opens>
      ),
    },
    { key: 'service', value: percent(totals.serviceLevel) ?? t('unknown') },
  ] as const
  return (
    <dl className="q-board-totals" aria-label={t('totals')}>
      {figures.map(({ key, value }) => (
        <div key={key}>
          <dt>{t(`total.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
