import { InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import type { ControlProps } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'

const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const
type Unit = keyof typeof seconds
const units = ['seconds', 'minutes', 'hours', 'days'] as const

interface Props {
  control: ControlProps
  label: string
  /** What the setting is kept in, and the smallest unit offered. */
  per?: 'seconds' | 'minutes'
  value: number
  min?: number
  max: number
  onChange: (value: number) => void
}

/** The largest unit in which the length is whole: 1440 minutes are one day, 90 stay minutes. */
function unitOf(value: number, per: Unit): Unit {
  const whole = (unit: Unit): boolean => seconds[unit] > seconds[per] && (value * seconds[per]) % seconds[unit] === 0
  return value > 0 ? (units.findLast(whole) ?? per) : per
}

export function DurationInput({ control, label, per = 'minutes', value, min = 0, max, onChange }: Props) {
  const t = useWords(words)
  const [unit, setUnit] = useState(() => unitOf(value, per))
  const size = seconds[unit] / seconds[per]
  const offered = units.filter((one) => seconds[one] >= seconds[per] && seconds[one] / seconds[per] <= Math.max(max, 1))
  const within = (next: number): number => Math.min(max, Math.max(min, next))
  return (
    <Space.Compact>
      <InputNumber
        {...control}
        value={value / size}
        min={min / size}
        max={Math.floor(max / size)}
        precision={value % size === 0 ? 0 : 1}
        onChange={(next) => onChange(Math.round((next ?? 0) * size))}
        style={{ width: 110 }}
      />
      <Select
        aria-label={label}
        value={unit}
        onChange={(next: Unit) => {
          onChange(within(Math.max(1, Math.round(value / size)) * (seconds[next] / seconds[per])))
          setUnit(next)
        }}
        style={{ width: 100 }}
        options={offered.map((one) => ({ value: one, label: t(`unit.${one}`) }))}
      />
    </Space.Compact>
  )
}
