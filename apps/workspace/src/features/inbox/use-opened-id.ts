import { useRouter } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'

/** The conversation in an address of the inbox; null when the address is not of this view. */
export function openedIn(path: string, view: string): string | undefined | null {
  const [, page, named, id] = path.split('/')
  return page === 'inbox' && named === view ? id || undefined : null
}

/**
 * Which conversation the address names, as soon as it does: the router draws a page of its own accord a while after, and
 * whoever pressed a row waits for the thread. `routed` is what the router says, which holds when the address leads elsewhere.
 */
export function useOpenedId(view: string, routed: string | undefined): string | undefined {
  const { history } = useRouter()
  const named = useSyncExternalStore(history.subscribe, () => openedIn(history.location.pathname, view))
  return named === null ? routed : named
}
