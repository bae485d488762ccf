import { Radio } from 'antd'
import { useId } from 'react'
import './page-frame.css'

interface RadioFieldProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string; hint?: string }[]
  onChange: (value: Value) => void
}

/** One of a few, each with what it means. */
export function RadioField<Value extends string>({ label, value, options, onChange }: RadioFieldProps<Value>) {
  const id = useId()
  return (
    <div className="q-field">
      <span className="q-field-label" id={id}>
        {label}
      </span>
      <Radio.Group
        vertical
        aria-labelledby={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
        options={options.map((option) => ({
          value: option.value,
          label: (
            <>
              {option.label}
              {option.hint ? <span className="q-field-hint"> · {option.hint}</span> : null}
            </>
          ),
        }))}
      />
    </div>
  )
}
