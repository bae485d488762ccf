import { revokeApiKey } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { ListPage } from '../parts/list-page.tsx'
import { words as settingsWords } from '../words.ts'
import { ApiKeyExpiry } from './api-key-expiry.tsx'
import { ApiKeyPanel } from './api-key-panel.tsx'
import { apiKeysQuery } from './api-keys-query.ts'
import { words } from './words.ts'

export function ApiKeysPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const [adding, setAdding] = useState(false)
  const revoke = useMutation({
    mutationFn: (id: string) => call(revokeApiKey, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries(apiKeysQuery)
      feedback.done(t('revoked'))
    },
    onError: feedback.failed,
  })
  const ask = ({ id, name }: { id: string; name: string }): void =>
    confirm({
      title: t('revokeTitle', { name }),
      text: t('revokeText'),
      ok: t('revoke'),
      run: () => revoke.mutateAsync(id),
    })
  const docs = (
    <a href="/api/docs" target="_blank" rel="noopener noreferrer">
      {t('docs')}
    </a>
  )
  return (
    <ListPage
      page="api-keys"
      intro={
        <>
          {t('intro')} {docs}
        </>
      }
      query={useQuery(apiKeysQuery)}
      add={{ label: t('add'), onClick: () => setAdding(true) }}
      empty={{ title: t('empty'), hint: t('emptyText') }}
      columns={[
        { title: t('name'), render: (key) => key.name },
        { title: t('prefix'), render: (key) => <code>{key.prefix}…</code> },
        { title: t('role'), render: (key) => s(`role.${key.role}`) },
        {
          title: t('lastUsed'),
          render: ({ lastUsedAt }) =>
            lastUsedAt ? <When at={lastUsedAt} /> : <span className="q-quiet">{t('neverUsed')}</span>,
        },
        { title: t('expires'), render: (key) => <ApiKeyExpiry at={key.expiresAt} /> },
        {
          title: t('revoke'),
          actions: true,
          render: (key) => (
            <Button size="small" danger aria-label={t('revokeOf', { name: key.name })} onClick={() => ask(key)}>
              {t('revoke')}
            </Button>
          ),
        },
      ]}
    >
      {adding ? <ApiKeyPanel onClose={() => setAdding(false)} /> : null}
    </ListPage>
  )
}
