import { createStore } from '../../../shared/store.ts'

/** By which way the answer that is being written goes: the strip above it tells what that one allows. */
export const shownWay = createStore<{ conversationId: string; identityId: string } | null>(null)
