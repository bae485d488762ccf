import { listWebhookDeliveries, resendWebhookDelivery } from '@qiao/protocol'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { ErrorState } from '../../../shared/error-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { DeliveryRow } from './delivery-row.tsx'
import type { Delivery } from './webhooks-query.ts'
import { words } from './words.ts'

export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [shown, setShown] = useState<Delivery | null>(null)
  const queryKey = ['webhooks', webhookId, 'deliveries']
  const log = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      call(
        listWebhookDeliveries,
        { params: { id: webhookId }, query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // A pending delivery changes by itself within seconds.
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.items.some((one) => one.state === 'pending') ? 5000 : false,
  })
  const resend = useMutation({
    mutationFn: (deliveryId: string) => call(resendWebhookDelivery, { params: { id: webhookId, deliveryId } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey })
      feedback.done(t('resent'))
    },
    onError: feedback.failed,
  })
  const deliveries = log.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={t('log')}>
      {log.isPending ? <Skeleton active title={false} /> : null}
      {log.isError && !log.data ? <ErrorState error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.data && deliveries.length === 0 ? <p className="q-quiet">{t('logEmpty')}</p> : null}
      {deliveries.length > 0 ? (
        <div className="q-table-scroll">
          <table className="q-table">
            <thead>
              <tr>
                <th>{t('time')}</th>
                <th>{t('event')}</th>
                <th>{t('result')}</th>
                <th>{t('attempts')}</th>
                <th className="q-table-end">
                  <Button size="small" onClick={() => void log.refetch()} loading={log.isRefetching}>
                    {t('refresh')}
                  </Button>
                </th>
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <DeliveryRow
                  key={delivery.id}
                  delivery={delivery}
                  resending={resend.isPending && resend.variables === delivery.id}
                  onShow={() => setShown(delivery)}
                  onResend={() => resend.mutate(delivery.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {log.hasNextPage ? (
        <Button
          style={{ marginBlockStart: 12 }}
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {s('more')}
        </Button>
      ) : null}
      <SidePanel title={shown?.event ?? ''} open={shown !== null} onClose={() => setShown(null)}>
        {shown?.lastError ? <p className="q-state-bad">{shown.lastError}</p> : null}
        {shown?.lastResponse ? <p className="q-quiet">{t('answer')}</p> : null}
        {shown?.lastResponse ? <CopyBox text={shown.lastResponse} label={t('answer')} /> : null}
        <p className="q-quiet">{t('payload')}</p>
        <CopyBox text={JSON.stringify(shown?.payload ?? null, null, 2)} label={t('payload')} />
      </SidePanel>
    </Section>
  )
}
