import { type Hours, isOpen, nextOpening } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime, useNow } from '../../../shared/time.ts'
import { words } from './words.ts'

/** Whether these hours are open at this moment, by the same rule that the server and the visitor's chat use. */
export function OpenNow({ hours }: { hours: Hours }) {
  const t = useWords(words)
  const now = new Date(useNow())
  if (isOpen(hours, now)) return <span className="q-state-good">{t('nowOpen')}</span>
  const next = nextOpening(hours, now)
  return (
    <span className="q-quiet">
      {t('nowClosed')} · {next ? t('opensAt', { time: dateTime(next.getTime()) }) : t('never')}
    </span>
  )
}
