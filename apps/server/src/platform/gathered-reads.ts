/**
 * Reads of many callers in one: while one is under way the next collects, and an idle system reads at once. Each is read
 * after it was asked for, never before, so whoever has just written something finds it.
 */
export function gatherReads<Key, Value>(
  read: (keys: readonly Key[]) => Promise<(key: Key) => Value>,
): (key: Key) => Promise<Value> {
  let waiting: { key: Key; resolve: (value: Value) => void; reject: (error: unknown) => void }[] = []
  let reading = false

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const find = await read([...new Set(batch.map(({ key }) => key))])
        for (const { key, resolve } of batch) resolve(find(key))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    reading = false
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (reading) return
      reading = true
      // What else comes in this turn of the event loop goes with it.
      queueMicrotask(() => void run())
    })
}
