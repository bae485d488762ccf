import { batch } from '@preact/signals'
import { applyEarlierPage, applyLatestPage, applyNextPage, applySnapshot } from './core/apply-entries.ts'
import { services } from './services.ts'
import { state, visitor } from './store.ts'

/** Reads over HTTP whatever the socket did not bring. Every way in ends in the same pure functions. */
const busy = new Map<string, Promise<void>>()

/** One reader per conversation: a second request while the first is under way would fetch the same pages. */
function once(key: string, work: () => Promise<void>): Promise<void> {
  const running = busy.get(key)
  if (running) return running
  const started = work()
    // Without network the gap stays noted; the next connection comes here again.
    .catch(() => undefined)
    .finally(() => busy.delete(key))
  busy.set(key, started)
  return started
}

export const loadThread = (id: string): Promise<void> =>
  once(`latest ${id}`, async () => {
    const page = await services().api.entries(id)
    state.value = applyLatestPage(state.value, page)
  })

export const loadEarlier = (id: string): Promise<void> =>
  once(`earlier ${id}`, async () => {
    const before = state.value.threads.get(id)?.entries[0]?.seq
    if (before === undefined) return
    const page = await services().api.entries(id, { before })
    state.value = applyEarlierPage(state.value, page)
  })

async function fillGap(id: string): Promise<void> {
  for (let guard = 0; state.value.gaps.has(id) && guard < 100; guard += 1) {
    const held = state.value.threads.has(id) ? state.value.conversations.get(id) : undefined
    const page = await services().api.entries(id, held ? { after: held.lastSeq } : undefined)
    state.value = held ? applyNextPage(state.value, page) : applyLatestPage(state.value, page)
  }
}

export const fillGaps = async (): Promise<void> => {
  await Promise.all([...state.value.gaps.keys()].map((id) => once(`gap ${id}`, () => fillGap(id))))
}

let wanted = 0

/** What to do after every connect and every `resync`. An answer that was asked for before that may not know of it. */
export const catchUp = (): Promise<void> => {
  wanted += 1
  return once('me', async () => {
    for (let asked = 0; asked !== wanted;) {
      asked = wanted
      await readAll()
    }
  })
}

async function readAll(): Promise<void> {
  const { api, session } = services()
  const token = session.token()
  const asked = state.value
  const answer = await api.me()
  // Meanwhile they have become somebody else, who reads for themselves.
  if (session.token() !== token) return
  batch(() => {
    visitor.value = answer.visitor
    state.value = applySnapshot(state.value, asked, answer.conversations, answer.agents, answer.places)
  })
  await fillGaps()
}
