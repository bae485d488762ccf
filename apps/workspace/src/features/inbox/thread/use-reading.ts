import type { ConversationItem } from '@qiao/protocol'
import { useEffect, useState } from 'react'
import { onReconnect, sendFrame } from '../../../shared/realtime/realtime.ts'
import { useCan, useMe } from '../../../shared/session.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'

function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible')
  useEffect(() => {
    const update = (): void => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
  }, [])
  return visible
}

/** Colleagues see who looks; what is on screen, at the end and in a visible window counts as read. */
export function useReading(item: ConversationItem | undefined, atEnd: boolean, actions: ConversationActions): void {
  const visible = useVisible()
  const me = useMe()
  const leads = useCan('routing.supervise')
  const { id, assigneeId = null, participantIds = [] } = item?.conversation ?? {}
  // A lead who looks in on somebody's work does so without being shown, and without the customer being told that it was read.
  const silent = leads && assigneeId !== null && assigneeId !== me.id && !participantIds.includes(me.id)
  useEffect(() => {
    if (!id) return undefined
    const tell = (): void => void sendFrame({ type: 'view', conversationId: visible ? id : null, silent })
    tell()
    const stop = onReconnect(tell)
    return () => {
      stop()
      sendFrame({ type: 'view', conversationId: null })
    }
  }, [id, visible, silent])

  const lastPublicSeq = item?.conversation.lastPublicSeq ?? 0
  const unread = (item?.unreadCount ?? 0) > 0 || (item?.mentioned ?? false)
  const [held, setHeld] = useState<string | null>(null)
  // "Mark as unread" must not be undone by looking at the same messages; the key names the conversation too.
  const seenKey = `${id}/${lastPublicSeq}`
  useEffect(() => {
    if (!id || !unread || !atEnd || !visible || silent || held === seenKey) return undefined
    const timer = setTimeout(() => {
      setHeld(seenKey)
      void actions.markRead(lastPublicSeq, false)
    }, 400)
    return () => clearTimeout(timer)
  }, [id, unread, atEnd, visible, silent, lastPublicSeq, actions, held, seenKey])
}
