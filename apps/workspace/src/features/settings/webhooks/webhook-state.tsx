import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import type { Webhook } from './webhooks-query.ts'
import { words } from './words.ts'

export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useWords(words)
  if (!webhook.enabled) return <span className="q-quiet">{t('state.off')}</span>
  if (webhook.failingSince) {
    return <span className="q-state-bad">{t('state.failing', { time: dateTime(webhook.failingSince) })}</span>
  }
  return <span className="q-state-good">{t('state.on')}</span>
}
