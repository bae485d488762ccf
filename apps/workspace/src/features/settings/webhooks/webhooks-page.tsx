import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { ListPage } from '../parts/list-page.tsx'
import { NewWebhook } from './new-webhook.tsx'
import { WebhookState } from './webhook-state.tsx'
import { webhooksQuery } from './webhooks-query.ts'
import { words } from './words.ts'

export function WebhooksPage() {
  const t = useWords(words)
  const [adding, setAdding] = useState(false)
  return (
    <ListPage
      page="webhooks"
      intro={t('intro')}
      query={useQuery(webhooksQuery)}
      add={{ label: t('add'), onClick: () => setAdding(true) }}
      empty={{ title: t('empty'), hint: t('emptyText') }}
      columns={[
        {
          title: t('url'),
          render: (webhook) => (
            <>
              <Link to={`/settings/webhooks/${webhook.id}`}>{webhook.url}</Link>
              {webhook.description ? <div className="q-quiet">{webhook.description}</div> : null}
            </>
          ),
        },
        {
          title: t('events'),
          render: ({ events }) => (
            <span title={events.join('\n')}>
              {events.length === 0 ? t('allEvents') : t('eventCount', { count: events.length })}
            </span>
          ),
        },
        { title: t('state'), render: (webhook) => <WebhookState webhook={webhook} /> },
      ]}
    >
      {adding ? <NewWebhook onClose={() => setAdding(false)} /> : null}
    </ListPage>
  )
}
