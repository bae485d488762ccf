import type { WidgetConfig } from '@qiao/protocol/inbox'
import { type PageSeen, type ToFrame, type ToHost, unwrap, wrap } from '../shared/bridge.ts'

export const pageNow = (): PageSeen => ({
  url: location.href,
  title: document.title,
  referrer: document.referrer,
})

interface FrameOptions {
  base: string
  inbox: string
  config: WidgetConfig
  locale: () => string | null
  agent: string | null
  isOpen: () => boolean
  into: HTMLElement
  title: string
  onMessage: (message: ToHost) => void
}

export type Frame = ReturnType<typeof createFrame>

/** The chat itself, in a document of the server's own origin. */
export function createFrame({ base, inbox, config, locale, agent, isOpen, into, title, onMessage }: FrameOptions) {
  const element = document.createElement('iframe')
  let booted = false
  let waiting: ToFrame[] = []

  const post = (message: ToFrame): void => element.contentWindow?.postMessage(wrap(message), base)
  window.addEventListener('message', (event) => {
    const message = unwrap<ToHost>(event, { window: element.contentWindow, origin: base })
    if (!message) return
    if (message.type === 'boot') {
      booted = true
      post({ type: 'init', config, locale: locale(), agent, open: isOpen(), page: pageNow() })
      waiting.forEach(post)
      waiting = []
    } else onMessage(message)
  })
  element.title = title
  element.allow = 'microphone; camera; autoplay; clipboard-write; fullscreen'
  element.src = `${base}/chat/${encodeURIComponent(inbox)}?embed=1`
  into.append(element)
  return {
    focus: () => element.focus(),
    send(message: ToFrame) {
      if (booted) post(message)
      else waiting.push(message)
    },
  }
}
