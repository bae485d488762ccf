import { InputNumber } from 'antd'
import type { ReactNode } from 'react'
import { FormField } from '../../../shared/form-field.tsx'

interface NumberFieldProps {
  label: string
  hint?: ReactNode
  error?: string | null
  value: number
  min?: number
  max: number
  step?: number
  /** Parts of one are allowed. */
  fractions?: boolean
  suffix?: string
  disabled?: boolean
  onChange: (value: number) => void
}

export function NumberField({
  label,
  hint,
  error,
  suffix,
  fractions = false,
  min = 0,
  onChange,
  ...rest
}: NumberFieldProps) {
  return (
    <FormField label={label} hint={hint} error={error}>
      {(control) => (
        <InputNumber
          {...control}
          {...rest}
          min={min}
          {...(fractions ? {} : { precision: 0 })}
          suffix={suffix}
          style={{ width: 160 }}
          onChange={(next) => onChange(next ?? min)}
        />
      )}
    </FormField>
  )
}
