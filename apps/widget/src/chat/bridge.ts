import { type ToFrame, type ToHost, unwrap, wrap } from '../shared/bridge.ts'
import { trusted } from '../shared/trusted.ts'
import type { QiaoEventName, QiaoEvents } from '../sdk.ts'

/** The frame's end of the talk with the host page. Its origin is unknown until `init` comes from the parent itself. */
let host: { window: Window; origin: string } | null = null

export function tellHost(message: ToHost): void {
  host?.window.postMessage(wrap(message), host.origin)
}

export const emit = <Name extends QiaoEventName>(name: Name, detail: QiaoEvents[Name]): void =>
  tellHost(trusted<ToHost>({ type: 'event', name, detail }))

const told = new Map<string, string>()

/** A conversation's state comes by several ways, in any order; the page hears of each change once. */
export function emitState(conversationId: string, state: 'open' | 'closed'): void {
  if (told.get(conversationId) === state) return
  told.set(conversationId, state)
  emit('conversation', { conversationId, state })
}

export function listenToHost(onMessage: (message: ToFrame) => void): void {
  const { parent } = window
  window.addEventListener('message', (event) => {
    const message = unwrap<ToFrame>(event, { window: parent, origin: host?.origin ?? null })
    if (!message) return
    if (!host) {
      // An opaque origin ("null") cannot be answered safely, and only `init` opens the talk.
      if (message.type !== 'init' || event.origin === 'null') return
      host = { window: parent, origin: event.origin }
    }
    onMessage(message)
  })
  parent.postMessage(wrap({ type: 'boot' }), '*')
}
