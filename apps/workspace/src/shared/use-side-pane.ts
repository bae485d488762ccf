import { useCallback, useState } from 'react'
import { useMedia } from './use-media.ts'

interface Options {
  /** The width in pixels from which there is room for the pane beside the rest. */
  wideFrom: number
  /** Where the browser remembers that it is not wanted. */
  storageKey: string
  /** What it stands beside: in a narrow window it closes when something else comes. */
  beside?: string
}

/** Wide windows remember whether a pane is wanted. In narrow ones it lies over the rest, and only while it is asked for. */
export function useSidePane({ wideFrom, storageKey, beside = '' }: Options) {
  const wide = useMedia(`(min-width: ${wideFrom}px)`)
  const [wanted, setWanted] = useState(() => localStorage.getItem(storageKey) !== 'hidden')
  const [askedBeside, setAskedBeside] = useState<string | null>(null)
  // A window that becomes wide answers the question itself; narrowed again, it starts without the pane.
  if (askedBeside !== null && (wide || askedBeside !== beside)) setAskedBeside(null)
  const shown = wide ? wanted : askedBeside === beside
  const toggle = useCallback((): void => {
    if (!wide) return setAskedBeside(shown ? null : beside)
    localStorage.setItem(storageKey, shown ? 'hidden' : 'shown')
    setWanted(!shown)
  }, [beside, shown, storageKey, wide])
  return { wide, shown, toggle }
}
