import { useCallback, useLayoutEffect, useRef } from 'react'

/** A handler that stays the same and does what the newest one would: what it is handed to need not be drawn anew. */
export function useStable<Arguments extends unknown[], Result>(
  handler: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const latest = useRef(handler)
  useLayoutEffect(() => {
    latest.current = handler
  })
  return useCallback((...given: Arguments) => latest.current(...given), [])
}
