import { CopyOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useId } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { formatMinute } from './time-of-day.ts'
import { IntervalInputs } from './interval-inputs.tsx'
import { useWeekCanvas } from './week-canvas.tsx'
import { type Week, copyDay, openMinutes, weekPresets } from './week-grid.ts'
import { dayKeys } from './week-summary.tsx'
import { words } from './words.ts'
import './hours.css'

const targets = { copyAll: [0, 1, 2, 3, 4, 5, 6], copyWorkdays: [0, 1, 2, 3, 4], copyWeekend: [5, 6] } as const
const presetKeys = ['office', 'noon', 'daily'] as const

interface Props {
  week: Week
  disabled: boolean
  onChange: (week: Week) => void
}

export function WeekEditor({ week, disabled, onChange }: Props) {
  const t = useWords(words)
  const hintId = useId()
  const canvas = useWeekCanvas(week, disabled, onChange)
  const copyItems = (day: number) =>
    (['copyAll', 'copyWorkdays', 'copyWeekend'] as const).map((key) => ({
      key,
      label: t(key),
      onClick: () => onChange(copyDay(week, day, targets[key])),
    }))
  const presets = [
    ...presetKeys.map((key) => ({ key, label: t(`preset.${key}`), onClick: () => onChange(weekPresets[key]) })),
    { key: 'clear', label: t('preset.clear'), onClick: () => onChange(week.map(() => [])) },
  ]
  return (
    <div>
      <div className="st-week-tools">
        <span className="q-quiet">{t('total', { hours: Math.round((openMinutes(week) / 60) * 10) / 10 })}</span>
        {disabled ? null : (
          <Dropdown menu={{ items: presets }} trigger={['click']}>
            <Button size="small">{t('presets')}</Button>
          </Dropdown>
        )}
      </div>
      <div className="st-week-scale" aria-hidden="true">
        {[0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => (
          <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
            {formatMinute(hour * 60)}
          </span>
        ))}
      </div>
      {/* A grid that is walked with arrow keys, as WAI-ARIA describes it. */}
      <table
        className="st-week"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={t('week')}
        aria-describedby={hintId}
        aria-readonly={disabled}
        {...canvas.handlers}
      >
        <tbody>
          {dayKeys.map((key, day) => (
            <tr key={key} className="st-week-row">
              <th scope="row" className="st-week-day">
                {t(key)}
              </th>
              {canvas.row(day)}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="q-field-hint" id={hintId}>
        {disabled ? null : t('keys')}
      </p>
      <div className="st-days">
        {dayKeys.map((key, day) => (
          <div key={key} className="st-day">
            <span className="st-day-name">{t(key)}</span>
            <IntervalInputs
              day={t(key)}
              intervals={week[day] ?? []}
              disabled={disabled}
              onChange={(intervals) => onChange(week.map((old, index) => (index === day ? intervals : old)))}
            />
            {disabled ? null : (
              <Dropdown menu={{ items: copyItems(day) }} trigger={['click']}>
                <Button
                  type="text"
                  size="small"
                  icon={<CopyOutlined />}
                  aria-label={t('copyDay', { day: t(key) })}
                  title={t('copyDay', { day: t(key) })}
                />
              </Dropdown>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
