import { batch } from '@preact/signals'
import { tellHost } from './bridge.ts'
import { emptyState } from './core/state.ts'
import { Refusal } from './net/problem.ts'
import { forgetReading } from './reading.ts'
import { services } from './services.ts'
import { drafts, notice, preChat, replyTo, state, uploads, view, visitor } from './store.ts'
import { catchUp } from './sync.ts'
import { refusalWords } from './words/refusals.ts'

/** Starts over with whatever token is kept now: after `identify`, and when another tab changed it. */
export function reconnect(): void {
  const { line, session } = services()
  line.stop()
  forgetReading()
  if (session.token() === null) return
  line.connect()
  void catchUp()
}

export function forgetVisitor(): void {
  batch(() => {
    state.value = emptyState
    visitor.value = null
    uploads.value = []
    replyTo.value = null
    drafts.value = new Map()
    preChat.value = null
    view.value = { name: 'home' }
  })
  forgetReading()
  tellHost({ type: 'visitor', known: false })
}

export async function identify(jwt: string): Promise<void> {
  const { session, outbox } = services()
  const before = session.token()
  try {
    await session.identify(jwt)
    if (session.token() !== before) reconnect()
    outbox.reload()
    await outbox.flush()
  } catch (error) {
    // Out of reach: the page will say it again on its next load. Refused: tell the visitor, who may sign in anew.
    if (!(error instanceof Refusal) || error.code !== 'offline') notice.value = refusalWords(error)
  }
}

export async function logout(): Promise<void> {
  const { session, outbox, line } = services()
  line.stop()
  outbox.clear()
  const ended = session.logout()
  forgetVisitor()
  await ended
}
