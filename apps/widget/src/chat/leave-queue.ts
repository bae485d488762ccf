import { signal } from '@preact/signals'
import { applyFrame } from './core/apply-frame.ts'
import { newId } from './core/new-id.ts'
import { withKey, withoutKey } from './core/state.ts'
import type { LeaveBody } from './net/api.ts'
import { Refusal } from './net/problem.ts'
import { services } from './services.ts'
import { announced, state, tell } from './store.ts'
import { catchUp } from './sync.ts'
import { refusalWords } from './words/refusals.ts'
import { choiceWords } from './words/choice-words.ts'
import { say } from './words/words.ts'

type Choice = Pick<LeaveBody, 'instead' | 'phone'>

/** What was chosen instead of waiting, by conversation, until the timeline says so too. */
export const leaving = signal<ReadonlyMap<string, Choice>>(new Map())

/** Of choices without an answer: the same choice again is the same request. */
const keys = new Map<string, string>()

/** Shown at once, and taken back with the reason if the server refuses. */
export async function leaveQueue(id: string, choice: Choice): Promise<void> {
  if (leaving.value.has(id)) return
  const name = JSON.stringify([id, choice])
  const clientKey = keys.get(name) ?? newId()
  keys.set(name, clientKey)
  leaving.value = withKey(leaving.value, id, choice)
  announced.value = choiceWords(choice)
  try {
    const { entries } = await services().api.leaveQueue(id, { clientKey, ...choice })
    keys.delete(name)
    state.value = applyFrame(state.value, { type: 'entries', conversationId: id, entries }, Date.now())
  } catch (error) {
    const code = error instanceof Refusal ? error.code : null
    // An agent or another tab was faster: what the server has now is what counts.
    if (code === 'not-waiting') await catchUp()
    // Unlike a message it is not kept for later: by then the person may have been served.
    else tell(code === 'offline' ? say('failure') : refusalWords(error))
  }
  leaving.value = withoutKey(leaving.value, id)
}
