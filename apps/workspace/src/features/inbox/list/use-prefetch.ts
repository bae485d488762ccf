import { useQueryClient } from '@tanstack/react-query'
import { type PointerEvent, useEffect, useRef } from 'react'
import { findItem } from '../../../shared/conversations/cache.ts'
import { prefetchConversation, prefetchTimeline } from '../../../shared/conversations/prefetch.ts'

/** A hand that only crosses the list stays shorter on a row. */
const restsAfterMs = 60

/** Handlers for the list: reads a conversation ahead as soon as a hand rests on its row or presses it. */
export function usePrefetchOnPointer() {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const read = (target: EventTarget): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-conversation]') : null
    const item = row?.dataset['conversation'] ? findItem(client, row.dataset['conversation']) : undefined
    if (item) prefetchConversation(client, item)
  }
  return {
    onPointerOver: ({ target }: PointerEvent): void => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => read(target), restsAfterMs)
    },
    onPointerLeave: (): void => clearTimeout(timer.current),
    onPointerDown: ({ target }: PointerEvent): void => read(target),
  }
}

/** Not before the thread that was opened is drawn. */
const neighboursAfterMs = 400

/** The rows above and below are what a key or the closing of this one opens next. */
export function usePrefetchNeighbours(next: string | undefined, previous: string | undefined): void {
  const client = useQueryClient()
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const id of [next, previous]) if (id) prefetchTimeline(client, id)
    }, neighboursAfterMs)
    return () => clearTimeout(timer)
  }, [client, next, previous])
}
