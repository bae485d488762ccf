import { Refusal } from './problem.ts'

/** While servers of two versions answer in turn, the page must not reload again and again. */
const settledAfterMs = 10_000

/** After a deployment the parts of the older version are gone, and so is its beginning: the new one goes on from there. */
async function reloadIfGone(): Promise<void> {
  if (performance.now() < settledAfterMs) return
  const beginning = await fetch(import.meta.url, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  // What was typed, and what waits to be sent, is kept.
  if (beginning?.status === 404) location.reload()
}

/** A part of the chat that is loaded when it is needed, for what needs the network anyway. */
export const loaded = <Part>(part: Promise<Part>): Promise<Part> =>
  part.catch(() => {
    void reloadIfGone()
    throw new Refusal('offline')
  })
