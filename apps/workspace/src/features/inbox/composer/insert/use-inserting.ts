import type { InsertKind } from '@qiao/protocol'
import { useState } from 'react'

interface Inserting {
  of: string
  kind: InsertKind | null
  isOpen: boolean
}

/** What is being put together in the composer of a conversation, and whether the list of what there is stands open. */
export function useInserting(conversationId: string) {
  const [held, setHeld] = useState<Inserting>({ of: conversationId, kind: null, isOpen: false })
  const ofThis = (each: Inserting): Inserting =>
    each.of === conversationId ? each : { of: conversationId, kind: null, isOpen: false }
  // A choice from the list closes it in the same turn: neither may undo the other.
  const put = (part: Partial<Inserting>): void => setHeld((latest) => ({ ...ofThis(latest), ...part }))
  const { kind, isOpen } = ofThis(held)
  return {
    kind,
    isOpen,
    setOpen: (open: boolean): void => put({ isOpen: open }),
    choose: (chosen: InsertKind): void => put({ kind: chosen, isOpen: false }),
    close: (): void => put({ kind: null, isOpen: false }),
  }
}
