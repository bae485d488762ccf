import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons'
import type { FormField as Field } from '@qiao/protocol'
import { Button, Checkbox, Input, Select } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { fieldTypes, moved, newField } from './form-fields.ts'
import { formWords } from './form-words.ts'
import type { Problems } from '../parts/problems.ts'

interface Props {
  fields: Field[]
  /** Where the fields stand in the settings, for their problems: `preChat.fields`. */
  path: string
  problems: Problems
  onChange: (fields: Field[]) => void
}

export function FieldsEditor({ fields, path, problems, onChange }: Props) {
  const t = useWords(formWords)
  const replace = (index: number, change: Partial<Field>): void =>
    onChange(fields.with(index, { ...(fields[index] ?? newField(fields)), ...change }))
  const wrong = (index: number, name: string) => (problems.has(`${path}.${index}.${name}`) ? 'error' : '')
  return (
    <div>
      {fields.length === 0 ? <p className="q-quiet">{t('fieldsEmpty')}</p> : null}
      {fields.map((field, index) => {
        const label = field.label || t('field', { n: index + 1 })
        const nth = `${t('field', { n: index + 1 })}: `
        return (
          <fieldset key={index} className="st-form-field">
            <legend className="sr-only">{label}</legend>
            <div className="st-row">
              <Input
                aria-label={nth + t('label')}
                placeholder={t('label')}
                value={field.label}
                maxLength={100}
                status={wrong(index, 'label')}
                onChange={(event) => replace(index, { label: event.target.value })}
              />
              <Select
                aria-label={nth + t('type')}
                value={field.type}
                style={{ width: 130, flex: 'none' }}
                onChange={(type) =>
                  replace(index, { type, ...(type === 'select' ? { options: field.options ?? [] } : {}) })
                }
                options={fieldTypes.map((type) => ({ value: type, label: t(`type.${type}`) }))}
              />
              <Button
                type="text"
                icon={<ArrowUpOutlined />}
                aria-label={t('up', { label })}
                disabled={index === 0}
                onClick={() => onChange(moved(fields, index, index - 1))}
              />
              <Button
                type="text"
                icon={<ArrowDownOutlined />}
                aria-label={t('down', { label })}
                disabled={index === fields.length - 1}
                onClick={() => onChange(moved(fields, index, index + 1))}
              />
              <Button
                type="text"
                icon={<CloseOutlined />}
                aria-label={t('remove', { label })}
                onClick={() => onChange(fields.toSpliced(index, 1))}
              />
            </div>
            <div className="st-row">
              <Input
                aria-label={nth + t('name')}
                placeholder={t('name')}
                value={field.name}
                maxLength={40}
                status={wrong(index, 'name')}
                style={{ width: 150, flex: 'none' }}
                onChange={(event) => replace(index, { name: event.target.value.trim() })}
              />
              <Input
                aria-label={nth + t('placeholder')}
                placeholder={t('placeholder')}
                value={field.placeholder ?? ''}
                maxLength={100}
                onChange={(event) => replace(index, { placeholder: event.target.value || undefined })}
              />
              <Checkbox
                checked={field.required}
                onChange={(event) => replace(index, { required: event.target.checked })}
              >
                {t('required')}
              </Checkbox>
            </div>
            {field.type === 'select' ? (
              <Input.TextArea
                aria-label={`${nth + t('options')}. ${t('optionsHint')}`}
                placeholder={`${t('options')} · ${t('optionsHint')}`}
                value={(field.options ?? []).join('\n')}
                autoSize={{ minRows: 2, maxRows: 8 }}
                status={[...problems.keys()].some((key) => key.startsWith(`${path}.${index}.options`)) ? 'error' : ''}
                onChange={(event) => replace(index, { options: event.target.value.split('\n') })}
              />
            ) : null}
            {wrong(index, 'name') ? <span className="q-field-error">{t('nameProblem')}</span> : null}
          </fieldset>
        )
      })}
      <Button size="small" disabled={fields.length >= 12} onClick={() => onChange([...fields, newField(fields)])}>
        {t('addField')}
      </Button>
      <p className="q-field-hint">{t('nameHint')}</p>
    </div>
  )
}
