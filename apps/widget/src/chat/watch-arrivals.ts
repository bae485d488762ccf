import { effect } from '@preact/signals'
import { emit, emitState } from './bridge.ts'
import { type Arrival, arrivals } from './core/arrivals.ts'
import type { ChatState } from './core/state.ts'
import { celebrate } from './effects/celebrate.ts'
import { summary } from './view/summary.ts'
import { say } from './words/words.ts'
import { announced, embedded, onScreen, state, unread, view } from './store.ts'

const nameWithinMs = 2000
let unnamed: Arrival[] = []

/** Sound, the effect and the page's events for one message. */
function tellOf(arrival: Arrival): void {
  const shown = view.value
  const watching = onScreen.value && shown.name === 'thread' && shown.id === arrival.conversationId
  if (!watching)
    void import('./effects/beep.ts').then(
      ({ beep }) => beep(),
      () => undefined,
    )
  const text = arrival.apart ? say('answeredThere') : summary('', arrival.text)
  const from = (arrival.agentId && state.value.agents.get(arrival.agentId)?.name) ?? ''
  announced.value = `${from} ${text}`.trim()
  emit('message', { conversationId: arrival.conversationId, text, from, at: arrival.at })
  const content = arrival.entry?.body.content
  if (watching && content?.type === 'text') celebrate(content.text)
}

/** The name of an agent who is new here comes a moment after the words: who hears of a message is told whose it is. */
function tellNamed(after: ChatState, everyone = false): void {
  const all = unnamed
  unnamed = []
  for (const arrival of all) {
    // Logged out meanwhile.
    if (!after.conversations.has(arrival.conversationId)) continue
    if (everyone || arrival.agentId === null || after.agents.has(arrival.agentId)) tellOf(arrival)
    else unnamed.push(arrival)
  }
}

function announce(before: ChatState, after: ChatState): void {
  const fresh = arrivals(before, after)
  unnamed.push(...fresh)
  tellNamed(after)
  if (fresh.length > 0 && unnamed.length > 0) setTimeout(() => tellNamed(state.value, true), nameWithinMs)
  for (const { id, state: now } of after.conversations.values()) {
    if (before.conversations.get(id)?.state !== now) emitState(id, now)
  }
}

export function watchArrivals(): void {
  let before: ChatState | null = null
  const title = document.title
  effect(() => {
    const after = state.value
    // The first filling after a start (or after logging out) is history, not news.
    if (before && before.conversations.size > 0 && before !== after) announce(before, after)
    before = after
  })
  effect(() => {
    emit('unread', { count: unread.value })
    if (!embedded.value) document.title = unread.value > 0 ? `(${unread.value}) ${title}` : title
  })
}
