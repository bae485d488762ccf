import { createMailTemplate, type MailTemplate, updateMailTemplate } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { Suspense, lazy, useId, useRef, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import type { EditorHandle } from '../../../shared/mail-editor/mail-editor.tsx'
import { part } from '../../../shared/part.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { words } from './words.ts'

const MailEditor = lazy(
  part(() => import('../../../shared/mail-editor/mail-editor.tsx').then((module) => ({ default: module.MailEditor }))),
)

interface MailTemplateFormProps {
  inboxId: string
  /** Null makes a new one. */
  template: MailTemplate | null
  onClose: () => void
}

const saysSomething = (html: string): boolean =>
  /<(?:hr|table)\b/u.test(html) || html.replaceAll(/<[^>]*>|&nbsp;|\s/gu, '') !== ''

export function MailTemplateForm({ inboxId, template, onClose }: MailTemplateFormProps) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const hintId = useId()
  const editor = useRef<EditorHandle>(null)
  const [fields, setFields] = useState({
    inboxId: template ? template.inboxId : inboxId,
    name: template?.name ?? '',
    subject: template?.subject ?? '',
    html: template?.html ?? '',
  })
  const change = (changed: Partial<typeof fields>): void => setFields((held) => ({ ...held, ...changed }))
  const saving = useMutation({
    mutationFn: () =>
      template
        ? call(updateMailTemplate, { params: { id: template.id }, body: fields })
        : call(createMailTemplate, { body: fields }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['templates', 'of-mails'] })
      feedback.done(t('saved'))
      onClose()
    },
  })
  const [nameMissing, textMissing] = [fields.name.trim() === '', !saysSomething(fields.html)]
  return (
    <FormPanel
      title={template ? t('editOf', { name: template.name }) : t('add')}
      wide
      valid={!nameMissing && !textMissing}
      saving={saving}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label={t('name')}
            hint={t('nameHint')}
            error={tried && nameMissing ? t('nameMissing') : null}
            maxLength={100}
            value={fields.name}
            onChange={(name) => change({ name })}
          />
          <FormField label={t('scope')}>
            {({ id }) => (
              <Select
                id={id}
                value={fields.inboxId === null ? 'all' : 'this'}
                options={(['this', 'all'] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
                onChange={(scope) => change({ inboxId: scope === 'all' ? null : inboxId })}
              />
            )}
          </FormField>
          <TextField
            label={t('subject')}
            hint={t('subjectHint')}
            maxLength={300}
            value={fields.subject}
            onChange={(subject) => change({ subject })}
          />
          <div className="q-field" role="group" aria-label={t('text')} aria-describedby={hintId}>
            <span aria-hidden>{t('text')}</span>
            <div className="st-mail-template-text">
              <Suspense fallback={<p role="status">{t('loading')}</p>}>
                <MailEditor
                  html={template?.html ?? ''}
                  revision={0}
                  label={t('text')}
                  language={null}
                  onChange={(html) => change({ html })}
                  handle={editor}
                />
              </Suspense>
            </div>
            {tried && textMissing ? (
              <span className="q-field-error" role="alert">
                {t('textMissing')}
              </span>
            ) : null}
            <span className="q-field-hint" id={hintId}>
              {t('textHint')}
            </span>
          </div>
        </>
      )}
    </FormPanel>
  )
}
