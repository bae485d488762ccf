import { effect } from '@preact/signals'
import { emit } from './bridge.ts'
import { arrivals } from './core/arrivals.ts'
import type { ChatState } from './core/state.ts'
import { beep } from './effects/beep.ts'
import { celebrate } from './effects/celebrate.ts'
import { summary } from './view/summary.ts'
import { announced, embedded, onScreen, state, unread, view } from './store.ts'

/** Sound, the effect and the page's events for what is new. */
function announce(before: ChatState, after: ChatState): void {
  for (const arrival of arrivals(before, after)) {
    const shown = view.value
    const watching = onScreen.value && shown.name === 'thread' && shown.id === arrival.conversationId
    if (!watching) beep()
    const text = summary('', arrival.text)
    const from = (arrival.agentId && after.agents.get(arrival.agentId)?.name) ?? ''
    announced.value = `${from} ${text}`.trim()
    emit('message', { conversationId: arrival.conversationId, text, from, at: arrival.at })
    const content = arrival.entry?.body.content
    if (watching && content?.type === 'text') celebrate(content.text)
  }
  for (const { id, state: now } of after.conversations.values()) {
    if (before.conversations.get(id)?.state !== now) emit('conversation', { conversationId: id, state: now })
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
