import { useParams, useRouter } from '@tanstack/react-router'
import { useCallback, useSyncExternalStore } from 'react'

/** The conversation in an address of the inbox; null when the address is not of this view. */
export function openedIn(path: string, view: string): string | undefined | null {
  const [, page, named, id] = path.split('/')
  return page === 'inbox' && named === view ? id || undefined : null
}

/**
 * Which conversation the address names, as soon as it does: the router comes round to a page a while after, and whoever
 * pressed a row waits for the thread. When the address leads elsewhere, what the router still shows holds.
 */
export function useOpenedId(view: string): string | undefined {
  const { history } = useRouter()
  const named = useSyncExternalStore(history.subscribe, () => openedIn(history.location.pathname, view))
  return useParams({
    strict: false,
    // Told nothing new by the router, the page is not drawn a second time.
    select: ({ conversationId }: { conversationId?: string }) => (named === null ? conversationId : named),
  })
}

/** Asks whether a conversation is on screen still. What is done about it may take a moment, and its agent is quick. */
export function useIsOpened(view: string): (id: string) => boolean {
  const { history } = useRouter()
  return useCallback((id) => openedIn(history.location.pathname, view) === id, [history, view])
}
