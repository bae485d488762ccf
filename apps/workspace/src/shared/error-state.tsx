import { Button } from 'antd'
import { explain } from './error-words.ts'
import { useWords } from './i18n.ts'
import { sharedWords } from './words.ts'
import './states.css'

/** What happened, and a way on. `title` says what could not be done. */
export function ErrorState({ error, title, onRetry }: { error: unknown; title?: string; onRetry?: () => void }) {
  const t = useWords(sharedWords)
  return (
    <div className="q-state" role="alert">
      <p className="q-state-title">{title ?? t('loadFailed')}</p>
      <p className="q-state-hint">{explain(error)}</p>
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </div>
  )
}
