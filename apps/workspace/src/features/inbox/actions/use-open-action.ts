import { useCallback, useRef, useState } from 'react'
import type { OpenAction } from './thread-header.tsx'

/** Which popover of the header is open. Closing it gives the focus back, so that the next key reaches the page. */
export function useOpenAction() {
  const [openAction, setOpen] = useState<OpenAction>(null)
  const before = useRef<Element | null>(null)
  const setOpenAction = useCallback((action: OpenAction) => {
    if (action) before.current = document.activeElement
    else {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      if (before.current instanceof HTMLElement && before.current !== document.body) before.current.focus()
    }
    setOpen(action)
  }, [])
  return { openAction, setOpenAction }
}
