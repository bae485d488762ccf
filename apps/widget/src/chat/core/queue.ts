import type { ChatState, Waiting } from './state.ts'

const withoutPlace: Waiting = { place: null, connecting: false, connectingText: null }

/** How a conversation waits for an agent; null when it does not. */
export const waitOf = (state: ChatState, id: string): Waiting | null =>
  state.places.get(id) ?? (state.conversations.get(id)?.queued ? withoutPlace : null)
