import { CloseOutlined } from '@ant-design/icons'
import { Button, Input, Switch } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useNow } from '../../../shared/time.ts'
import { HolidayAdd } from './holiday-add.tsx'
import { type Holiday, todayIn, withHolidays } from './holidays.ts'
import { IntervalInputs } from './interval-inputs.tsx'
import { words } from './words.ts'

interface Props {
  holidays: Holiday[]
  zone: string
  disabled: boolean
  onChange: (holidays: Holiday[]) => void
}

export function HolidayEditor({ holidays, zone, disabled, onChange }: Props) {
  const t = useWords(words)
  const [showPast, setShowPast] = useState(false)
  const today = todayIn(zone, new Date(useNow()))
  const past = holidays.filter((one) => one.date < today)
  const shown = showPast ? holidays : holidays.filter((one) => one.date >= today)
  const replace = (date: string, change: Partial<Holiday>): void =>
    onChange(holidays.map((one) => (one.date === date ? { ...one, ...change } : one)))
  return (
    <div>
      {holidays.length === 0 ? <p className="q-quiet">{t('holidaysEmpty')}</p> : null}
      {past.length > 0 ? (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setShowPast(!showPast)}>
          {showPast ? t('hidePast') : t('showPast', { count: past.length })}
        </Button>
      ) : null}
      {shown.map((holiday) => (
        <div key={holiday.date} className="st-holiday">
          <span>{holiday.date}</span>
          <Input
            size="small"
            aria-label={`${holiday.date} ${t('holidayName')}`}
            value={holiday.name}
            maxLength={100}
            disabled={disabled}
            onChange={(event) => replace(holiday.date, { name: event.target.value })}
          />
          <span className="st-interval">
            <Switch
              size="small"
              aria-label={`${holiday.date} ${t('open')}`}
              checked={holiday.intervals.length > 0}
              disabled={disabled}
              onChange={(open) => replace(holiday.date, { intervals: open ? [{ from: 540, to: 1080 }] : [] })}
            />
            <span className="q-quiet">{holiday.intervals.length > 0 ? t('open') : t('closed')}</span>
          </span>
          {holiday.intervals.length > 0 ? (
            <IntervalInputs
              day={holiday.date}
              intervals={holiday.intervals}
              disabled={disabled}
              onChange={(intervals) => replace(holiday.date, { intervals })}
            />
          ) : (
            <span />
          )}
          {disabled ? null : (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('removeHoliday', { date: holiday.date, name: holiday.name })}
              onClick={() => onChange(holidays.filter((one) => one.date !== holiday.date))}
            />
          )}
        </div>
      ))}
      {disabled ? null : <HolidayAdd today={today} onAdd={(added) => onChange(withHolidays(holidays, added))} />}
    </div>
  )
}
