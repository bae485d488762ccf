import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { type Holiday, datesBetween, maxRangeDays } from './holidays.ts'
import { words } from './words.ts'

/** One day or a run of days, closed; hours can be given afterwards. */
export function HolidayAdd({ today, onAdd }: { today: string; onAdd: (added: Holiday[]) => void }) {
  const t = useWords(words)
  const [first, setFirst] = useState(today)
  const [last, setLast] = useState('')
  const [name, setName] = useState('')
  const dates = datesBetween(first, last || first)
  const add = (): void => {
    if (!dates) return
    onAdd(dates.map((date) => ({ date, name: name.trim(), intervals: [] })))
    setLast('')
    setName('')
  }
  return (
    <div className="st-holiday-add">
      <label>
        {t('firstDate')}
        <Input type="date" value={first} onChange={(event) => setFirst(event.target.value)} style={{ width: 160 }} />
      </label>
      <label>
        {t('lastDate')}
        <Input
          type="date"
          value={last}
          min={first}
          status={dates ? '' : 'error'}
          onChange={(event) => setLast(event.target.value)}
          style={{ width: 160 }}
        />
      </label>
      <label>
        {t('holidayName')}
        <Input
          value={name}
          maxLength={100}
          placeholder={t('holidayNamePlaceholder')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={add}
          style={{ width: 200 }}
        />
      </label>
      <Button onClick={add} disabled={!dates}>
        {t('addHoliday')}
      </Button>
      {dates ? null : (
        <span className="q-field-error" role="alert">
          {t('problem.dates', { days: maxRangeDays })}
        </span>
      )}
    </div>
  )
}
