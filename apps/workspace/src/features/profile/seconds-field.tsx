import { InputNumber } from 'antd'
import { useState } from 'react'
import { FormField } from '../../shared/form-field.tsx'

interface Props {
  label: string
  unit: string
  /** Seconds in one unit. */
  size: number
  min: number
  max: number
  value: number
  onChange: (seconds: number) => void
}

/** Saved when the field is left, not with each digit. */
export function SecondsField({ label, unit, size, min, max, value, onChange }: Props) {
  const [typed, setTyped] = useState<number | null>(null)
  const commit = (): void => {
    if (typed !== null && typed !== value) onChange(typed)
    setTyped(null)
  }
  return (
    <FormField label={label}>
      {(control) => (
        <InputNumber
          {...control}
          value={(typed ?? value) / size}
          min={min / size}
          max={max / size}
          precision={0}
          suffix={unit}
          style={{ width: 140 }}
          onChange={(next) => setTyped(next === null ? null : Math.min(max, Math.max(min, Math.round(next * size))))}
          onBlur={commit}
          onPressEnter={commit}
        />
      )}
    </FormField>
  )
}
