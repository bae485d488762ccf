import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { DayBars } from './day-bars.tsx'
import { timeOf } from './draft.ts'
import { words } from './words.ts'

interface Props {
  label: string
  values: number[]
  /** The present, where these are to be compared with it. */
  now?: number[]
  onChange: (values: number[]) => void
}

const most = 500

export function StaffingBars({ label, values, now, onChange }: Props) {
  const t = useWords(words)
  const hours = values.reduce((sum, value) => sum + value, 0) / 2
  // Nobody is put on duty at night by a button that means the day.
  const each = (by: number): void =>
    onChange(values.map((value) => (value === 0 ? 0 : Math.max(0, Math.min(most, value + by)))))
  return (
    <div className="q-field st-bars-field">
      <div className="st-bars-head">
        <span className="q-field-label">{t('staffing')}</span>
        <span className="q-quiet q-tabular">{t('hours', { hours })}</span>
        <span className="st-bars-acts">
          {now ? (
            <Button size="small" onClick={() => onChange(now)}>
              {t('copyNow')}
            </Button>
          ) : null}
          <Button size="small" onClick={() => each(-1)}>
            {t('oneLess')}
          </Button>
          <Button size="small" onClick={() => each(1)}>
            {t('oneMore')}
          </Button>
        </span>
      </div>
      <DayBars
        label={label}
        values={values}
        {...(now ? { ghost: now } : {})}
        atLeast={6}
        most={most}
        nameOf={(index, count) => t('staffOf', { time: timeOf(index), count })}
        onChange={onChange}
      />
    </div>
  )
}
