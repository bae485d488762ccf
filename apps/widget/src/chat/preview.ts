import type { InboxSettings, WidgetConfig, WidgetLocale } from '@qiao/protocol/inbox'
import { trusted } from '../shared/trusted.ts'
import type { PageSeen } from '../shared/bridge.ts'
import { beginChat } from './begin.ts'
import { newId } from './core/new-id.ts'
import { applyLook } from './look.ts'
import { config, view } from './store.ts'
import { useLocale } from './words/words.ts'

/** What the settings page of the same origin sends with each change that is not saved yet. */
export interface PreviewMessage {
  type: 'qiao:preview'
  settings: InboxSettings
  name: string
  locale: WidgetLocale
  screen: 'home' | 'start' | 'thread'
  /** Shows the chat as outside the hours. */
  away: boolean
}

interface PreviewOptions {
  inbox: string
  known: WidgetConfig
  begin: (inbox: string, known: WidgetConfig, wish: string | null, page: PageSeen) => Promise<void>
}

const day = [{ from: 540, to: 1080 }]

/** Closed today, whatever the time: the next opening can still be named. */
function awayHours(hours: WidgetConfig['hours']): NonNullable<WidgetConfig['hours']> {
  const shown = hours ?? { timeZone: 'UTC', weekly: Array.from({ length: 7 }, () => day), holidays: [] }
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: shown.timeZone }).format(new Date())
  return { ...shown, alwaysOpen: false, holidays: [{ date, name: '', intervals: [] }, ...shown.holidays] }
}

/**
 * The chat as a picture of itself: it follows what it is told and never becomes a visitor. It works under a key that no
 * inbox has, so that neither the storage nor a message of a real visitor of this browser is touched.
 */
export function startPreview({ inbox, known, begin }: PreviewOptions): void {
  const { parent } = window
  let begun: Promise<void> | null = null
  let shown = ''
  const follow = async ({ settings, name, locale, screen, away }: PreviewMessage): Promise<void> => {
    const next: WidgetConfig = {
      ...known,
      inbox: { ...known.inbox, name },
      settings: { ...known.settings, ...settings, identity: { required: false } },
      hours: away ? awayHours(known.hours) : null,
      paused: false,
    }
    // Variables that were taken out again must not stay behind.
    document.documentElement.removeAttribute('style')
    begun ??= begin(`${inbox}~preview`, next, locale, { url: location.origin + location.pathname })
    await begun
    config.value = next
    applyLook(next)
    await useLocale(locale, settings.words)
    const { enabled, fields, consent, departments } = settings.preChat
    const asks = enabled && (fields.length > 0 || consent !== null || departments.length > 0)
    const { mode, always } = settings.offline
    const wanted = `${screen} ${away} ${asks} ${mode} ${always}`
    if (wanted === shown) return
    shown = wanted
    view.value = screen === 'thread' ? { name: 'thread', id: newId() } : { name: 'home' }
    if (away && always && mode !== 'form') view.value = { name: 'leave', conversationId: null }
    else if (screen === 'start' && (away || asks)) beginChat()
  }
  addEventListener('message', (event) => {
    if (event.source !== parent || event.origin !== location.origin) return
    const data: unknown = event.data
    if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'qiao:preview') return
    void follow(trusted<PreviewMessage>(data))
  })
  parent.postMessage({ type: 'qiao:preview-ready' }, location.origin)
}
