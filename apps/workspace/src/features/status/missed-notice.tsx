import { Button } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { statusWords } from './words.ts'

/** Lies over the page beside the status, so that nothing moves when it comes or goes. */
export function MissedNotice({ onBack }: { onBack: () => void }) {
  const t = useWords(statusWords)
  return (
    <div className="q-missed" role="alert">
      <div>
        <strong>{t('missedTitle')}</strong>
        <span>{t('missedHint')}</span>
      </div>
      <Button type="primary" onClick={onBack}>
        {t('back')}
      </Button>
    </div>
  )
}
