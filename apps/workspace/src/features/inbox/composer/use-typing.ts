import { typingLastsSeconds } from '@qiao/protocol'
import { useCallback, useEffect, useRef } from 'react'
import { sendFrame } from '../../../shared/realtime/realtime.ts'

/** Tells the customer that somebody writes: again before it would lapse, and that it has stopped. */
export function useTyping(conversationId: string) {
  const lastSent = useRef(0)
  const stop = useCallback(() => {
    if (lastSent.current === 0) return
    lastSent.current = 0
    sendFrame({ type: 'typing', conversationId, typing: false })
  }, [conversationId])
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const typed = useCallback(() => {
    clearTimeout(idle.current)
    idle.current = setTimeout(stop, typingLastsSeconds * 1000)
    if (Date.now() - lastSent.current < (typingLastsSeconds - 2) * 1000) return
    lastSent.current = Date.now()
    sendFrame({ type: 'typing', conversationId, typing: true })
  }, [conversationId, stop])
  useEffect(
    () => () => {
      clearTimeout(idle.current)
      stop()
    },
    [stop],
  )
  return { typed, stop }
}
