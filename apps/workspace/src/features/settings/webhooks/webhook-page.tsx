import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { ApiError } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { Load } from '../../../shared/load.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { WebhookState } from './webhook-state.tsx'
import { WebhookSettings } from './webhook-settings.tsx'
import { webhooksQuery } from './webhooks-query.ts'
import { words } from './words.ts'

export function WebhookPage() {
  const t = useWords(words)
  const id = String(useParams({ strict: false }).webhookId ?? '')
  const webhooks = useQuery(webhooksQuery)
  const back = <Link to="/settings/webhooks">← {t('back')}</Link>
  return (
    <Load query={webhooks}>
      {(all) => {
        const webhook = all.find((one) => one.id === id)
        if (!webhook) return <EmptyState title={explain(new ApiError('not-found', 404))} action={back} />
        return (
          <PageFrame
            title={webhook.description || webhook.url}
            intro={
              <>
                {back} · <WebhookState webhook={webhook} />
              </>
            }
            wide
          >
            <DeliveryLog webhookId={webhook.id} />
            <WebhookSettings key={webhook.id} webhook={webhook} />
          </PageFrame>
        )
      }}
    </Load>
  )
}
