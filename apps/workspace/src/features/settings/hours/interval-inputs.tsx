import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import type { Interval } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { TimeInput } from './time-input.tsx'
import { dayProblem, nextInterval } from './week-grid.ts'
import { words } from './words.ts'

interface Props {
  /** Day or date, for the labels. */
  day: string
  intervals: readonly Interval[]
  disabled?: boolean
  onChange: (intervals: Interval[]) => void
}

/** The exact times of one day. They may be wrong while they are typed; the problem is said below. */
export function IntervalInputs({ day, intervals, disabled, onChange }: Props) {
  const t = useWords(words)
  const problem = dayProblem(intervals)
  const next = nextInterval(intervals)
  const replace = (index: number, change: Partial<Interval>): void =>
    onChange(intervals.map((one, at) => (at === index ? { ...one, ...change } : one)))
  return (
    <div className="st-intervals">
      {intervals.length === 0 ? <span className="q-quiet">{t('closedDay')}</span> : null}
      {intervals.map((one, index) => (
        <span key={index} className="st-interval">
          <TimeInput
            value={one.from}
            label={t('from', { day, n: index + 1 })}
            disabled={disabled ?? false}
            onChange={(from) => replace(index, { from })}
          />
          –
          <TimeInput
            value={one.to}
            label={t('to', { day, n: index + 1 })}
            disabled={disabled ?? false}
            onChange={(to) => replace(index, { to })}
          />
          {disabled ? null : (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('removeInterval', { day, n: index + 1 })}
              onClick={() => onChange(intervals.filter((_, at) => at !== index))}
            />
          )}
        </span>
      ))}
      {disabled || !next ? null : (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          aria-label={t('addInterval', { day })}
          title={t('addInterval', { day })}
          onClick={() => onChange([...intervals, next])}
        />
      )}
      {problem ? (
        <span className="q-field-error" role="alert">
          {t(`problem.${problem}`)}
        </span>
      ) : null}
    </div>
  )
}
