import { SendOutlined } from '@ant-design/icons'
import { type ContentOf, fillTemplate, type MessageTemplate } from '@qiao/protocol'
import { Button } from 'antd'
import { type Ref, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { tagOf } from '../../../../shared/templates/language.ts'
import { TemplatePreview } from '../../../../shared/templates/template-preview.tsx'
import { titleOf } from '../../../../shared/templates/title-of.ts'
import { reasonWords, words as shownWords } from '../../../../shared/templates/words.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import { templateWords } from './template-words.ts'

interface TemplateFormProps {
  template: MessageTemplate
  fields: Ref<HTMLFormElement>
  onSend: (content: ContentOf<'template'>) => void
}

export function TemplateForm({ template, fields, onSend }: TemplateFormProps) {
  const t = useWords(templateWords)
  const [values, setValues] = useState<readonly string[]>(() => template.parameters.map(() => ''))
  const reason = reasonWords(template, useWords(shownWords))
  const isComplete = values.every((value) => value.trim() !== '')
  const send = (): void => {
    if (reason !== null || !isComplete) return
    const { name, language, parameters, components } = template
    const buttons = components.filter(({ part }) => part === 'button').map(({ text }) => text)
    const text = fillTemplate(template.text, parameters, values)
    const filled = { type: 'template', name, language, parameters: values.map((value) => value.trim()), text } as const
    onSend({ ...filled, ...(buttons.length > 0 ? { buttons } : {}) })
  }
  return (
    <form
      ref={fields}
      className="q-template-form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <h3>{titleOf(template)}</h3>
      {reason ? (
        <p className="q-template-reason" role="status">
          {t('cannot', { why: reason })}
        </p>
      ) : null}
      {reason
        ? null
        : template.parameters.map((name, at) => (
            <TextField
              key={name}
              label={t('value', { name })}
              lang={tagOf(template.language)}
              maxLength={1024}
              value={values[at] ?? ''}
              onChange={(value) => setValues(values.with(at, value))}
            />
          ))}
      <TemplatePreview template={template} values={values} />
      <Button
        type="primary"
        htmlType="submit"
        icon={<SendOutlined />}
        disabled={reason !== null || !isComplete}
        className="q-template-send"
      >
        {t('send')}
      </Button>
    </form>
  )
}
