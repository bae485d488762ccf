import { createWebhook } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { Load } from '../parts/load.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { SecretShown } from './secret-shown.tsx'
import { type WebhookDraft, WebhookFields, urlIsValid } from './webhook-fields.tsx'
import { WebhookState } from './webhook-state.tsx'
import { webhooksQuery } from './webhooks-query.ts'
import { words } from './words.ts'

const blank: WebhookDraft = { url: '', description: '', events: [], enabled: true }

function NewWebhook({ onClose }: { onClose: () => void }) {
  const t = useWords(words)
  const client = useQueryClient()
  const [draft, setDraft] = useState(blank)
  const [tried, setTried] = useState(false)
  const create = useMutation({
    mutationFn: () => call(createWebhook, { body: { ...draft, url: draft.url.trim() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  })
  if (create.isSuccess) {
    return (
      <SidePanel title={t('secretTitle')} open onClose={onClose}>
        <SecretShown secret={create.data.secret} />
      </SidePanel>
    )
  }
  const save = (): void => {
    setTried(true)
    if (urlIsValid(draft)) create.mutate()
  }
  return (
    <SidePanel
      title={t('newTitle')}
      open
      saving={create.isPending}
      saveLabel={t('create')}
      onSave={save}
      onClose={onClose}
    >
      {create.isError ? (
        <Alert type="error" role="alert" showIcon title={explain(create.error)} style={{ marginBlockEnd: 16 }} />
      ) : null}
      <WebhookFields draft={draft} tried={tried} onChange={setDraft} />
    </SidePanel>
  )
}

export function WebhooksPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const webhooks = useQuery(webhooksQuery)
  const [adding, setAdding] = useState(false)
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <PageFrame title={s('page.webhooks')} intro={t('intro')} actions={add} wide>
      <Load query={webhooks}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('empty')} hint={t('emptyText')} />
          ) : (
            <div className="q-table-scroll">
              <table className="q-table">
                <thead>
                  <tr>
                    <th>{t('url')}</th>
                    <th>{t('events')}</th>
                    <th>{t('state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((webhook) => (
                    <tr key={webhook.id}>
                      <td>
                        <Link to={`/settings/webhooks/${webhook.id}`}>{webhook.url}</Link>
                        {webhook.description ? <div className="q-quiet">{webhook.description}</div> : null}
                      </td>
                      <td title={webhook.events.join('\n')}>
                        {webhook.events.length === 0
                          ? t('allEvents')
                          : t('eventCount', { count: webhook.events.length })}
                      </td>
                      <td>
                        <WebhookState webhook={webhook} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Load>
      {adding ? <NewWebhook onClose={() => setAdding(false)} /> : null}
    </PageFrame>
  )
}
