import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { When } from '../../../shared/when.tsx'
import type { Delivery } from './webhooks-query.ts'
import { words } from './words.ts'

const tones = { delivered: 'q-state-good', failed: 'q-state-bad', pending: 'q-state-warn' } as const

interface Props {
  delivery: Delivery
  resending: boolean
  onShow: () => void
  onResend: () => void
}

export function DeliveryRow({ delivery, resending, onShow, onResend }: Props) {
  const t = useWords(words)
  return (
    <tr>
      <td>
        <When at={delivery.createdAt} />
      </td>
      <td>
        <code>{delivery.event}</code>
      </td>
      <td>
        <span className={tones[delivery.state]}>{t(`delivery.${delivery.state}`)}</span>
        {delivery.lastStatus ? (
          <span className="q-quiet"> · {t('status', { status: delivery.lastStatus })}</span>
        ) : null}
        {delivery.nextAttemptAt && delivery.state === 'pending' && delivery.attempts > 0 ? (
          <span className="q-quiet"> · {t('nextAttempt', { time: dateTime(delivery.nextAttemptAt) })}</span>
        ) : null}
        {delivery.lastError && delivery.state !== 'delivered' ? (
          <div className="q-quiet">{delivery.lastError}</div>
        ) : null}
      </td>
      <td>{delivery.attempts}</td>
      <td className="q-table-end">
        <Button size="small" type="text" aria-label={t('showPayload', { event: delivery.event })} onClick={onShow}>
          {t('payload')}
        </Button>
        <Button
          size="small"
          loading={resending}
          aria-label={t('resendOf', { event: delivery.event })}
          onClick={onResend}
        >
          {t('resend')}
        </Button>
      </td>
    </tr>
  )
}
