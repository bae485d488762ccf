import { effect } from '@preact/signals'
import { applyOwnReading } from './core/apply-frame.ts'
import { services } from './services.ts'
import { onScreen, state, view } from './store.ts'

/** The thread is scrolled to its end: what is there has been seen. */
let atEnd = true
export function setAtEnd(value: boolean): void {
  atEnd = value
  if (value) markRead()
}

const told = new Map<string, { delivered: number; read: number }>()

function tell(conversationId: string, delivered: number, read: number): void {
  const before = told.get(conversationId) ?? { delivered: 0, read: 0 }
  if (delivered <= before.delivered && read <= before.read) return
  told.set(conversationId, { delivered, read })
  const marks = { deliveredSeq: delivered, ...(read > 0 ? { readSeq: read } : {}) }
  const { line, api } = services()
  if (!line.send({ type: 'mark', conversationId, ...marks })) {
    // Forgotten on failure, so that the next chance says it again.
    api.mark(conversationId, marks).catch(() => told.delete(conversationId))
  }
}

function markRead(): void {
  const shown = view.value
  if (shown.name !== 'thread' || !onScreen.value || !atEnd) return
  const conversation = state.value.conversations.get(shown.id)
  if (conversation) state.value = applyOwnReading(state.value, shown.id, conversation.lastSeq)
}

/** Says what has arrived on this device and what was seen, as it happens. */
export function watchReading(): () => void {
  const stopReading = effect(() => {
    // Named for the subscription: any of these may make something newly seen.
    void [view.value, onScreen.value, state.value.conversations]
    markRead()
  })
  const stopTelling = effect(() => {
    for (const { id, lastSeq, marks, sentCount } of state.value.conversations.values()) {
      const read = Math.min(marks.contactReadSeq, lastSeq)
      if (sentCount > 0 && state.value.threads.has(id)) tell(id, lastSeq, read)
    }
  })
  return () => {
    stopReading()
    stopTelling()
  }
}

export const forgetReading = (): void => told.clear()
