import { trusted } from '../../shared/trusted.ts'
import type { FormField, FormValues } from '@qiao/protocol/content'
import type { ComponentChildren } from 'preact'
import { say } from '../words/words.ts'

/** One form for all: before the chat, outside the hours, and inside a message. */
export type Answers = Record<string, string | boolean>

const inputTypes: Partial<Record<FormField['type'], 'tel' | 'email' | 'number' | 'date'>> = {
  phone: 'tel',
  email: 'email',
  number: 'number',
  date: 'date',
}
const completions: Record<string, string> = { name: 'name', email: 'email', phone: 'tel', company: 'organization' }

/** What is wrong, by field name. */
export function problems(fields: readonly FormField[], answers: Answers): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { name, type, required } of fields) {
    const value = answers[name]
    const empty = value === undefined || value === false || (typeof value === 'string' && value.trim() === '')
    if (required && empty) found[name] = say('required')
    else if (type === 'email' && !empty && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value).trim())) {
      found[name] = say('badEmail')
    }
  }
  return found
}

/** As the server stores them: numbers as numbers, nothing for what was left empty. */
export function toValues(fields: readonly FormField[], answers: Answers): FormValues {
  const values: FormValues = {}
  for (const { name, type } of fields) {
    const value = answers[name]
    if (typeof value === 'boolean') values[name] = value
    else if (value && value.trim() !== '') values[name] = type === 'number' ? Number(value) : value.trim()
  }
  return values
}

/** Says of a control that it is wrong; why stands in its `Wrong`. */
export const faultOf = (id: string, error: string | undefined) => ({
  'aria-invalid': error ? true : undefined,
  'aria-describedby': error ? `${id}-error` : undefined,
})

export const Wrong = ({ id, error }: { id: string; error: string | undefined }) =>
  error ? (
    <span class="wrong" id={`${id}-error`} role="alert">
      {error}
    </span>
  ) : null

/** What is wrong is marked only at the next turn of the screen. */
export const toFirstWrong = (form: HTMLElement | null) =>
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())

interface FieldProps {
  field: FormField
  value: string | boolean | undefined
  error: string | undefined
  prefix: string
  onChange: (value: string | boolean) => void
}

function control({ field, value, error, onChange }: FieldProps, id: string): ComponentChildren {
  const shared = {
    id,
    name: field.name,
    required: field.required,
    ...faultOf(id, error),
  }
  const text = String(value ?? '')
  if (field.type === 'textarea') {
    return (
      <textarea
        {...shared}
        rows={3}
        maxLength={4000}
        placeholder={field.placeholder}
        value={text}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (field.type === 'select') {
    return (
      <select {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{say('choose')}</option>
        {field.options?.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  }
  // The types of JSX want one literal per element; all of ours take the same attributes.
  return (
    <input
      {...shared}
      type={trusted<'text'>(inputTypes[field.type] ?? 'text')}
      maxLength={1000}
      placeholder={field.placeholder}
      autocomplete={
        completions[field.name] ?? (field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'off')
      }
      value={text}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export function Field(props: FieldProps) {
  const { field, value, error, prefix, onChange } = props
  const id = `${prefix}-${field.name}`
  const wrong = <Wrong id={id} error={error} />
  if (field.type === 'checkbox') {
    return (
      <div class="field">
        <label class="check">
          <input
            id={id}
            type="checkbox"
            checked={value === true}
            {...faultOf(id, error)}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
          <span>{field.label}</span>
        </label>
        {wrong}
      </div>
    )
  }
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required && <span aria-hidden="true"> *</span>}
      </label>
      {control(props, id)}
      {wrong}
    </div>
  )
}

interface FieldsProps {
  fields: readonly FormField[]
  answers: Answers
  errors: Record<string, string>
  prefix: string
  onChange: (answers: Answers) => void
}

export const Fields = ({ fields, answers, errors, prefix, onChange }: FieldsProps) => (
  <>
    {fields.map((field) => (
      <Field
        key={field.name}
        field={field}
        value={answers[field.name]}
        error={errors[field.name]}
        prefix={prefix}
        onChange={(value) => onChange({ ...answers, [field.name]: value })}
      />
    ))}
  </>
)
