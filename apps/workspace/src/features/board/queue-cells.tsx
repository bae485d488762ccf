import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { duration, exactTime } from '../../shared/time.ts'
import type { QueueRow } from './queue-rows.ts'
import { latenessOf } from './queue-rows.ts'
import { percent } from './numbers.ts'
import { Timer, clock, useSecond } from './timer.tsx'
import { words } from './words.ts'

interface OpensProps {
  /** The whole name, with what is shown in it; or what is read out after what is shown, where that moves by itself. */
  label?: string
  after?: string
  on: boolean
  onClick: () => void
  children: ReactNode
}

/** A number that opens what it counts. */
export function Opens({ label, after, on, onClick, children }: OpensProps) {
  return (
    <button type="button" className="q-board-number" aria-label={label} aria-pressed={on} onClick={onClick}>
      {children}
      {after ? <span className="sr-only">{after}</span> : null}
    </button>
  )
}

export function Longest({ row: { queue, load } }: { row: QueueRow }) {
  const t = useWords(words)
  const now = useSecond()
  const { percent: share, withinSeconds } = queue.settings.service
  if (!load.longestSince) return <span className="q-quiet">{t('unknown')}</span>
  const waited = now - Date.parse(load.longestSince)
  const level = latenessOf(waited, withinSeconds)
  const target = t('target', { percent: share, time: duration(withinSeconds * 1000) })
  return (
    <Tooltip title={`${target} · ${exactTime(load.longestSince)}`} mouseEnterDelay={0.4}>
      <span className={`q-board-wait is-${level}`}>
        {level === 'fine' ? null : <small>{t(level)}</small>}
        <Timer since={load.longestSince} />
      </span>
    </Tooltip>
  )
}

export function ServiceLevel({ row: { queue, load } }: { row: QueueRow }) {
  const t = useWords(words)
  const { serviceLevel, answered, answeredInTime, abandoned, shortAbandoned } = load.today
  const { percent: share, withinSeconds } = queue.settings.service
  const value = percent(serviceLevel)
  const target = t('target', { percent: share, time: duration(withinSeconds * 1000) })
  if (value === null || serviceLevel === null) return <span title={t('none')}>{t('unknown')}</span>
  const all = answered + abandoned - shortAbandoned
  return (
    <Tooltip title={`${t('inTime', { inTime: answeredInTime, all })} · ${target}`} mouseEnterDelay={0.4}>
      <span className={serviceLevel * 100 < share ? 'q-state-bad' : undefined}>{value}</span>
    </Tooltip>
  )
}

export function QueueTags({ row: { load } }: { row: QueueRow }) {
  const t = useWords(words)
  return (
    <>
      {load.paused ? <span className="q-board-tag is-warning">{t('paused')}</span> : null}
      {load.open ? null : <span className="q-board-tag">{t('closed')}</span>}
      {load.open && !load.paused && load.present === 0 ? (
        <span className="q-board-tag is-warning">{t('nobody')}</span>
      ) : null}
    </>
  )
}

export const asaText = (seconds: number | null): string | null => (seconds === null ? null : clock(seconds * 1000))
