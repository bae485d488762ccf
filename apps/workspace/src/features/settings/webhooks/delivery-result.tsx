import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import type { Delivery } from './webhooks-query.ts'
import { words } from './words.ts'

const tones = { delivered: 'q-state-good', failed: 'q-state-bad', pending: 'q-state-warn' } as const

export function DeliveryResult({ delivery }: { delivery: Delivery }) {
  const t = useWords(words)
  const { state, attempts, lastStatus, lastError, nextAttemptAt } = delivery
  return (
    <>
      <span className={tones[state]}>{t(`delivery.${state}`)}</span>
      {lastStatus ? <span className="q-quiet"> · {t('status', { status: lastStatus })}</span> : null}
      {nextAttemptAt && state === 'pending' && attempts > 0 ? (
        <span className="q-quiet"> · {t('nextAttempt', { time: dateTime(nextAttemptAt) })}</span>
      ) : null}
      {lastError && state !== 'delivered' ? <div className="q-quiet">{lastError}</div> : null}
    </>
  )
}
