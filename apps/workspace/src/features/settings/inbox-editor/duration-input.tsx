import { InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import type { ControlProps } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { chatWords } from './chat-words.ts'

const units = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof units
/** The largest unit in which the number is whole: 1440 is one day, 90 stays minutes. */
const unitOf = (minutes: number): Unit => {
  if (minutes > 0 && minutes % units.days === 0) return 'days'
  return minutes > 0 && minutes % units.hours === 0 ? 'hours' : 'minutes'
}

interface Props {
  control: ControlProps
  label: string
  value: number
  max: number
  onChange: (minutes: number) => void
}

export function DurationInput({ control, label, value, max, onChange }: Props) {
  const t = useWords(chatWords)
  const [unit, setUnit] = useState(() => unitOf(value))
  const size = units[unit]
  return (
    <Space.Compact>
      <InputNumber
        {...control}
        value={value / size}
        min={0}
        max={Math.floor(max / size)}
        precision={value % size === 0 ? 0 : 1}
        onChange={(next) => onChange(Math.round((next ?? 0) * size))}
        style={{ width: 110 }}
      />
      <Select
        aria-label={label}
        value={unit}
        onChange={(next: Unit) => {
          onChange(Math.min(max, Math.max(1, Math.round(value / size)) * units[next]))
          setUnit(next)
        }}
        style={{ width: 100 }}
        options={(['minutes', 'hours', 'days'] as const).map((one) => ({ value: one, label: t(one) }))}
      />
    </Space.Compact>
  )
}
