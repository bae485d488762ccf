import { effect } from '@preact/signals'
import { emit } from './bridge.ts'
import { placeForPage } from './core/place-for-page.ts'
import { waitOf } from './core/queue.ts'
import { announced, onScreen, state, view } from './store.ts'
import { servedBy } from './view/people.ts'
import { waitWords } from './words/wait-words.ts'

/** Each change of the place, for the page's own code. */
function tellPage(): void {
  let told = 'null'
  effect(() => {
    const place = placeForPage(state.value)
    const now = JSON.stringify(place)
    if (now !== told) emit('queue', place)
    told = now
  })
}

/** What changes of a wait, as far as it matters to people, and who takes over. */
function tellScreenReaders(): void {
  let before = { id: '', waits: false, heard: '' }
  effect(() => {
    const shown = view.value
    const id = shown.name === 'thread' && onScreen.value ? shown.id : ''
    const wait = waitOf(state.value, id)
    const agent = state.value.conversations.get(id)?.assignee
    // A range that moves by a minute is read, not heard.
    const heard = wait
      ? JSON.stringify([wait.connecting, wait.place?.position, wait.place?.alternatives])
      : String(agent?.id)
    const news = before.id !== id || before.heard !== heard
    if (news && wait) announced.value = waitWords(wait)
    else if (news && agent && before.id === id && before.waits) announced.value = servedBy(agent)
    // The name of who took it may come after the entry that says so.
    before = { id, waits: wait !== null || (before.id === id && before.waits && !agent), heard }
  })
}

let begun = false

export function tellOfQueue(): void {
  if (begun) return
  begun = true
  tellPage()
  tellScreenReaders()
}
