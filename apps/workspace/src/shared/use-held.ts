import { useState } from 'react'

/** A part of the screen that may not be there yet. */
export interface Held<Handle> {
  /** For the part's `ref`. */
  attach: (handle: Handle | null) => void
  /** Tells it at once, or as soon as it is there. */
  once: (act: (handle: Handle) => void) => void
  /** It is about this from now on: what it was not told yet was meant for something else. */
  turnTo: (subject: string) => void
  /** The part that is there now will be another one. */
  forget: () => void
}

function createHeld<Handle>(): Held<Handle> {
  let held: Handle | null = null
  let waiting: ((handle: Handle) => void)[] = []
  let about: string | null = null
  return {
    attach: (handle) => {
      held = handle
      if (!handle || waiting.length === 0) return
      // An editor within it is mounted a moment later.
      requestAnimationFrame(() => {
        if (held) for (const act of waiting.splice(0)) act(held)
      })
    },
    once: (act) => {
      if (held) act(held)
      else waiting.push(act)
    },
    turnTo: (subject) => {
      if (about !== subject) waiting = []
      about = subject
    },
    forget: () => {
      held = null
      waiting = []
    },
  }
}

export function useHeld<Handle>(): Held<Handle> {
  const [held] = useState(createHeld<Handle>)
  return held
}
