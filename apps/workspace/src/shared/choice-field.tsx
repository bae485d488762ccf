import { Select } from 'antd'
import type { ReactNode } from 'react'
import { FormField } from './form-field.tsx'

interface Option<Value> {
  value: Value
  label: string
}
interface Props<Value, Chosen> {
  label: string
  hint?: ReactNode
  value: Chosen
  options: Option<Value>[]
  onChange: (value: Chosen) => void
  disabled?: boolean
  placeholder?: string
}

/** Teams, colleagues, calendars, as choices. */
export const optionsOf = (items: { id: string; name: string }[]): Option<string>[] =>
  items.map(({ id, name }) => ({ value: id, label: name }))

export function ChoiceField<Value extends string>({ label, hint, ...select }: Props<Value, Value>) {
  return (
    <FormField label={label} hint={hint}>
      {({ id }) => <Select<Value> id={id} {...select} />}
    </FormField>
  )
}

/** Any number of them. */
export function ChoicesField<Value extends string>({ label, hint, ...select }: Props<Value, Value[]>) {
  return (
    <FormField label={label} hint={hint}>
      {({ id }) => <Select<Value[]> id={id} mode="multiple" showSearch={{ optionFilterProp: 'label' }} {...select} />}
    </FormField>
  )
}
