import { useEffect } from 'react'

/** A display on a wall has nobody who moves the mouse. Asked again after each return, for the lock ends with the sight. */
export function useStayAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let over = false
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return
      lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
      if (over) await lock?.release()
    }
    const onSight = (): void => void ask()
    onSight()
    document.addEventListener('visibilitychange', onSight)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', onSight)
      void lock?.release()
    }
  }, [])
}
