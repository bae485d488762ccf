/** Who wants to hear of something that happens in this process. The types do what names of events would do elsewhere. */
export interface Listeners<Value> {
  announce: (value: Value) => void
  /** Gives the function that ends it. */
  listen: (listener: (value: Value) => void) => () => void
}

export function createListeners<Value>(): Listeners<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    announce: (value) => {
      for (const listener of listeners) listener(value)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
