import type { FrameCommand } from '../shared/bridge.ts'
import type { Attributes } from '../sdk.ts'
import { identify, logout } from './identity.ts'
import { pageNow } from './page.ts'
import { sayMessage } from './say-message.ts'
import { services } from './services.ts'
import { config, view } from './store.ts'
import { beginChat, currentThread, startsAtOnce } from './begin.ts'
import { newId } from './core/new-id.ts'
import { matchLocale } from './words/locale.ts'
import { useLocale } from './words/words.ts'

let attributes: Attributes = {}
let events: { name: string; properties: Attributes }[] = []
let reportedUrl = ''
const mostEvents = 20

export const pendingAttributes = (): Attributes => attributes

/** Pages and events of somebody who is a visitor already. Nobody else is followed. */
export async function report(): Promise<void> {
  const { session, api } = services()
  const page = pageNow()
  const pages = page && page.url !== reportedUrl ? [page] : []
  if (session.token() === null || (pages.length === 0 && events.length === 0)) return
  const sending = events
  events = []
  reportedUrl = page?.url ?? reportedUrl
  await api.track({ pages, events: sending }).catch(() => {
    events = [...sending, ...events].slice(-mostEvents)
  })
}

function setAttributes(next: Attributes): void {
  attributes = { ...attributes, ...next }
  const { session, api } = services()
  if (session.token() !== null) api.update({ attributes: next }).catch(() => undefined)
}

/** What the page's own code asks for. */
export function run(command: FrameCommand): void {
  switch (command.name) {
    case 'identify':
      void identify(...command.args)
      return
    case 'logout':
      void logout()
      return
    case 'newConversation':
      beginChat(command.args[0] ?? '', true)
      return
    case 'sendMessage': {
      const text = command.args[0].trim()
      if (text === '') return
      const threadId = currentThread() ?? (startsAtOnce() ? newId() : null)
      // Consent, and whatever else is asked first, is the visitor's to give: the words wait in the form.
      if (threadId === null) return beginChat(text)
      view.value = { name: 'thread', id: threadId }
      sayMessage(threadId, { type: 'text', text })
      return
    }
    case 'prefill':
      beginChat(command.args[0])
      return
    case 'setLanguage': {
      const next = matchLocale(command.args[0])
      if (next) void useLocale(next, config.value?.settings.words ?? {})
      return
    }
    case 'setAttributes':
      setAttributes(command.args[0])
      return
    case 'track': {
      const [name, properties = {}] = command.args
      events = [...events, { name, properties }].slice(-mostEvents)
      void report()
      return
    }
    default:
      command satisfies never
  }
}
