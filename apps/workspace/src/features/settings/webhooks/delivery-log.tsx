import { listWebhookDeliveries, resendWebhookDelivery } from '@qiao/protocol'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { DataTable } from '../../../shared/data-table.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { DeliveryResult } from './delivery-result.tsx'
import type { Delivery } from './webhooks-query.ts'
import { words } from './words.ts'

export function DeliveryLog({ webhookId }: { webhookId: string }) {
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
    select: ({ pages }) => pages.flatMap((page) => page.items),
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
  const refresh = (
    <Button size="small" onClick={() => void log.refetch()} loading={log.isRefetching}>
      {t('refresh')}
    </Button>
  )
  const actions = (delivery: Delivery) => (
    <>
      <Button
        size="small"
        type="text"
        aria-label={t('showPayload', { event: delivery.event })}
        onClick={() => setShown(delivery)}
      >
        {t('payload')}
      </Button>
      <Button
        size="small"
        loading={resend.isPending && resend.variables === delivery.id}
        aria-label={t('resendOf', { event: delivery.event })}
        onClick={() => resend.mutate(delivery.id)}
      >
        {t('resend')}
      </Button>
    </>
  )
  return (
    <Section title={t('log')} actions={refresh}>
      <DataTable
        query={log}
        empty={<p className="q-quiet">{t('logEmpty')}</p>}
        columns={[
          { title: t('time'), render: (delivery) => <When at={delivery.createdAt} /> },
          { title: t('event'), render: (delivery) => <code>{delivery.event}</code> },
          { title: t('result'), render: (delivery) => <DeliveryResult delivery={delivery} /> },
          { title: t('attempts'), render: (delivery) => delivery.attempts },
          { title: t('resend'), actions: true, render: actions },
        ]}
      />
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
