import { PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import { type MessageTemplate, refreshTemplates, type TemplateList } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { Section } from '../../../shared/page-frame.tsx'
import { templatesQuery } from '../../../shared/templates/templates-query.ts'
import { dateTime } from '../../../shared/time.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { ProviderRefusal } from '../channels/provider-refusal.tsx'
import { matching } from './draft.ts'
import { TemplateBuilder } from './template-builder.tsx'
import { TemplatePanel } from './template-panel.tsx'
import { TemplateTable } from './template-table.tsx'
import { useRemoveTemplate } from './use-remove-template.ts'
import { words } from './words.ts'
import './templates.css'

interface TemplatesSectionProps {
  inboxId: string
  /** The account is filled in, so that the provider can be asked. */
  ready: boolean
  /** May make and remove them. */
  manage: boolean
}

/** Messages of an account whose words the provider has approved, or is looking at. */
export function TemplatesSection({ inboxId, ready, manage }: TemplatesSectionProps) {
  const t = useWords(words)
  const query = useQuery({ ...templatesQuery(inboxId), enabled: ready })
  if (!ready) return <Section title={t('section')}>{t('waits')}</Section>
  return <Load query={query}>{(list) => <Templates inboxId={inboxId} list={list} manage={manage} />}</Load>
}

interface TemplatesProps {
  inboxId: string
  list: TemplateList
  manage: boolean
}

function Templates({ inboxId, list, manage }: TemplatesProps) {
  const t = useWords(words)
  const [search, setSearch] = useState('')
  const [isBuilding, setBuilding] = useState(false)
  const [shownId, setShownId] = useState<string | null>(null)
  const [edited, setEdited] = useState<MessageTemplate | null>(null)
  const { remove, refusal } = useRemoveTemplate(inboxId)
  const { templates, problem } = list
  const rules = manage ? list.rules : null
  const shown = templates.find(({ id }) => id === shownId)
  const found = matching(templates, search)
  const onRemove = manage && list.removes ? (template: MessageTemplate): void => remove(template) : undefined
  const onEditOf = (template: MessageTemplate): (() => void) | undefined =>
    rules?.edits?.includes(template.state) ? () => setEdited(template) : undefined
  const add = rules ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setBuilding(true)}>
      {t('add')}
    </Button>
  ) : undefined
  return (
    <Section title={t('section')} hint={list.rules ? t('hint') : `${t('hint')} ${t('madeThere')}`} actions={add}>
      <ProviderRefusal title={t('refreshFailed')} problem={problem} />
      <ProviderRefusal title={t('removeRefused')} problem={refusal} />
      <div className="st-templates-bar">
        {templates.length > 0 ? (
          <Input
            allowClear
            value={search}
            aria-label={t('search')}
            placeholder={t('search')}
            onChange={(event) => setSearch(event.target.value)}
          />
        ) : null}
        <Refresh inboxId={inboxId} refreshedAt={list.refreshedAt} />
      </div>
      {templates.length === 0 ? (
        <EmptyState title={t('empty')} hint={list.rules ? t('emptyText') : t('madeThere')} />
      ) : found.length === 0 ? (
        <p className="q-quiet">{t('noneFound')}</p>
      ) : (
        <TemplateTable templates={found} onShow={({ id }) => setShownId(id)} onRemove={onRemove} onEditOf={onEditOf} />
      )}
      {rules && isBuilding ? (
        <TemplateBuilder inboxId={inboxId} rules={rules} onClose={() => setBuilding(false)} />
      ) : null}
      {rules && edited ? (
        <TemplateBuilder inboxId={inboxId} rules={rules} template={edited} onClose={() => setEdited(null)} />
      ) : null}
      {shown ? <TemplatePanel template={shown} onClose={() => setShownId(null)} /> : null}
    </Section>
  )
}

function Refresh({ inboxId, refreshedAt }: { inboxId: string; refreshedAt: string | null }) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const refreshing = useMutation({
    mutationFn: () => call(refreshTemplates, { params: { id: inboxId } }),
    onSuccess: (fresh) => client.setQueryData(templatesQuery(inboxId).queryKey, fresh),
    onError: feedback.failed,
  })
  return (
    <>
      <span className="q-quiet" role="status">
        {refreshedAt ? t('refreshed', { time: dateTime(refreshedAt) }) : ''}
      </span>
      <Button icon={<ReloadOutlined aria-hidden />} loading={refreshing.isPending} onClick={() => refreshing.mutate()}>
        {t('refresh')}
      </Button>
    </>
  )
}
