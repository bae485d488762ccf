import { useEffect, useState } from 'react'
import { useWords } from '../shared/i18n.ts'
import { connectionStore } from '../shared/realtime/realtime.ts'
import { useStore } from '../shared/store.ts'
import { sharedWords } from '../shared/words.ts'

/** Says that the screen may be behind. A hiccup of a second or two is not worth a word. */
export function ConnectionBanner() {
  const t = useWords(sharedWords)
  const state = useStore(connectionStore)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(state !== 'open'), state === 'open' ? 0 : 2500)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <div className="q-connection" role="status">
      {shown ? <p>{navigator.onLine ? t('reconnecting') : t('offline')}</p> : null}
    </div>
  )
}
