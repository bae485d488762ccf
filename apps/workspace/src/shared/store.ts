import { useSyncExternalStore } from 'react'

/** A value outside React that screens subscribe to. */
export interface Store<Value> {
  get: () => Value
  set: (next: Value | ((before: Value) => Value)) => void
  subscribe: (listener: () => void) => () => void
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- values that are functions are not kept in stores
const apply = <Value>(next: unknown, before: Value): Value => (next as (before: Value) => Value)(before)

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      const after = typeof next === 'function' ? apply(next, value) : next
      if (Object.is(after, value)) return
      value = after
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** `pick` must give the same reference for the same state (a member, not a fresh object). */
export function useStore<Value, Picked = Value>(store: Store<Value>, pick?: (value: Value) => Picked): Picked {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without `pick`, Picked is Value by its default
  const read = () => (pick ? pick(store.get()) : (store.get() as unknown as Picked))
  return useSyncExternalStore(store.subscribe, read)
}
