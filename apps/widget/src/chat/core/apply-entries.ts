import { applyPublicRevision } from '@qiao/protocol/apply-public-revision'
import { applyVisitorEntry } from '@qiao/protocol/apply-visitor-entry'
import type { Entry } from '@qiao/protocol/entries'
import { mergeMarks } from '@qiao/protocol/merge-marks'
import type { PublicAgent, VisitorConversation } from '@qiao/protocol/visitor-view'
import type { QueuePlace } from '@qiao/protocol/work'
import { type ChatState, type Thread, type Waiting, withAgents, withKey, withoutKey } from './state.ts'

export function withGap(state: ChatState, conversationId: string, upTo: number): ChatState {
  const known = state.gaps.get(conversationId)
  if (known !== undefined && known >= upTo) return state
  return { ...state, gaps: withKey(state.gaps, conversationId, upTo) }
}

/** A gap is closed when we hold all that we know to exist, not when some page has come. */
function settleGap(state: ChatState, conversationId: string): ChatState {
  const upTo = state.gaps.get(conversationId)
  const held = state.conversations.get(conversationId)?.lastSeq ?? 0
  return upTo === undefined || held < upTo ? state : { ...state, gaps: withoutKey(state.gaps, conversationId) }
}

function append(thread: Thread | undefined, entry: Entry): Thread {
  if (!thread) return { entries: [entry], complete: entry.seq === 1 }
  return { ...thread, entries: [...applyPublicRevision(thread.entries, entry), entry] }
}

/** Applies what is next, ignores what is known, and stops at a hole, which it notes. */
export function applyEntries(state: ChatState, conversationId: string, entries: readonly Entry[]): ChatState {
  let conversation = state.conversations.get(conversationId)
  const newest = entries.at(-1)?.seq ?? 0
  if (!conversation) return withGap(state, conversationId, newest)
  let thread = state.threads.get(conversationId)
  for (const entry of entries) {
    if (entry.seq <= conversation.lastSeq) continue
    if (entry.seq !== conversation.lastSeq + 1) {
      return withGap(store(state, conversation, thread), conversationId, newest)
    }
    conversation = applyVisitorEntry(conversation, entry, state.agents)
    thread = append(thread, entry)
  }
  return store(state, conversation, thread)
}

function store(state: ChatState, conversation: VisitorConversation, thread: Thread | undefined): ChatState {
  const { id, queued } = conversation
  // Its place went with the wait; the frame that says so may come later. That of a callback is another one.
  const waitsNoMore = !queued && state.conversations.get(id)?.queued && !state.places.get(id)?.place?.callback
  return {
    ...state,
    conversations: withKey(state.conversations, id, conversation),
    threads: thread ? withKey(state.threads, id, thread) : state.threads,
    places: waitsNoMore ? withoutKey(state.places, id) : state.places,
  }
}

export interface EntryPage {
  entries: readonly Entry[]
  conversation: VisitorConversation
  agents: readonly PublicAgent[]
  hasMore: boolean
}

const mergeThread = (thread: Thread, page: EntryPage): Thread => {
  const first = thread.entries[0]
  const older = first ? page.entries.filter((entry) => entry.seq < first.seq) : page.entries
  const reaches = older.length > 0 || page.entries.length > 0
  return {
    entries: [...older, ...thread.entries],
    complete: thread.complete || (reaches && !page.hasMore && (older[0] ?? first)?.seq === 1),
  }
}

/** The newest page of a conversation: opens an unknown one, refreshes a known one, and starts anew across a long hole. */
export function applyLatestPage(before: ChatState, page: EntryPage): ChatState {
  const state = withAgents(before, page.agents)
  const { id } = page.conversation
  const known = state.conversations.get(id)
  const first = page.entries[0]
  if (!known || !first || first.seq > known.lastSeq + 1) {
    // Entries that came by the socket while this page was under way are newer than it: never step back.
    if (known && known.lastSeq > page.conversation.lastSeq) return withGap(state, id, known.lastSeq)
    return settleGap(store(state, page.conversation, { entries: page.entries, complete: !page.hasMore }), id)
  }
  const caughtUp = applyEntries(state, id, page.entries)
  const thread = caughtUp.threads.get(id) ?? { entries: [], complete: false }
  return settleGap({ ...caughtUp, threads: withKey(caughtUp.threads, id, mergeThread(thread, page)) }, id)
}

/** A page that continues after our `lastSeq`. The gap stays noted while the server says that there is more. */
export function applyNextPage(before: ChatState, page: EntryPage): ChatState {
  const { id } = page.conversation
  const state = applyEntries(withAgents(before, page.agents), id, page.entries)
  return page.hasMore ? withGap(state, id, page.conversation.lastSeq) : settleGap(state, id)
}

/** An earlier page, asked for by scrolling back. */
export function applyEarlierPage(before: ChatState, page: EntryPage): ChatState {
  const state = withAgents(before, page.agents)
  const thread = state.threads.get(page.conversation.id)
  if (!thread) return state
  const merged = { ...mergeThread(thread, page), complete: !page.hasMore }
  return { ...state, threads: withKey(state.threads, page.conversation.id, merged) }
}

function without(state: ChatState, id: string): ChatState {
  return Object.assign({}, state, {
    conversations: withoutKey(state.conversations, id),
    threads: withoutKey(state.threads, id),
    places: withoutKey(state.places, id),
  })
}

/**
 * All conversations as the server has them now (first load, reconnect, `resync`). `asked` is what we had when it was
 * asked: a conversation that was begun while the answer was under way is missing in it, and not gone.
 */
export function applySnapshot(
  before: ChatState,
  asked: ChatState,
  conversations: readonly VisitorConversation[],
  agents: readonly PublicAgent[],
  places: readonly QueuePlace[],
): ChatState {
  let state = withAgents(before, agents)
  for (const fresh of conversations) {
    const known = state.conversations.get(fresh.id)
    if (!known || (known.lastSeq < fresh.lastSeq && !state.threads.has(fresh.id))) {
      state = { ...state, conversations: withKey(state.conversations, fresh.id, fresh) }
    } else if (known.lastSeq < fresh.lastSeq) {
      state = withGap(state, fresh.id, fresh.lastSeq)
    } else {
      const merged = { ...known, marks: mergeMarks(known.marks, fresh.marks), assignee: fresh.assignee }
      state = { ...state, conversations: withKey(state.conversations, fresh.id, merged) }
    }
  }
  const present = new Set(conversations.map((conversation) => conversation.id))
  const gone = [...asked.conversations.keys()].filter((id) => !present.has(id))
  // Merged into another contact or erased: it is no longer ours to show.
  for (const id of gone) state = without(state, id)
  return withPlaces(state, places)
}

/** A frame that came while the answer was under way may know more: it keeps that it rings, and a place of its own. */
function withPlaces(state: ChatState, fresh: readonly QueuePlace[]): ChatState {
  const places = new Map<string, Waiting>()
  for (const { id, queued } of state.conversations.values()) {
    const known = state.places.get(id)
    const place = fresh.find((one) => one.conversationId === id) ?? known?.place ?? null
    if ((queued || place?.callback) && (place || known))
      places.set(id, { connecting: false, connectingText: null, ...known, place })
  }
  return { ...state, places }
}
