import type { ReactNode } from 'react'
import { FormField } from '../../../shared/form-field.tsx'
import { DurationInput } from './duration-input.tsx'

interface DurationFieldProps {
  label: string
  hint?: ReactNode
  error?: string | null
  per?: 'seconds' | 'minutes'
  value: number
  min?: number
  max: number
  onChange: (value: number) => void
}

export function DurationField({ label, hint, error, per = 'seconds', ...rest }: DurationFieldProps) {
  return (
    <FormField label={label} hint={hint} error={error}>
      {(control) => <DurationInput control={control} label={label} per={per} {...rest} />}
    </FormField>
  )
}
