import type { VisitorServerFrame } from '@qiao/protocol/frames'
import { batch, effect } from '@preact/signals'
import type { PageSeen } from '../shared/bridge.ts'
import { emit, tellHost } from './bridge.ts'
import { showNewest } from './begin.ts'
import { pendingAttributes, report } from './commands.ts'
import { noteServerTime } from './core/server-time.ts'
import { applyFrame } from './core/apply-frame.ts'
import { deliver, settle } from './deliver.ts'
import { forgetVisitor, reconnect } from './identity.ts'
import { keepDrafts } from './keep-drafts.ts'
import { createApi } from './net/api.ts'
import { createLine } from './net/socket.ts'
import { createOutbox } from './outbox.ts'
import { device, setPage } from './page.ts'
import { watchArrivals } from './watch-arrivals.ts'
import { watchQueue } from './watch-queue.ts'
import { watchReading } from './reading.ts'
import { provide, services } from './services.ts'
import { createSession } from './session.ts'
import { createKeep } from './storage.ts'
import { connection, minute, moveThread, muted, networkUp, open, state, visible, visitor, waiting } from './store.ts'
import { catchUp, fillGaps } from './sync.ts'
import { locale } from './words/words.ts'

interface StartOptions {
  inbox: string
  base: string
  page: PageSeen
  presets: { name?: string; email?: string; phone?: string }
}

function onFrame(frame: VisitorServerFrame): void {
  // The timeline first: when the outbox lets go of a message, its entry is already on the screen.
  batch(() => {
    state.value = applyFrame(state.value, frame, Date.now())
    settle(frame)
  })
  if (frame.type === 'ready') noteServerTime(frame.serverTime)
  if (frame.type === 'ready' || frame.type === 'resync') {
    void catchUp()
    void services().outbox.flush()
  } else if (frame.type === 'ended') onEnded()
  else if (state.value.gaps.size > 0) void fillGaps()
}

let usedToken: string | null = null

function onEnded(): void {
  const { session, line } = services()
  line.stop()
  // Another tab may have identified the visitor: its newer token is in the store already.
  if (session.token() !== null && session.token() !== usedToken) reconnect()
  else {
    session.drop()
    forgetVisitor()
  }
}

/** Other tabs of this visitor share the token and the outbox through the browser's store. */
function watchOtherTabs(): void {
  const { keep, outbox } = services()
  addEventListener('storage', (event) => {
    if (event.key === null || event.key === keep.keyOf('token')) {
      if (keep.get('token') === null) {
        services().line.stop()
        forgetVisitor()
      } else reconnect()
    }
    if (event.key === null || event.key.startsWith(keep.keyOf('out:'))) outbox.reload()
  })
}

function watchNetwork(): void {
  const { line, outbox } = services()
  networkUp.value = navigator.onLine
  addEventListener('online', () => {
    networkUp.value = true
    line.check()
    void outbox.flush()
  })
  addEventListener('offline', () => {
    networkUp.value = false
  })
  const look = (): void => {
    visible.value = document.visibilityState === 'visible'
    if (visible.value && services().session.token() !== null) line.check()
  }
  document.addEventListener('visibilitychange', look)
  visible.value = document.visibilityState === 'visible'
}

export function start({ inbox, base, page, presets }: StartOptions): void {
  setPage(page)
  const keep = createKeep(inbox)
  const api = createApi({ base, inbox, token: () => keep.get('token') })
  const session = createSession({
    keep,
    api,
    about: () => ({
      presets: { ...presets, attributes: pendingAttributes() },
      language: locale.value,
      device: device(),
    }),
    onChange: (known) => {
      visitor.value = known
      tellHost({ type: 'visitor', known: known !== null })
    },
  })
  const line = createLine({
    url: `${base.replace(/^http/, 'ws')}/ws/visitor`,
    token: () => (usedToken = session.token()),
    onFrame,
    onState: (next) => {
      connection.value = next
    },
  })
  const outbox = createOutbox({
    keep,
    deliver,
    onChange: (items) => {
      waiting.value = items
    },
    onMoved: moveThread,
  })
  provide({ api, keep, session, line, outbox, base })
  muted.value = keep.get('muted') === '1'
  keepDrafts(keep)
  watchOtherTabs()
  watchNetwork()
  setInterval(() => {
    minute.value += 1
  }, 60_000)
  watchReading()
  watchArrivals()
  watchQueue()
  effect(() => {
    // Who has just become a visitor, by whatever way, gets the live connection and may be told of pages.
    if (visitor.value) {
      line.connect()
      void report()
    }
  })
  if (session.token() !== null) {
    tellHost({ type: 'visitor', known: true })
    line.connect()
    void catchUp().then(() => open.value && showNewest())
    if (Object.keys(presets).length > 0) api.update(presets).catch(() => undefined)
  }
  void outbox.flush()
  emit('ready', { inbox })
}
