import type { WidgetConfig } from '@qiao/protocol/inbox'
import type { FrameCommand, ToHost } from '../shared/bridge.ts'
import type { QiaoEventName } from '../sdk.ts'
import { createFrame, type Frame, pageNow } from './frame.ts'
import { createLauncher } from './launcher.ts'
import { holdPage } from './phone.ts'

type Listener = (detail: unknown) => void

export type Widget = ReturnType<typeof createWidget>

/** One chat on one page. Nothing of the chat app is fetched before the visitor, or the page, asks for it. */
export function createWidget(base: string, inbox: string, config: WidgetConfig, agent: string | null) {
  const listeners = new Map<string, Set<Listener>>()
  // Set once this browser's visitor has acted: then, and only then, later pages connect by themselves.
  const knownKey = `qiao:${inbox}`
  const title = config.settings.words[config.settings.defaultLocale]?.title ?? config.inbox.name
  let locale: string | null = null
  let frame: Frame | null = null
  let open = false
  let count = 0
  let release: (() => void) | null = null
  const language = navigator.language || config.settings.defaultLocale
  const launcher = createLauncher(config, language, title, () => set(!open))

  const emit = (name: QiaoEventName, detail: unknown): void => {
    for (const listener of listeners.get(name) ?? []) listener(detail)
  }
  function setUnread(next: number): void {
    count = next
    launcher.setUnread(next)
    const plain = document.title.replace(/^\(\d+\) /, '')
    const wanted = next > 0 ? `(${next}) ${plain}` : plain
    if (document.title !== wanted) document.title = wanted
  }
  function remember(known: boolean): void {
    try {
      if (known) localStorage.setItem(knownKey, '1')
      else localStorage.removeItem(knownKey)
    } catch {
      // A page that may not store simply connects when its visitor opens the chat.
    }
  }
  function heard(message: ToHost): void {
    if (message.type === 'close') set(false)
    else if (message.type === 'visitor') remember(message.known)
    else if (message.type === 'event') {
      if (message.name === 'unread') {
        if (message.detail.count === count) return
        setUnread(message.detail.count)
      }
      if (message.name === 'message' && !open) launcher.tease(message.detail.text)
      emit(message.name, message.detail)
    }
  }
  function load(): Frame {
    frame ??= createFrame({
      base,
      inbox,
      config,
      locale: () => locale,
      agent,
      isOpen: () => open,
      into: launcher.frame,
      title,
      onMessage: heard,
    })
    return frame
  }
  function set(next: boolean): void {
    if (next === open) return
    open = next
    const shown = load()
    launcher.setOpen(open)
    shown.send({ type: 'open', open })
    if (open) {
      release = holdPage(launcher.frame, launcher.host)
      shown.focus()
    } else {
      release?.()
      launcher.button.focus()
    }
    emit(open ? 'opened' : 'closed', {})
  }
  function command(message: FrameCommand): void {
    if (message.name === 'setLanguage') locale = message.args[0]
    // These alone do not make a chat: they wait until there is one.
    const passive = message.name === 'setLanguage' || message.name === 'setAttributes' || message.name === 'track'
    if (passive && !frame) {
      early.push(message)
      return
    }
    const first = !frame
    const shown = load()
    if (first) early.splice(0).forEach((kept) => shown.send(kept))
    shown.send(message)
    if (message.name === 'newConversation' || message.name === 'prefill') set(true)
  }
  const early: FrameCommand[] = []

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open) set(false)
  })
  const moved = (): void => frame?.send({ type: 'page', page: pageNow() })
  addEventListener('popstate', moved)
  addEventListener('hashchange', moved)
  ;(window as { navigation?: EventTarget }).navigation?.addEventListener('navigatesuccess', moved)
  try {
    if (localStorage.getItem(knownKey)) load()
  } catch {
    // As above.
  }
  return {
    set,
    toggle: () => set(!open),
    show: (shown: boolean) => launcher.setShown(shown),
    command,
    unread: () => count,
    listen(name: string, listener: Listener, on: boolean) {
      const known = listeners.get(name) ?? new Set<Listener>()
      if (on) known.add(listener)
      else known.delete(listener)
      listeners.set(name, known)
    },
  }
}
