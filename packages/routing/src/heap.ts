/** A binary heap: the least by `compare` is at hand, adding and taking cost the logarithm of its size. */
export interface Heap<Value> {
  readonly size: number
  peek: () => Value | undefined
  push: (value: Value) => void
  pop: () => Value | undefined
  /** Drops what is not wanted any more, in a time that grows with the size: for now and then. */
  keep: (wanted: (value: Value) => boolean) => void
}

export function createHeap<Value>(compare: (a: Value, b: Value) => number): Heap<Value> {
  const values: Value[] = []
  const before = (a: Value | undefined, b: Value | undefined): boolean =>
    a !== undefined && b !== undefined && compare(a, b) < 0

  function swap(a: number, b: number): void {
    const [one, other] = [values[a], values[b]]
    if (one === undefined || other === undefined) return
    values[a] = other
    values[b] = one
  }
  function rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1
      if (!before(values[at], values[parent])) return
      swap(at, parent)
      at = parent
    }
  }
  function sink(from: number): void {
    for (let at = from; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = before(values[right], values[left]) ? right : left
      if (!before(values[child], values[at])) return
      swap(at, child)
      at = child
    }
  }
  return {
    get size() {
      return values.length
    },
    peek: () => values[0],
    push(value) {
      values.push(value)
      rise(values.length - 1)
    },
    pop() {
      const first = values[0]
      const last = values.pop()
      if (last !== undefined && values.length > 0) {
        values[0] = last
        sink(0)
      }
      return first
    },
    keep(wanted) {
      let kept = 0
      for (const value of values) {
        if (!wanted(value)) continue
        values[kept] = value
        kept += 1
      }
      values.length = kept
      for (let at = kept >> 1; at >= 0; at -= 1) sink(at)
    },
  }
}
