import { ReloadOutlined } from '@ant-design/icons'
import { type ContentOf, type MessageTemplate, refreshTemplates, type TemplateList } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Select, Skeleton } from 'antd'
import { useId, useRef, useState } from 'react'
import { call } from '../../../../shared/api.ts'
import { EmptyState } from '../../../../shared/empty-state.tsx'
import { ErrorState } from '../../../../shared/error-state.tsx'
import { currentLanguage, useWords } from '../../../../shared/i18n.ts'
import { languageNames } from '../../../../shared/templates/language.ts'
import { templatesQuery } from '../../../../shared/templates/templates-query.ts'
import { dateTime } from '../../../../shared/time.ts'
import { useFeedback } from '../../../../shared/use-feedback.ts'
import { deliveryWords, problemKey } from '../../delivery-words.ts'
import { arrangeTemplates } from './arrange-templates.ts'
import { TemplateForm } from './template-form.tsx'
import { optionId, TemplateList as List } from './template-list.tsx'
import { templateWords } from './template-words.ts'
import './templates.css'

interface TemplatePickerProps {
  inboxId: string
  /** Of the customer. */
  language: string | null
  onSend: (content: ContentOf<'template'>) => void
  onClose: () => void
}

export function TemplatePicker({ inboxId, language, onSend, onClose }: TemplatePickerProps) {
  const t = useWords(templateWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const list = useQuery(templatesQuery(inboxId))
  const refresh = useMutation({
    mutationFn: () => call(refreshTemplates, { params: { id: inboxId } }),
    onSuccess: (fresh) => client.setQueryData(templatesQuery(inboxId).queryKey, fresh),
    onError: feedback.failed,
  })
  return (
    <Modal open centered footer={null} width={840} title={t('title')} onCancel={onClose} className="q-templates">
      {list.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {list.isError ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data ? (
        <>
          <Standing list={list.data} isBusy={refresh.isPending} onRefresh={() => refresh.mutate()} />
          {list.data.templates.length === 0 ? (
            <EmptyState title={t('empty')} hint={t('emptyHint')} />
          ) : (
            <Choice inboxId={inboxId} templates={list.data.templates} language={language} onSend={onSend} />
          )}
        </>
      ) : null}
    </Modal>
  )
}

interface StandingProps {
  list: TemplateList
  isBusy: boolean
  onRefresh: () => void
}
/** How old the list is, and a way to a newer one. */
function Standing({ list: { refreshedAt, problem }, isBusy, onRefresh }: StandingProps) {
  const t = useWords(templateWords)
  const why = useWords(deliveryWords)
  return (
    <div className="q-template-standing">
      <span role="status" className={problem ? 'q-template-reason' : ''}>
        {problem
          ? t('refreshFailed', { why: why(problemKey(problem.code)) })
          : refreshedAt
            ? t('refreshed', { time: dateTime(refreshedAt) })
            : ''}
      </span>
      <Button size="small" icon={<ReloadOutlined />} loading={isBusy} onClick={onRefresh}>
        {t('refresh')}
      </Button>
    </div>
  )
}

interface ChoiceProps {
  inboxId: string
  templates: readonly MessageTemplate[]
  language: string | null
  onSend: (content: ContentOf<'template'>) => void
}
function Choice({ inboxId, templates, language, onSend }: ChoiceProps) {
  const t = useWords(templateWords)
  const listId = useId()
  const [text, setText] = useState('')
  const [only, setOnly] = useState<string | null>(null)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const found = arrangeTemplates(templates, { text, language: only, preferred: [language, currentLanguage()] })
  const chosen = found.find(({ id }) => id === chosenId) ?? found[0]
  const languageName = languageNames()
  const move = (by: number): void => {
    const at = found.findIndex(({ id }) => id === chosen?.id)
    const next = found[Math.min(found.length - 1, Math.max(0, at + by))]
    if (next) setChosenId(next.id)
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      form.current?.querySelector<HTMLElement>('input, button:not(:disabled)')?.focus()
    }
  }
  const languages = [...new Set(templates.map((template) => template.language))]
  return (
    <div className="q-template-choice">
      <div className="q-template-side">
        <Input
          autoFocus
          allowClear
          value={text}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen ? optionId(listId, chosen.id) : undefined}
          aria-label={t('search')}
          placeholder={t('search')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {languages.length > 1 ? (
          <Select
            value={only ?? ''}
            aria-label={t('language')}
            onChange={(value) => setOnly(value === '' ? null : value)}
            options={[
              { value: '', label: t('allLanguages') },
              ...languages.map((code) => ({ value: code, label: languageName(code) })),
            ]}
          />
        ) : null}
        {found.length === 0 ? <p className="q-choice-note">{t('noneFound')}</p> : null}
        <List
          id={listId}
          templates={found}
          chosenId={chosen?.id ?? null}
          languageName={languageName}
          onChoose={(template) => setChosenId(template.id)}
        />
      </div>
      {chosen ? (
        <TemplateForm key={chosen.id} inboxId={inboxId} template={chosen} fields={form} onSend={onSend} />
      ) : (
        <p className="q-choice-note">{t('choose')}</p>
      )}
    </div>
  )
}
