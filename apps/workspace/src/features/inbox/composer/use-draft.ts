import { useEffect, useState } from 'react'
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
  const current = held.of === conversationId ? held : begin()
  if (current !== held) setHeld(current)
  useEffect(() => {
    const control = new AbortController()
    void loadDraft(me.id, conversationId, control.signal).then((draft) => {
      if (control.signal.aborted) return
      setHeld((now) => (now.of !== conversationId || now.touched || same(now.draft, draft) ? now : { ...now, draft }))
    })
    return () => control.abort()
  }, [me.id, conversationId])
  const change = (part: Partial<DraftBody>): void => {
    const draft = { ...current.draft, ...part }
    setHeld({ of: conversationId, draft, touched: true })
    keepDraft(me.id, conversationId, draft)
  }
  return { draft: current.draft, change }
}

const same = (a: DraftBody, b: DraftBody): boolean =>
  sameWords(a, b) && a.mode === b.mode && a.replyToId === b.replyToId
