import { type Entry, type MessageContent, addNote, listOutlets, sendReply, whisper } from '@qiao/protocol'
import { ApiError, type ApiErrorCode, call } from '../../shared/api.ts'
import { newClientKey } from '../../shared/client-key.ts'
import { createStore } from '../../shared/store.ts'
import { usualWay } from './composer/usual-way.ts'

/**
 * Messages on their way. Each keeps its client key until the server has said yes or no, over reloads too, so trying
 * again never sends twice. One at a time for each conversation: order is what the customer sees.
 */
export type OutboxBody =
  | {
      type: 'reply'
      content: MessageContent
      replyToId?: string | undefined
      viaIdentityId?: string | undefined
      /** Sent before the page knew of the customer's ways: which one is meant is asked before it goes. */
      asUsual?: true | undefined
    }
  | { type: 'note'; text: string; mentions: string[]; attachmentIds: string[] }
  | { type: 'whisper'; text: string }
export interface OutboxItem {
  readonly clientKey: string
  readonly conversationId: string
  readonly at: string
  readonly body: OutboxBody
  /** `waiting`: there was no connection; it goes by itself. `failed`: refused, the agent decides. */
  readonly state: 'sending' | 'waiting' | 'failed'
  readonly error: ApiErrorCode | null
  /** The server's own words for it. */
  readonly detail?: string | undefined
}

export const outboxStore = createStore<readonly OutboxItem[]>([])
let storageKey: string | null = null
let deliver: ((conversationId: string, entries: readonly Entry[]) => void) | null = null
const busy = new Set<string>()
let retryTimer: ReturnType<typeof setTimeout> | undefined
/** The server asked for silence until then (as `Date.now()`). */
let heldUntil = 0
const retryMs = 5000

export const isTransient = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.code === 'network' || error.code === 'unavailable' || error.code === 'rate-limited' || error.status >= 500)

/** The next to go in a conversation: the oldest, unless one before it was refused and waits for the agent. */
export function nextToSend(items: readonly OutboxItem[], conversationId: string): OutboxItem | undefined {
  return items.find((item) => item.conversationId === conversationId && item.state !== 'failed')
}

function save(items: readonly OutboxItem[]): void {
  if (!storageKey) return
  try {
    if (items.length === 0) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, JSON.stringify(items))
  } catch {
    // A full or forbidden storage costs only what a reload would have kept.
  }
}
const change = (next: (items: readonly OutboxItem[]) => readonly OutboxItem[]): void => {
  outboxStore.set(next)
  save(outboxStore.get())
}
const patch = (clientKey: string, part: Partial<OutboxItem>): void =>
  change((items) => items.map((item) => (item.clientKey === clientKey ? { ...item, ...part } : item)))

export function startOutbox(
  agentId: string,
  onDelivered: (conversationId: string, entries: readonly Entry[]) => void,
): void {
  deliver = onDelivered
  const key = `qiao.outbox.${agentId}`
  if (storageKey === key) return
  storageKey = key
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this file alone
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]') as OutboxItem[]
    for (const item of kept) if (item.state === 'sending') Object.assign(item, { state: 'waiting' })
    outboxStore.set(kept)
  } catch {
    outboxStore.set([])
  }
  flushOutbox()
}

export function enqueue(conversationId: string, body: OutboxBody): void {
  const item: OutboxItem = {
    clientKey: newClientKey(),
    conversationId,
    at: new Date().toISOString(),
    body,
    state: 'sending',
    error: null,
  }
  change((items) => [...items, item])
  void run(conversationId)
}

export function retry(clientKey: string): void {
  const item = outboxStore.get().find((each) => each.clientKey === clientKey)
  if (!item) return
  patch(clientKey, { state: 'sending', error: null })
  void run(item.conversationId)
}

export const discard = (clientKey: string): void =>
  change((items) => items.filter((item) => item.clientKey !== clientKey))

function flushIn(milliseconds: number): void {
  clearTimeout(retryTimer)
  retryTimer = setTimeout(flushOutbox, milliseconds)
}

/** After a reconnect: everything that waited, unless the server wants to be left alone for longer. */
export function flushOutbox(): void {
  clearTimeout(retryTimer)
  const held = heldUntil - Date.now()
  if (held > 0) return flushIn(held)
  for (const id of new Set(outboxStore.get().map((item) => item.conversationId))) void run(id)
}

async function run(conversationId: string): Promise<void> {
  if (busy.has(conversationId) || heldUntil > Date.now()) return
  busy.add(conversationId)
  try {
    for (let item = nextToSend(outboxStore.get(), conversationId); item;) {
      patch(item.clientKey, { state: 'sending', error: null, detail: undefined })
      if (!(await attempt(item))) return
      item = nextToSend(outboxStore.get(), conversationId)
    }
  } finally {
    busy.delete(conversationId)
  }
}

async function attempt(item: OutboxItem): Promise<boolean> {
  try {
    const { entries } = await post(item)
    deliver?.(item.conversationId, entries)
    discard(item.clientKey)
    return true
  } catch (error) {
    if (isTransient(error)) {
      patch(item.clientKey, { state: 'waiting', error: error instanceof ApiError ? error.code : null })
      const asked = error instanceof ApiError ? (error.problem?.retryAfterSeconds ?? 0) * 1000 : 0
      if (asked > 0) heldUntil = Date.now() + asked
      flushIn(Math.max(asked, retryMs))
      return false
    }
    patch(item.clientKey, {
      state: 'failed',
      error: error instanceof ApiError ? error.code : 'internal',
      detail: error instanceof ApiError ? error.problem?.detail : undefined,
    })
    return true
  }
}

async function usualIn(conversationId: string): Promise<string | undefined> {
  const { outlets } = await call(listOutlets, { params: { id: conversationId } })
  const way = usualWay(outlets)
  return way && !way.own ? way.identityId : undefined
}

async function post({ conversationId, clientKey, body }: OutboxItem): Promise<{ entries: readonly Entry[] }> {
  const params = { id: conversationId }
  if (body.type === 'note') {
    const { text, mentions, attachmentIds } = body
    return call(addNote, { params, body: { clientKey, text, mentions, attachmentIds } })
  }
  if (body.type === 'whisper') return call(whisper, { params, body: { clientKey, text: body.text } })
  const { content, replyToId } = body
  const viaIdentityId = body.asUsual ? await usualIn(conversationId) : body.viaIdentityId
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the composer makes kinds that agents may send
  const sent = content as Parameters<typeof call<typeof sendReply>>[1]['body']['content']
  return call(sendReply, { params, body: { clientKey, content: sent, replyToId, viaIdentityId } })
}
