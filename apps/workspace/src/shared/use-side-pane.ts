import { useState } from 'react'
import { useMedia } from './use-media.ts'

interface Options {
  /** The width in pixels from which there is room for the pane beside the rest. */
  wideFrom: number
  /** Where the browser remembers that it is not wanted. */
  storageKey: string
}

/** Wide windows remember whether a pane is wanted. In narrow ones it lies over the rest, and only while it is asked for. */
export function useSidePane({ wideFrom, storageKey }: Options) {
  const wide = useMedia(`(min-width: ${wideFrom}px)`)
  const [wanted, setWanted] = useState(() => localStorage.getItem(storageKey) !== 'hidden')
  const [asked, setAsked] = useState(false)
  // A window that becomes wide answers the question itself; narrowed again, it starts without the pane.
  if (asked && wide) setAsked(false)
  const shown = wide ? wanted : asked
  const toggle = (): void => {
    if (!wide) return setAsked(!shown)
    localStorage.setItem(storageKey, shown ? 'hidden' : 'shown')
    setWanted(!shown)
  }
  return { wide, shown, toggle }
}
