import { useWords } from '../../../shared/i18n.ts'
import { dateTime, exactTime, useNow } from '../../../shared/time.ts'
import { words } from './words.ts'

export function ApiKeyExpiry({ at }: { at: string | null }) {
  const t = useWords(words)
  const now = useNow()
  if (at === null) return <span className="q-quiet">{t('noExpiry')}</span>
  if (Date.parse(at) < now) {
    return (
      <span className="q-state-bad" title={exactTime(at)}>
        {t('expired')}
      </span>
    )
  }
  return <time title={exactTime(at)}>{dateTime(at)}</time>
}
