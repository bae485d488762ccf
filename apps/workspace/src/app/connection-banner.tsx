import { useEffect, useState, useSyncExternalStore } from 'react'
import { useWords } from '../shared/i18n.ts'
import { connectionStore } from '../shared/realtime/realtime.ts'
import { useStore } from '../shared/store.ts'
import { sharedWords } from '../shared/words.ts'

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Says that the screen may be behind. A hiccup of a second or two is not worth a word. */
export function ConnectionBanner() {
  const t = useWords(sharedWords)
  const state = useStore(connectionStore)
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const connected = state === 'open' && online
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(!connected), connected ? 0 : 2500)
    return () => clearTimeout(timer)
  }, [connected])
  return (
    <div className="q-connection" role="status">
      {shown ? <p>{online ? t('reconnecting') : t('offline')}</p> : null}
    </div>
  )
}
