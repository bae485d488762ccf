import {
  createTemplate,
  type DeliveryProblem,
  editTemplate,
  type MessageTemplate,
  templateFaults,
  type TemplateRules,
} from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { HeadPreview } from '../../../shared/templates/head-preview.tsx'
import { TemplatePreview } from '../../../shared/templates/template-preview.tsx'
import { titleOf } from '../../../shared/templates/title-of.ts'
import { templatesQuery } from '../../../shared/templates/templates-query.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { ProviderRefusal } from '../channels/provider-refusal.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { BuilderFields } from './builder-fields.tsx'
import { draftOf, emptyDraft, previewOf, toSubmit } from './draft.ts'
import { words } from './words.ts'

interface TemplateBuilderProps {
  inboxId: string
  rules: TemplateRules
  /** One that is changed; absent for a new one. */
  template?: MessageTemplate | undefined
  onClose: () => void
}

/** Writes a template with what the customer will see beside it, and submits it for review. */
export function TemplateBuilder({ inboxId, rules, template, onClose }: TemplateBuilderProps) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [draft, setDraft] = useState(() =>
    template ? draftOf(template, rules, currentLanguage()) : emptyDraft(rules, currentLanguage()),
  )
  const [refused, setRefused] = useState<DeliveryProblem | null>(null)
  const wanted = toSubmit(draft, rules)
  const preview = previewOf(draft, rules)
  const faults = templateFaults(wanted, rules)
  const saving = useMutation({
    mutationFn: () =>
      template
        ? call(editTemplate, { params: { id: inboxId, name: template.name }, body: wanted })
        : call(createTemplate, { params: { id: inboxId }, body: wanted }),
    onSuccess: async ({ problem }) => {
      setRefused(problem)
      if (problem) return
      await client.invalidateQueries({ queryKey: templatesQuery(inboxId).queryKey })
      feedback.done(t('submitted'))
      onClose()
    },
  })
  return (
    <FormPanel
      title={template ? t('editOf', { name: titleOf(template) }) : t('add')}
      saveLabel={t('submit')}
      wide
      valid={faults.length === 0}
      saving={saving}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <ProviderRefusal title={t('refused')} problem={refused} />
          <div className="st-template-build">
            <div>
              <BuilderFields
                inboxId={inboxId}
                draft={draft}
                rules={rules}
                faults={tried ? faults : []}
                onChange={setDraft}
              />
            </div>
            <TemplatePreview
              template={preview}
              values={preview.parameters.map((name) => draft.examples[name] ?? '')}
              above={
                preview.header ? (
                  <HeadPreview head={preview.header} pictureId={draft.sample?.id} words={draft.sample?.name} />
                ) : null
              }
            />
          </div>
        </>
      )}
    </FormPanel>
  )
}
