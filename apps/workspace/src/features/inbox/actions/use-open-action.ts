import { useRef, useState } from 'react'
import { useStable } from '../../../shared/use-stable.ts'
import type { OpenAction } from './thread-actions.tsx'

/** Which popover of the conversation's header is open. Closing it gives the focus back, so that the next key reaches the page. */
export function useOpenAction(conversationId: string) {
  const [held, setHeld] = useState<{ of: string; action: OpenAction }>({ of: conversationId, action: null })
  const before = useRef<Element | null>(null)
  const setOpenAction = useStable((action: OpenAction) => {
    if (action) before.current = document.activeElement
    else {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      if (before.current instanceof HTMLElement && before.current !== document.body) before.current.focus()
    }
    setHeld({ of: conversationId, action })
  })
  return { openAction: held.of === conversationId ? held.action : null, setOpenAction }
}
