import { SendOutlined } from '@ant-design/icons'
import type { ContentOf, MessageTemplate } from '@qiao/protocol'
import { Button } from 'antd'
import { type Ref, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { HeadPreview } from '../../../../shared/templates/head-preview.tsx'
import { tagOf } from '../../../../shared/templates/language.ts'
import { placeHint, placeLabel, placeWords } from '../../../../shared/templates/place-words.ts'
import { TemplatePreview } from '../../../../shared/templates/template-preview.tsx'
import { titleOf } from '../../../../shared/templates/title-of.ts'
import { reasonWords, words as shownWords } from '../../../../shared/templates/words.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import { useUploads } from '../uploads.ts'
import { emptyFilling, faultsOf, filledTemplate } from './filled-template.ts'
import { HeaderField } from './header-field.tsx'
import { templateWords } from './template-words.ts'

interface TemplateFormProps {
  inboxId: string
  template: MessageTemplate
  fields: Ref<HTMLFormElement>
  onSend: (content: ContentOf<'template'>) => void
}

export function TemplateForm({ inboxId, template, fields, onSend }: TemplateFormProps) {
  const t = useWords(templateWords)
  const p = useWords(placeWords)
  const [typed, setTyped] = useState(() => emptyFilling(template))
  const files = useUploads({ inboxId })
  const [upload] = files.uploads
  const reason = reasonWords(template, useWords(shownWords))
  const filling = { ...typed, file: upload?.attachment ?? null }
  const faults = faultsOf(template, filling)
  const content = reason === null ? filledTemplate(template, filling) : null
  const place = [typed.spot.title, typed.spot.address].filter(Boolean).join(' · ')
  const above = template.header === 'location' ? place : upload?.file.name
  const lang = tagOf(template.language)
  return (
    <form
      ref={fields}
      className="q-template-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (content) onSend(content)
      }}
    >
      <h3>{titleOf(template)}</h3>
      {reason ? (
        <p className="q-template-reason" role="status">
          {t('cannot', { why: reason })}
        </p>
      ) : (
        <>
          <HeaderField
            header={template.header}
            lang={lang}
            spot={typed.spot}
            files={files}
            onSpot={(spot) => setTyped({ ...typed, spot })}
          />
          {template.parameters.map((name, at) => {
            const fault = typed.values[at] ? faults[at] : null
            return (
              <TextField
                key={name}
                label={placeLabel(template, at, p)}
                hint={placeHint(template, at, p)}
                error={fault ? t(`fault.${fault}`, { most: template.places[at]?.most ?? 0 }) : null}
                lang={lang}
                maxLength={1024}
                value={typed.values[at] ?? ''}
                onChange={(value) => setTyped({ ...typed, values: typed.values.with(at, value) })}
              />
            )
          })}
        </>
      )}
      <TemplatePreview
        template={template}
        values={typed.values}
        above={
          template.header ? (
            <HeadPreview head={template.header} pictureId={upload?.attachment?.id} words={above} />
          ) : null
        }
      />
      <Button
        type="primary"
        htmlType="submit"
        icon={<SendOutlined />}
        disabled={content === null}
        className="q-template-send"
      >
        {t('send')}
      </Button>
    </form>
  )
}
