import { trusted } from '../shared/trusted.ts'
import { backOffMs } from './core/back-off.ts'
import { inOrder, isTemporary, nextToSend, type OutboxItem, retarget, revived } from './core/outbox.ts'
import { Refusal } from './net/problem.ts'
import { exclusively, type Keep } from './storage.ts'

interface OutboxOptions {
  keep: Keep
  /** Resolves once the server has the message; rejects with a `Refusal`. */
  deliver: (item: OutboxItem) => Promise<{ conversationId: string }>
  onChange: (items: readonly OutboxItem[]) => void
  onMoved: (threadId: string, conversationId: string) => void
}

export interface Outbox {
  add(item: OutboxItem): void
  retry(clientKey: string): void
  discard(clientKey: string): void
  /** Tries what waits. Harmless to call often. */
  flush(): Promise<void>
  /** Another tab changed what is kept. */
  reload(): void
  /** After logging out: nothing that is still under way may come back. */
  clear(): void
}

const prefix = 'out:'

/** Messages on their way. Each has its own key in the store, so that two tabs never overwrite each other's. */
export function createOutbox({ keep, deliver, onChange, onMoved }: OutboxOptions): Outbox {
  let items: OutboxItem[] = []
  let again: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  /** The server asked for silence until then (as `Date.now()`). */
  let heldUntil = 0
  let running: Promise<void> | null = null
  let more = false
  let age = 0

  function publish(next: OutboxItem[]): void {
    items = next
    onChange(items)
  }
  function put(item: OutboxItem): void {
    keep.set(prefix + item.clientKey, JSON.stringify(item))
    publish(inOrder([...items.filter((other) => other.clientKey !== item.clientKey), item]))
  }
  function discard(clientKey: string): void {
    keep.remove(prefix + clientKey)
    publish(items.filter((item) => item.clientKey !== clientKey))
  }
  function reload(): void {
    const kept = keep.names(prefix).flatMap((name) => {
      try {
        return [trusted<OutboxItem>(JSON.parse(keep.get(name) ?? ''))]
      } catch {
        return []
      }
    })
    publish(inOrder(kept))
  }

  /** True when the next of its thread may follow. */
  async function deliverOne(item: OutboxItem): Promise<boolean> {
    const started = age
    put({ ...item, state: 'sending' })
    try {
      const { conversationId } = await deliver(item)
      if (started !== age) return false
      attempt = 0
      discard(item.clientKey)
      if (conversationId !== item.threadId) {
        for (const moved of retarget(items, item.threadId, conversationId)) put(moved)
        onMoved(item.threadId, conversationId)
      }
      return true
    } catch (error) {
      if (started !== age) return false
      const refusal = error instanceof Refusal ? error : new Refusal('internal')
      const waits = refusal.code === 'offline' || isTemporary(refusal.code)
      put({ ...item, state: waits ? 'queued' : 'failed', code: refusal.code })
      if (waits) {
        const asked = (refusal.retryAfterSeconds ?? 0) * 1000
        if (asked > 0) heldUntil = Date.now() + asked
        flushIn(Math.max(asked, backOffMs(attempt)))
        attempt += 1
      }
      return !waits
    }
  }

  async function drain(): Promise<void> {
    reload()
    publish(items.map(revived))
    const stuck = new Set<string>()
    for (;;) {
      const heads = nextToSend(items).filter((item) => !stuck.has(item.threadId))
      if (heads.length === 0) return
      await Promise.all(
        heads.map(async (item) => {
          if (!(await deliverOne(item))) stuck.add(item.threadId)
        }),
      )
    }
  }

  function flushIn(milliseconds: number): void {
    clearTimeout(again)
    again = setTimeout(() => void flush(), milliseconds)
  }

  async function flush(): Promise<void> {
    clearTimeout(again)
    if (items.length === 0) return
    const held = heldUntil - Date.now()
    if (held > 0) return flushIn(held)
    if (running) {
      more = true
      return running
    }
    running = exclusively(keep.keyOf('outbox'), drain).finally(() => {
      running = null
      if (more) void flush()
      more = false
    })
    await running
  }

  reload()
  return {
    add(item) {
      put(item)
      void flush()
    },
    retry(clientKey) {
      const item = items.find((other) => other.clientKey === clientKey)
      if (item) put({ ...item, state: 'queued', code: undefined })
      void flush()
    },
    discard,
    flush,
    reload,
    clear() {
      age += 1
      for (const item of items) discard(item.clientKey)
    },
  }
}
