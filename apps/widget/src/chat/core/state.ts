import type { Attachment } from '@qiao/protocol/attachment'
import type { Entry } from '@qiao/protocol/entries'
import { sorted } from '../../shared/sorted.ts'
import type { PublicAgent, VisitorConversation } from '@qiao/protocol/visitor-view'
import type { QueuePlace } from '@qiao/protocol/work'

/** A contiguous stretch of a timeline that ends at its conversation's `lastSeq`. */
export interface Thread {
  entries: readonly Entry[]
  /** It reaches back to the first entry: there is no earlier page to ask for. */
  complete: boolean
}

export interface Typing {
  agent: PublicAgent | null
  /** Milliseconds since the epoch. */
  until: number
}

/** What the server said last of the queue; `connecting` while it rings at an agent. */
export interface Waiting {
  place: QueuePlace | null
  connecting: boolean
  connectingText: string | null
}

/** Everything the server told us. Changed only by the functions of this folder, which are pure. */
export interface ChatState {
  conversations: ReadonlyMap<string, VisitorConversation>
  threads: ReadonlyMap<string, Thread>
  agents: ReadonlyMap<string, PublicAgent>
  typing: ReadonlyMap<string, Typing>
  /** Of conversations that wait for an agent. */
  places: ReadonlyMap<string, Waiting>
  attachments: ReadonlyMap<string, Attachment>
  /**
   * Conversations of which something is missing, with the highest number that we know to exist: read them over HTTP until
   * it is reached. An entry that is pushed while a page is under way is not in that page.
   */
  gaps: ReadonlyMap<string, number>
}

export const emptyState: ChatState = {
  conversations: new Map(),
  threads: new Map(),
  agents: new Map(),
  typing: new Map(),
  places: new Map(),
  attachments: new Map(),
  gaps: new Map(),
}

export const withKey = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> =>
  new Map(map).set(key, value)

export function withoutKey<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  if (!map.has(key)) return map
  const next = new Map(map)
  next.delete(key)
  return next
}

export function withAgents(state: ChatState, agents: readonly PublicAgent[]): ChatState {
  if (agents.length === 0) return state
  return { ...state, agents: new Map([...state.agents, ...agents.map((agent) => [agent.id, agent] as const)]) }
}

/** Newest activity first. */
export const listed = (state: ChatState): VisitorConversation[] =>
  sorted(state.conversations.values(), (a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt))

export const unreadTotal = (state: ChatState): number =>
  [...state.conversations.values()].reduce((sum, conversation) => sum + conversation.unreadCount, 0)
