import { Switch } from 'antd'
import { type ReactNode, useId } from 'react'
import './page-frame.css'

/** What the control inside needs so that label, hint and error belong to it. */
export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
  status: 'error' | ''
}

interface FormFieldProps {
  label: string
  hint?: ReactNode
  error?: string | null | undefined
  children: (control: ControlProps) => ReactNode
}

/** One labelled control of an editor that keeps its own draft. */
export function FormField({ label, hint, error, children }: FormFieldProps) {
  const id = useId()
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="q-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
        status: error ? 'error' : '',
      })}
      {error ? (
        <span className="q-field-error" id={`${id}-error`} role="alert">
          {error}
        </span>
      ) : null}
      {hint ? (
        <span className="q-field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
    </div>
  )
}

interface SwitchFieldProps {
  label: string
  hint?: string | undefined
  checked: boolean
  disabled?: boolean | undefined
  onChange: (checked: boolean) => void
}

/** A setting that is on or off: the switch first, its words beside it. */
export function SwitchField({ label, hint, checked, disabled, onChange }: SwitchFieldProps) {
  const id = useId()
  return (
    <div className="q-field q-field-row">
      <Switch
        id={id}
        size="small"
        checked={checked}
        disabled={disabled ?? false}
        onChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        style={{ marginBlockStart: 3 }}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <div className="q-field-hint" id={`${id}-hint`}>
            {hint}
          </div>
        ) : null}
      </div>
    </div>
  )
}
