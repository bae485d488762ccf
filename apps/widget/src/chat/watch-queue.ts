import { effect, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { waitOf } from './core/queue.ts'
import { state } from './store.ts'

/** What only those who wait need is fetched when somebody first does. */
export const queueStrip = signal<ComponentType<{ id: string }> | null>(null)

export function watchQueue(): void {
  const stop = effect(() => {
    const now = state.value
    if (queueStrip.value || ![...now.conversations.keys()].some((id) => waitOf(now, id))) return
    // Out of reach: whatever happens next tries again.
    import('./view/queue-strip.tsx').then(
      ({ QueueStrip, tellOfQueue }) => {
        stop()
        queueStrip.value = QueueStrip
        tellOfQueue()
      },
      () => undefined,
    )
  })
}
