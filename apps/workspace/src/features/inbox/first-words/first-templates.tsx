import { useQuery } from '@tanstack/react-query'
import type { ContentOf } from '@qiao/protocol'
import { Select, Skeleton } from 'antd'
import { useRef, useState } from 'react'
import { ErrorState } from '../../../shared/error-state.tsx'
import { FormField } from '../../../shared/form-field.tsx'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { languageNames } from '../../../shared/templates/language.ts'
import { templatesQuery } from '../../../shared/templates/templates-query.ts'
import { titleOf } from '../../../shared/templates/title-of.ts'
import { arrangeTemplates } from '../composer/templates/arrange-templates.ts'
import { TemplateForm } from '../composer/templates/template-form.tsx'
import { firstWords } from './words.ts'
import '../composer/templates/templates.css'

interface FirstTemplatesProps {
  inboxId: string
  onSend: (content: ContentOf<'template'>) => void
}

/** Where nothing but an approved template can begin a conversation. */
export function FirstTemplates({ inboxId, onSend }: FirstTemplatesProps) {
  const t = useWords(firstWords)
  const list = useQuery(templatesQuery(inboxId))
  const [chosenId, choose] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  if (list.isPending) return <Skeleton active paragraph={{ rows: 4 }} />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const usable = arrangeTemplates(
    list.data.templates.filter(({ state }) => state === 'approved'),
    { text: '', language: null, preferred: [currentLanguage()] },
  )
  if (usable.length === 0) return <p className="q-choice-note">{t('noTemplates')}</p>
  const chosen = usable.find(({ id }) => id === chosenId)
  const languageName = languageNames()
  return (
    <>
      <FormField label={t('template')} hint={t('templateHint')}>
        {(control) => (
          <Select
            {...control}
            showSearch={{ optionFilterProp: 'label' }}
            value={chosen?.id ?? null}
            options={usable.map((template) => ({
              value: template.id,
              label: `${titleOf(template)} · ${languageName(template.language)}`,
            }))}
            onChange={choose}
          />
        )}
      </FormField>
      {chosen ? (
        <TemplateForm key={chosen.id} inboxId={inboxId} template={chosen} fields={form} onSend={onSend} />
      ) : null}
    </>
  )
}
