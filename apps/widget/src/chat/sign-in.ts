import type { takeSignIn } from '@qiao/protocol/api/sign-in'
import type { InputOf, OutputOf } from '@qiao/protocol/endpoint'
import type { SignInProblem } from '@qiao/protocol/sign-in'
import { signal } from '@preact/signals'
import { trusted } from '../shared/trusted.ts'
import { emptyState } from './core/state.ts'
import { logout, reconnect } from './identity.ts'
import { toRefusal } from './net/problem.ts'
import { device } from './page.ts'
import { services } from './services.ts'
import { config, drafts, embedded, state, tell, view, visitor } from './store.ts'
import { deskWords, type DeskWords } from './words/desk-words.ts'
import { refusalWords } from './words/refusals.ts'
import { locale } from './words/words.ts'

/**
 * Staff sign in at their company's provider, in this page or, where the chat is framed, in a window of its own. A frame is
 * another world of cookies and stores in most browsers, so the window hands the session over by a message, which both
 * sides take only from our own origin and from each other.
 */
type Taken = OutputOf<typeof takeSignIn>

export const problem = signal<SignInProblem | null>(null)
/** This window was opened by a frame and has done its work. */
export const handedOver = signal(false)

const inWindow = (): boolean => new URLSearchParams(location.search).get('window') === '1'
const handWithinMs = 5_000
const mark = 'qiaoSignIn'

const wordOf: Record<SignInProblem, keyof DeskWords> = {
  cancelled: 'cancelled',
  over: 'over',
  'not-admitted': 'notAdmitted',
  unavailable: 'unavailable',
  failed: 'failed',
}
export const problemWords = (): string | null => (problem.value ? deskWords()[wordOf[problem.value]] : null)

const isProblem = (said: string): said is SignInProblem => Object.hasOwn(wordOf, said)

/** Back from the provider: `yes`, or why not. An address may say anything; that somebody signed in is told by the server. */
export async function comeBack(said: string): Promise<void> {
  if (said !== 'yes') {
    problem.value = isProblem(said) ? said : 'failed'
    if (said === 'not-admitted') chooseNext()
    return
  }
  try {
    const taken = await take()
    if (inWindow() && (await handOver(taken))) {
      handedOver.value = true
      window.close()
    } else become(taken)
  } catch (error) {
    // Told before already, and this is a page that somebody went back to.
    if (services().session.token() === null) tell(refusalWords(error))
  }
}

/** The one call of the chat that carries a cookie: by it the server knows the browser that came back. */
async function take(): Promise<Taken> {
  const { base } = services()
  const body: InputOf<typeof takeSignIn>['body'] = { language: locale.value, device: device() }
  const answer = await fetch(`${base}/api/client/v1/inboxes/${encodeURIComponent(inboxKey())}/sign-in`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw toRefusal(answer.status, text)
  return trusted<Taken>(JSON.parse(text))
}

const inboxKey = (): string => config.value?.inbox.key ?? ''

/** True when the frame that opened this window has it. Without an opener, or of another origin, nobody answers. */
function handOver(taken: Taken): Promise<boolean> {
  const opener = trusted<Window | null>(window.opener)
  if (!opener) return Promise.resolve(false)
  return new Promise((resolve) => {
    addEventListener('message', (event) => {
      if (isFrom(event, opener) && event.data[mark] === 'taken') resolve(true)
    })
    opener.postMessage({ [mark]: taken }, location.origin)
    setTimeout(() => resolve(false), handWithinMs)
  })
}

const isFrom = (event: MessageEvent<unknown>, source: Window): event is MessageEvent<Record<string, unknown>> =>
  event.origin === location.origin &&
  event.source === source &&
  typeof event.data === 'object' &&
  event.data !== null &&
  mark in event.data

function become({ token, visitor: known }: Taken): void {
  const { keep, outbox } = services()
  const before = keep.get('staff')
  // A desk's computer has many users: what the last one began is nothing for the next.
  if (before !== null && before !== known.contactId) {
    keep.wipe()
    drafts.value = new Map()
    state.value = emptyState
  }
  keep.remove('choose')
  keep.set('token', token)
  keep.set('staff', known.contactId)
  keep.set('person', JSON.stringify({ sub: known.contactId }))
  problem.value = null
  visitor.value = known
  if (view.value.name === 'start') view.value = { name: 'home' }
  reconnect()
  outbox.reload()
  void outbox.flush()
}

/** The provider may still know who was here: whoever comes next is asked which account it shall be. */
const chooseNext = (): void => services().keep.set('choose', '1')

export function logOut(): void {
  void logout()
  chooseNext()
}

export function signIn(): void {
  const choose = services().keep.get('choose') === null ? '' : '&choose=1'
  const address = `/chat/${encodeURIComponent(inboxKey())}/sign-in?lang=${locale.value}${choose}`
  if (!embedded.value) {
    location.assign(address + (inWindow() ? '&window=1' : ''))
    return
  }
  const opened = window.open(`${address}&window=1`, 'qiao-sign-in', 'popup,width=520,height=680')
  if (!opened) {
    tell(deskWords().blocked)
    return
  }
  const heard = (event: MessageEvent<unknown>): void => {
    if (!isFrom(event, opened)) return
    removeEventListener('message', heard)
    opened.postMessage({ [mark]: 'taken' }, location.origin)
    become(trusted<Taken>(event.data[mark]))
  }
  addEventListener('message', heard)
}
