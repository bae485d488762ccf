import { type Entry, readConversation, readTimeline } from '@qiao/protocol'
import type { QueryClient } from '@tanstack/react-query'
import { ApiError, call, hasCode, mayPass } from '../api.ts'
import { backoffMs } from '../realtime/backoff.ts'
import { dropItem, heldUpTo, ingest, putFresh } from './cache.ts'

/**
 * Reads what is missing of a conversation: after a gap, after a reconnect, or all of its row when it was unknown. One
 * reading at a time for each conversation; a gap that shows meanwhile starts another round.
 */
const running = new Map<string, { again: boolean }>()
const mostAttempts = 5
export type Caught = (conversationId: string, entries: readonly Entry[]) => void

export async function catchUp(client: QueryClient, id: string, agentId: string, caught?: Caught): Promise<void> {
  const known = running.get(id)
  if (known) {
    known.again = true
    return
  }
  const round = { again: false }
  running.set(id, round)
  try {
    do {
      round.again = false
      await persist(() => readMissing(client, id, agentId, caught))
    } while (round.again)
  } catch (error) {
    if (hasCode(error, 'not-found')) dropItem(client, id)
    else if (!(error instanceof ApiError)) throw error
    // Other refusals: the next frame or reconnect asks again.
  } finally {
    running.delete(id)
  }
}

/** A gap stays one until it was read, and the next frame may be long in coming: a failure that may pass is tried again. */
async function persist(read: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await read()
    } catch (error) {
      if (!mayPass(error) || attempt === mostAttempts) throw error
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)))
    }
  }
}

async function readMissing(client: QueryClient, id: string, agentId: string, caught?: Caught): Promise<void> {
  for (;;) {
    const after = heldUpTo(client, id)
    if (after === null) {
      putFresh(client, await call(readConversation, { params: { id } }))
      return
    }
    const part = await call(readTimeline, { params: { id }, query: { after, limit: 200 } })
    ingest(client, id, part.entries, agentId)
    if (part.entries.length > 0) caught?.(id, part.entries)
    if (part.hasMore) continue
    // The fresh row also carries what entries do not say: marks, unread, mentions.
    putFresh(client, part.item)
    return
  }
}
