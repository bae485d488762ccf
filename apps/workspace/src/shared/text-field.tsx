import { Input } from 'antd'
import type { ReactNode } from 'react'
import { FormField } from './form-field.tsx'

interface TextFieldProps {
  label: string
  hint?: ReactNode
  error?: string | null | undefined
  value: string
  onChange: (text: string) => void
  type?: 'text' | 'url' | 'email'
  maxLength?: number
  placeholder?: string
  disabled?: boolean
  /** More than one line: how many there are at first, and until when it grows. */
  lines?: { first: number; most: number }
  /** Of what is written, where it is not the reader's own. */
  lang?: string
}

export function TextField({ label, hint, error, value, onChange, type = 'text', lines, ...rest }: TextFieldProps) {
  return (
    <FormField label={label} hint={hint} error={error}>
      {(control) => {
        const own = { ...control, ...rest, value, ...(rest.lang ? { dir: rest.lang === 'ar' ? 'rtl' : 'auto' } : {}) }
        return lines ? (
          <Input.TextArea
            {...own}
            autoSize={{ minRows: lines.first, maxRows: lines.most }}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input {...own} type={type} onChange={(event) => onChange(event.target.value)} />
        )
      }}
    </FormField>
  )
}
