import { useEffect, useRef, useState } from 'react'
import { useMe } from '../../../shared/session.ts'
import { type DraftBody, emptyDraft, keepDraft, loadDraft, localDraft, sameWords } from '../drafts.ts'

interface Held {
  of: string
  draft: DraftBody
  touched: boolean
}

/** The draft of one conversation: this browser's at once, the server's newer one when it has come and nobody typed. */
export function useDraft(conversationId: string) {
  const me = useMe()
  const begin = (): Held => ({
    of: conversationId,
    draft: localDraft(me.id, conversationId) ?? emptyDraft,
    touched: false,
  })
  const [held, setHeld] = useState(begin)
  // What is held, drawn or not yet: of two changes in one moment, to a note and to its words, neither undoes the other.
  const latest = useRef(held)
  const current = held.of === conversationId ? held : begin()
  if (current !== held) setHeld(current)
  useEffect(() => {
    const control = new AbortController()
    void loadDraft(me.id, conversationId, control.signal).then((draft) => {
      if (control.signal.aborted) return
      const now = latest.current
      if (now.of === conversationId && (now.touched || same(now.draft, draft))) return
      latest.current = { of: conversationId, draft, touched: false }
      setHeld(latest.current)
    })
    return () => control.abort()
  }, [me.id, conversationId])
  const change = (part: Partial<DraftBody>): void => {
    const now = latest.current.of === conversationId ? latest.current : current
    const draft = { ...now.draft, ...part }
    latest.current = { of: conversationId, draft, touched: true }
    setHeld(latest.current)
    keepDraft(me.id, conversationId, draft)
  }
  return { draft: current.draft, change }
}

const same = (a: DraftBody, b: DraftBody): boolean =>
  sameWords(a, b) && a.mode === b.mode && a.replyToId === b.replyToId
