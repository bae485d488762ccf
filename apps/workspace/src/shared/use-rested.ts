import { useEffect, useState } from 'react'
import { useStable } from './use-stable.ts'

/** Long enough that not each key asks, short enough that the answer is there when one looks. */
const restMs = 300

/** What stood there when typing last rested, null before it first did; `isCurrent`: it is just what stands there now. */
export function useRested<Value>(value: Value): { rested: Value | null; isCurrent: boolean } {
  const key = JSON.stringify(value)
  const [held, setHeld] = useState<{ key: string; value: Value } | null>(null)
  const hold = useStable((of: string) => setHeld({ key: of, value }))
  useEffect(() => {
    const timer = setTimeout(() => hold(key), restMs)
    return () => clearTimeout(timer)
  }, [key, hold])
  return { rested: held?.value ?? null, isCurrent: held?.key === key }
}
