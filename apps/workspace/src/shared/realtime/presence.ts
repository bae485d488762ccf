import { typingLastsSeconds } from '@qiao/protocol'
import { createStore } from '../store.ts'

/** What is never stored: who types, who looks, who is online. All by conversation or contact. */
export interface Typing {
  readonly who: { type: 'contact' | 'agent'; id: string }
  readonly draft: string | undefined
  readonly until: number
}
type ByConversation<Value> = ReadonlyMap<string, Value>

export const typingStore = createStore<ByConversation<readonly Typing[]>>(new Map())
export const viewersStore = createStore<ByConversation<readonly string[]>>(new Map())
export const onlineStore = createStore<ReadonlyMap<string, boolean>>(new Map())

const withEntry = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> =>
  new Map(map).set(key, value)

export function noteTyping(
  conversationId: string,
  who: Typing['who'],
  typing: boolean,
  draft: string | undefined,
  now = Date.now(),
): void {
  typingStore.set((all) => {
    const others = (all.get(conversationId) ?? []).filter((each) => each.who.id !== who.id)
    const until = now + typingLastsSeconds * 1000
    return withEntry(all, conversationId, typing ? [...others, { who, draft, until }] : others)
  })
  if (typing) setTimeout(() => expireTyping(conversationId), typingLastsSeconds * 1000 + 50)
}

export function expireTyping(conversationId: string, now = Date.now()): void {
  typingStore.set((all) => {
    const before = all.get(conversationId) ?? []
    const after = before.filter(({ until }) => until > now)
    return after.length === before.length ? all : withEntry(all, conversationId, after)
  })
}

export const noteViewers = (conversationId: string, agentIds: readonly string[]): void =>
  viewersStore.set((all) => withEntry(all, conversationId, agentIds))
export const noteOnline = (contactId: string, online: boolean): void =>
  onlineStore.set((all) => withEntry(all, contactId, online))

export function forgetPresence(): void {
  typingStore.set(new Map())
  viewersStore.set(new Map())
}
