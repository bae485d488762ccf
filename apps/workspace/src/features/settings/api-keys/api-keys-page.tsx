import { revokeApiKey } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { dateTime, exactTime, useNow } from '../../../shared/time.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { Load } from '../parts/load.tsx'
import { words as settingsWords } from '../words.ts'
import { ApiKeyPanel } from './api-key-panel.tsx'
import { apiKeysQuery } from './api-keys-query.ts'
import { words } from './words.ts'

export function ApiKeysPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const now = useNow()
  const client = useQueryClient()
  const feedback = useFeedback()
  const { modal } = App.useApp()
  const keys = useQuery(apiKeysQuery)
  const [adding, setAdding] = useState(false)
  const revoke = useMutation({
    mutationFn: (id: string) => call(revokeApiKey, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries(apiKeysQuery)
      feedback.done(t('revoked'))
    },
    onError: feedback.failed,
  })
  const confirmRevoke = (id: string, name: string): void => {
    modal.confirm({
      title: t('revokeTitle', { name }),
      content: t('revokeText'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      cancelText: s('cancel'),
      onOk: () => revoke.mutateAsync(id).catch(() => undefined),
    })
  }
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  const intro = (
    <>
      {t('intro')}{' '}
      <a href="/api/docs" target="_blank" rel="noopener noreferrer">
        {t('docs')}
      </a>
    </>
  )
  return (
    <PageFrame title={s('page.api-keys')} intro={intro} actions={add} wide>
      <Load query={keys}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('empty')} hint={t('emptyText')} />
          ) : (
            <div className="q-table-scroll">
              <table className="q-table">
                <thead>
                  <tr>
                    <th>{t('name')}</th>
                    <th>{t('prefix')}</th>
                    <th>{t('role')}</th>
                    <th>{t('lastUsed')}</th>
                    <th>{t('expires')}</th>
                    <th className="q-table-end">
                      <span className="sr-only">{t('revoke')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((key) => (
                    <tr key={key.id}>
                      <td>{key.name}</td>
                      <td>
                        <code>{key.prefix}…</code>
                      </td>
                      <td>{s(`role.${key.role}`)}</td>
                      <td>
                        {key.lastUsedAt ? (
                          <When at={key.lastUsedAt} />
                        ) : (
                          <span className="q-quiet">{t('neverUsed')}</span>
                        )}
                      </td>
                      <td title={key.expiresAt ? exactTime(key.expiresAt) : undefined}>
                        {key.expiresAt === null ? <span className="q-quiet">{t('noExpiry')}</span> : null}
                        {key.expiresAt && Date.parse(key.expiresAt) < now ? (
                          <span className="q-state-bad">{t('expired')}</span>
                        ) : null}
                        {key.expiresAt && Date.parse(key.expiresAt) >= now ? dateTime(key.expiresAt) : null}
                      </td>
                      <td className="q-table-end">
                        <Button
                          size="small"
                          danger
                          aria-label={t('revokeOf', { name: key.name })}
                          onClick={() => confirmRevoke(key.id, key.name)}
                        >
                          {t('revoke')}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Load>
      {adding ? <ApiKeyPanel onClose={() => setAdding(false)} /> : null}
    </PageFrame>
  )
}
