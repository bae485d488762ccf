import { PlusOutlined } from '@ant-design/icons'
import { deleteEntranceCode, type EntranceCode, renewEntranceCode } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyButton } from '../../../shared/copy-box.tsx'
import { DataTable } from '../../../shared/data-table.tsx'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime, useNow } from '../../../shared/time.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { ProviderRefusal } from '../channels/provider-refusal.tsx'
import { CodePanel } from './code-panel.tsx'
import { codesQuery } from './codes-query.ts'
import { EditCode } from './edit-code.tsx'
import { useLeads } from './use-leads.ts'
import { NewCode } from './new-code.tsx'
import { words } from './words.ts'
import './entrance-codes.css'

/** Links and codes of one inbox. `ready`: the account is filled in, so that the provider can be asked for one. */
export function EntranceSection({ inboxId, ready }: { inboxId: string; ready: boolean }) {
  const t = useWords(words)
  const query = useQuery(codesQuery(inboxId))
  const [adding, setAdding] = useState(false)
  const [shownId, setShownId] = useState<string | null>(null)
  const shown = query.data?.find(({ id }) => id === shownId)
  const { renewing, remove } = useCodeActs(inboxId)
  const [editedId, setEditedId] = useState<string | null>(null)
  const edited = query.data?.find(({ id }) => id === editedId)
  const { wordsOf } = useLeads()
  const now = useNow()
  if (!ready) return <Section title={t('section')}>{t('waits')}</Section>
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  const endOf = ({ endsAt }: EntranceCode) => {
    if (endsAt === null) return t('endless')
    const isOver = Date.parse(endsAt) <= now
    return (
      <span className={isOver ? 'q-state-bad' : undefined}>
        {isOver ? t('ended') : t('until', { time: dateTime(endsAt) })}
      </span>
    )
  }
  return (
    <Section title={t('section')} hint={t('hint')} actions={add}>
      <ProviderRefusal title={t('refused')} problem={renewing.data?.problem} />
      <DataTable
        query={query}
        empty={<EmptyState title={t('empty')} hint={t('emptyText')} />}
        columns={[
          { title: t('name'), render: ({ name }) => <span className="st-entrance-name">{name}</span> },
          { title: t('parameter'), render: ({ parameter }) => <code>{parameter}</code> },
          {
            title: t('leads'),
            render: ({ leadsTo }) => (
              <span className="st-entrance-name">{wordsOf(leadsTo).join(' · ') || t('asInbox')}</span>
            ),
          },
          { title: t('ends'), render: endOf },
          {
            title: t('actions'),
            actions: true,
            render: (code) => (
              <span className="st-entrance-acts">
                <Button size="small" aria-label={t('showOf', { name: code.name })} onClick={() => setShownId(code.id)}>
                  {t('show')}
                </Button>
                <CopyButton text={code.url} />
                <Button size="small" aria-label={t('editOf', { name: code.name })} onClick={() => setEditedId(code.id)}>
                  {t('edit')}
                </Button>
                {code.endsAt ? (
                  <Button
                    size="small"
                    aria-label={t('renewOf', { name: code.name })}
                    loading={renewing.isPending && renewing.variables === code.id}
                    onClick={() => renewing.mutate(code.id)}
                  >
                    {t('renew')}
                  </Button>
                ) : null}
                <Button
                  size="small"
                  danger
                  aria-label={t('removeOf', { name: code.name })}
                  onClick={() => remove(code)}
                >
                  {t('remove')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      {adding ? (
        <NewCode
          inboxId={inboxId}
          onClose={() => setAdding(false)}
          onMade={({ id }) => {
            setAdding(false)
            setShownId(id)
          }}
        />
      ) : null}
      {edited ? <EditCode inboxId={inboxId} code={edited} onClose={() => setEditedId(null)} /> : null}
      {shown ? <CodePanel inboxId={inboxId} code={shown} onClose={() => setShownId(null)} /> : null}
    </Section>
  )
}

function useCodeActs(inboxId: string) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const refresh = () => client.invalidateQueries({ queryKey: codesQuery(inboxId).queryKey, exact: true })
  const renewing = useMutation({
    mutationFn: (codeId: string) => call(renewEntranceCode, { params: { id: inboxId, codeId } }),
    onSuccess: async ({ code }) => {
      await refresh()
      if (code) feedback.done(t('renewed'))
    },
    onError: feedback.failed,
  })
  const removing = useMutation({
    mutationFn: (codeId: string) => call(deleteEntranceCode, { params: { id: inboxId, codeId } }),
    onSuccess: async () => {
      await refresh()
      feedback.done(t('removed'))
    },
    onError: feedback.failed,
  })
  const remove = ({ id, name }: EntranceCode): void =>
    confirm({
      title: t('removeTitle', { name }),
      text: t('removeText'),
      ok: t('remove'),
      run: () => removing.mutateAsync(id),
    })
  return { renewing, remove }
}
