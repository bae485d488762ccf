import type { ErrorCode } from '@qiao/protocol/errors'
import type { ContentOf } from '@qiao/protocol/content'
import { sorted } from '../../shared/sorted.ts'
import type { OfflineBody, SendBody } from '../net/api.ts'

/** A message that is left for later: what the server is asked, and what the screen shows until it answers. */
export interface Left {
  ask: Omit<OfflineBody, 'clientKey' | 'conversationId'>
  content: ContentOf<'left-message'>
}

/** A message that the server has not acknowledged yet. Kept across reloads; its key makes a repeat harmless. */
export interface OutboxItem {
  clientKey: string
  /** What the screen shows it under: a conversation's id, or a draft's until the server gives one. */
  threadId: string
  conversationId: string | null
  body: Omit<SendBody, 'clientKey' | 'conversationId'>
  /** Of a message that is left; `body` then holds its words alone. */
  left?: Left
  /** When it was written, ISO 8601. */
  at: string
  state: 'queued' | 'sending' | 'failed'
  code?: ErrorCode | 'offline'
}

/** In the order in which they were written; the key breaks ties, and our keys grow with time. */
export const inOrder = (items: readonly OutboxItem[]): OutboxItem[] =>
  sorted(items, (a, b) => a.at.localeCompare(b.at) || a.clientKey.localeCompare(b.clientKey))

/**
 * The first waiting message of each thread. One at a time and in order: the second may only go when the first is
 * acknowledged, else a lost packet would swap them. A refused one steps aside so that it does not hold up the rest.
 */
export function nextToSend(items: readonly OutboxItem[]): OutboxItem[] {
  const heads = new Map<string, OutboxItem>()
  for (const item of inOrder(items)) {
    if (item.state !== 'failed' && !heads.has(item.threadId)) heads.set(item.threadId, item)
  }
  return [...heads.values()]
}

/** The server put a message into another conversation than we asked for: what waits behind it goes there as well. */
export const retarget = (items: readonly OutboxItem[], threadId: string, conversationId: string): OutboxItem[] =>
  items.map((item) => (item.threadId === threadId ? { ...item, threadId: conversationId, conversationId } : item))

/** What a page before us left as `sending` may or may not have arrived: it is asked again under the same key. */
export const revived = (item: OutboxItem): OutboxItem =>
  item.state === 'sending' ? { ...item, state: 'queued' } : item

const temporary: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['rate-limited', 'unavailable', 'internal'])
export const isTemporary = (code: ErrorCode): boolean => temporary.has(code)
