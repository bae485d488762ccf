import type { WidgetConfig } from '@qiao/protocol/inbox'
import { render } from 'preact'
import type { PageSeen, ToFrame } from '../shared/bridge.ts'
import { listenToHost, tellHost } from './bridge.ts'
import { showNewest } from './begin.ts'
import { report, run } from './commands.ts'
import { identify } from './identity.ts'
import { applyLook, fitKeyboard } from './look.ts'
import { createApi } from './net/api.ts'
import { loaded } from './net/part.ts'
import { setPage, setWantedAgent } from './page.ts'
import { start } from './start.ts'
import { config, embedded, open } from './store.ts'
import { App } from './view/app.tsx'
import { chooseLocale } from './words/locale.ts'
import { locale, useLocale } from './words/words.ts'
import './styles/chat.css'

const query = new URLSearchParams(location.search)
const inbox = decodeURIComponent(/\/chat\/([^/?#]+)/.exec(location.pathname)?.[1] ?? '')
const base = location.origin
embedded.value = query.get('embed') === '1' && window.parent !== window

async function begin(key: string, known: WidgetConfig, wish: string | null, page: PageSeen): Promise<void> {
  config.value = known
  applyLook(known)
  const { defaultLocale, words } = known.settings
  await useLocale(chooseLocale([wish, query.get('lang'), ...navigator.languages], defaultLocale), words)
  document.title = words[locale.value]?.title ?? known.inbox.name
  const preset = (name: string) => (query.get(name) ? { [name]: query.get(name) ?? '' } : {})
  start({ inbox: key, base, page, presets: { ...preset('name'), ...preset('email'), ...preset('phone') } })
  const root = document.getElementById('chat')
  if (root) render(<App />, root)
}

/** The signed token comes in the fragment, which never reaches a server's log, and leaves the address at once. */
function takeIdentity(): string | null {
  const identity = new URLSearchParams(location.hash.slice(1)).get('identity')
  if (identity !== null) history.replaceState(null, '', location.pathname + location.search)
  return identity
}

async function standAlone(): Promise<void> {
  const identity = takeIdentity()
  const known = await createApi({ base, inbox, token: () => null }).config()
  fitKeyboard()
  setWantedAgent(query.get('agent'))
  await begin(inbox, known, null, {
    url: location.origin + location.pathname,
    title: known.inbox.name,
    referrer: document.referrer,
  })
  if (identity) await identify(identity)
  if (query.has('bind') || query.has('signed-in')) await (await loaded(import('./arrive.ts'))).arrive(query)
}

/** Beside the settings of an inbox, on our own origin: its code is loaded there and nowhere else. */
async function preview(): Promise<void> {
  const [known, { startPreview }] = await Promise.all([
    createApi({ base, inbox, token: () => null }).config(),
    import('./preview.ts'),
  ])
  startPreview({ inbox, known, begin })
}

/** Where typing goes on a computer; on a phone the keyboard would cover what the visitor came to read. */
function focusInside(): void {
  if (!matchMedia('(pointer: coarse)').matches) document.querySelector<HTMLElement>('.composer textarea')?.focus()
}

/** Without its configuration or language the chat has nothing to say: it starts anew when the network is back. */
function startAnew(): void {
  addEventListener('online', () => location.reload(), { once: true })
  setTimeout(() => location.reload(), 10_000)
}

let begun: Promise<void> | null = null

function heard(message: ToFrame): void {
  switch (message.type) {
    case 'init':
      open.value = message.open
      setWantedAgent(message.agent)
      begun ??= begin(inbox, message.config, message.locale, message.page).then(report).catch(startAnew)
      return
    case 'open':
      open.value = message.open
      if (message.open) {
        showNewest()
        focusInside()
      }
      return
    case 'page':
      setPage(message.page)
      void begun?.then(report)
      return
    case 'command':
      void begun?.then(() => run(message))
      return
    default:
      message satisfies never
  }
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog'))
    tellHost({ type: 'close' })
})

if (embedded.value) listenToHost(heard)
else if (query.get('preview') === '1' && window.parent !== window) preview().catch(startAnew)
else standAlone().catch(startAnew)
