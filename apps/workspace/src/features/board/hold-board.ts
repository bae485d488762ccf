import { useEffect } from 'react'
import { createStore } from '../../shared/store.ts'

/** How many menus and forms are open on the board: while one is, nothing may move under the hand. */
export const openOnBoard = createStore(0)

export function useHoldBoard(open: boolean): void {
  useEffect(() => {
    if (!open) return undefined
    openOnBoard.set((count) => count + 1)
    return () => openOnBoard.set((count) => count - 1)
  }, [open])
}
