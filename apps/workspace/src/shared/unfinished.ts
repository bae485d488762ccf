import { useEffect } from 'react'
import { createStore } from './store.ts'

/** How many things on this page would be lost with it: an edit in progress, a chosen file. What is kept as a draft is none. */
const unfinishedStore = createStore(0)

export function noteUnfinished(): () => void {
  unfinishedStore.set((count) => count + 1)
  return () => unfinishedStore.set((count) => count - 1)
}

export function useUnfinished(unfinished: boolean): void {
  useEffect(() => (unfinished ? noteUnfinished() : undefined), [unfinished])
}

/** Once nothing would be lost. */
export function whenFinished(): Promise<void> {
  return new Promise((resolve) => {
    if (unfinishedStore.get() === 0) return resolve()
    const stop = unfinishedStore.subscribe(() => {
      if (unfinishedStore.get() > 0) return
      stop()
      resolve()
    })
  })
}
