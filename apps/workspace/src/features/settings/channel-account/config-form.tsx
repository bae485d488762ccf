import { InputNumber, Select } from 'antd'
import { FormField as Labelled, SwitchField } from '../../../shared/form-field.tsx'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { worded } from '../../../shared/worded.ts'
import { words as settingsWords } from '../words.ts'
import type { FieldProblem, FieldValue, FormField } from './form-fields.ts'
import { SecretField } from './secret-field.tsx'
import type { AccountEditor } from './use-account-draft.ts'
import { words as accountWords } from './words.ts'

interface ConfigFormProps {
  editor: AccountEditor
  secretsSet: readonly string[]
}

/** The channel's own form; what most people leave as it is, is folded away. */
export function ConfigForm({ editor, secretsSet }: ConfigFormProps) {
  const t = useWords(accountWords)
  const explain = useFieldProblem()
  const { fields, problems, draft } = editor
  const show = (field: FormField) => {
    const error = explain(problems.get(field.name))
    return field.secret ? (
      <SecretField
        key={`${field.name} ${editor.discards}`}
        field={field}
        error={error}
        isSet={secretsSet.includes(field.name)}
        typed={draft.secrets[field.name]}
        onChange={(value) => editor.setSecret(field.name, value)}
      />
    ) : (
      <PlainField
        key={field.name}
        field={field}
        error={error}
        value={draft.values[field.name] ?? field.initial}
        onChange={(value) => editor.setValue(field.name, value)}
      />
    )
  }
  const general = explain(problems.get(''))
  const advanced = fields.filter((field) => field.advanced)
  return (
    <>
      {general ? (
        <p className="q-field-error" role="alert">
          {general}
        </p>
      ) : null}
      {fields.filter((field) => !field.advanced).map(show)}
      {advanced.length > 0 ? (
        <details className="st-advanced" open={advanced.some(({ name }) => problems.has(name)) || undefined}>
          <summary>{t('advanced')}</summary>
          {advanced.map(show)}
        </details>
      ) : null}
    </>
  )
}

function useFieldProblem(): (problem: FieldProblem | undefined) => string | null {
  const t = useWords(settingsWords)
  return (problem) => {
    if (!problem) return null
    const said = t(`problem.${problem.kind}`)
    // Words of the channel's own schema are English only; in Chinese the help below the field says as much.
    return problem.said && currentLanguage() === 'en' ? `${said} ${problem.said}` : said
  }
}

interface PlainFieldProps {
  field: FormField
  error: string | null
  value: FieldValue
  onChange: (value: FieldValue) => void
}

function PlainField({ field, error, value, onChange }: PlainFieldProps) {
  const t = useWords(accountWords)
  const label = field.required ? worded(field.title) : t('optional', { title: worded(field.title) })
  const hint = field.help ? worded(field.help) : undefined
  switch (field.kind) {
    case 'switch':
      return (
        <SwitchField label={worded(field.title)} hint={error ?? hint} checked={value === true} onChange={onChange} />
      )
    case 'choice':
      return (
        <Labelled label={worded(field.title)} hint={hint} error={error}>
          {({ id, status }) => (
            <Select
              id={id}
              status={status}
              value={String(value ?? '')}
              onChange={onChange}
              options={field.choices.map((choice) => ({ value: choice.value, label: worded(choice.words) }))}
            />
          )}
        </Labelled>
      )
    case 'number':
      return (
        <Labelled label={label} hint={hint} error={error}>
          {(control) => (
            <InputNumber
              {...control}
              value={typeof value === 'number' ? value : null}
              {...(field.min === null ? {} : { min: field.min })}
              {...(field.max === null ? {} : { max: field.max })}
              {...(field.whole ? { precision: 0 } : {})}
              style={{ width: 160 }}
              onChange={onChange}
            />
          )}
        </Labelled>
      )
    default:
      return (
        <TextField
          label={field.initial === '' ? label : worded(field.title)}
          hint={hint}
          error={error}
          value={String(value ?? '')}
          type={field.kind === 'url' ? 'url' : 'text'}
          {...(field.maxLength === null ? {} : { maxLength: field.maxLength })}
          {...((field.maxLength ?? 0) > 500 && field.kind === 'text' && !field.required
            ? { lines: { first: 2, most: 8 } }
            : {})}
          onChange={onChange}
        />
      )
  }
}
