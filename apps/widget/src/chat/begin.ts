import { isOpen } from '@qiao/protocol/opening-hours'
import { listed } from './core/state.ts'
import { newId } from './core/new-id.ts'
import { services } from './services.ts'
import { config, drafts, minute, preChat, setDraft, state, view, visitor } from './store.ts'

/** What a visitor can do now: chat, leave a message, or only read when it opens. */
export type Service = 'chat' | 'form' | 'closed' | 'paused' | 'sign-in'

export function serviceNow(now = new Date()): Service {
  // Opening hours begin, and the page says who its visitor is, while somebody looks at the screen.
  void minute.value
  void visitor.value
  const known = config.value
  if (!known) return 'closed'
  const { settings } = known
  if (known.paused) return 'paused'
  if (settings.identity.required && !services().session.identified()) return 'sign-in'
  return isOpen(known.hours, now) ? 'chat' : settings.offline.mode
}

function asksFirst(): boolean {
  const form = config.value?.settings.preChat
  if (!form?.enabled || preChat.value) return false
  // Who is known by a signed token has answered most of it; consent and the department still need a person's choice.
  const known = services().session.identified()
  return form.departments.length > 0 || form.consent !== null || (form.fields.length > 0 && !known)
}

/** A new chat starts with words, not with a form or with a closed door. */
export const startsAtOnce = (): boolean => serviceNow() === 'chat' && !asksFirst()

/** Where words of the page go: into the thread on the screen, else into the newest open one. */
export function currentThread(): string | null {
  const shown = view.value
  if (shown.name === 'thread') return shown.id
  return listed(state.value).find((conversation) => conversation.state === 'open')?.id ?? null
}

/** The new chat that somebody began to write and left, else a fresh one. */
function unfinished(): string {
  const left = [...drafts.value].find(
    ([id, text]) => text !== '' && id !== 'start' && !state.value.conversations.has(id),
  )
  return left?.[0] ?? newId()
}

/** Opens an empty thread, or the form that comes before it. `text` waits in the composer. */
export function beginChat(text = '', anew = false): void {
  const current = anew ? null : currentThread()
  if (current === null && !startsAtOnce()) {
    if (text !== '') setDraft('start', text)
    view.value = { name: 'start' }
    return
  }
  const id = current ?? (text === '' ? unfinished() : newId())
  if (text !== '') setDraft(id, text)
  view.value = { name: 'thread', id }
}

/** With one open conversation there is nothing to choose: go there. */
export function showNewest(): void {
  if (view.value.name !== 'home') return
  const waiting = [...state.value.conversations.values()].filter((conversation) => conversation.state === 'open')
  if (waiting.length === 1 && waiting[0]) view.value = { name: 'thread', id: waiting[0].id }
}
