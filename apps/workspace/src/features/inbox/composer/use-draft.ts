import { useEffect, useRef, useState } from 'react'
import { useMe } from '../../../shared/session.ts'
import { type DraftBody, emptyDraft, keepDraft, loadDraft, localDraft } from '../drafts.ts'

/** The draft of one conversation: this browser's at once, the server's newer one when it has come and nobody typed. */
export function useDraft(conversationId: string) {
  const me = useMe()
  const [draft, setDraft] = useState<DraftBody>(() => localDraft(me.id, conversationId) ?? emptyDraft)
  const touched = useRef(false)
  useEffect(() => {
    const control = new AbortController()
    void loadDraft(me.id, conversationId, control.signal).then((found) => {
      if (!control.signal.aborted && !touched.current) setDraft(found)
    })
    return () => control.abort()
  }, [me.id, conversationId])
  const change = (part: Partial<DraftBody>): void => {
    touched.current = true
    const next = { ...draft, ...part }
    setDraft(next)
    keepDraft(me.id, conversationId, next)
  }
  return { draft, change }
}
