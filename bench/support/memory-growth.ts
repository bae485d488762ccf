import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What a process holds after `done` pieces of its work, in megabytes. */
export interface MemorySample {
  done: number
  /** What is really held: after garbage was collected, with the bytes beside the heap. */
  live: number
  /** What the system has given, threads included. */
  resident: number
}
export interface MemoryBound {
  live: number
  resident: number
}

/**
 * What may be held more at the end than after the first tenth. Live memory is exact but for caches that fill (0.5 MB in a first
 * look at 10,000 mails). What the system gave goes up and down by what was collected last and how the heap is cut up.
 */
export const flatMemory: MemoryBound = { live: 24, resident: 160 }

const perMegabyte = 1_048_576
let collect: (() => void) | null = null
function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    const gc: unknown = runInNewContext('gc')
    if (typeof gc !== 'function') throw new Error('This Node cannot be told to collect what is not needed')
    collect = () => void Reflect.apply(gc, undefined, [])
  }
  collect()
}

export function sampleMemory(done: number): MemorySample {
  const resident = process.memoryUsage.rss() / perMegabyte
  // Bytes beside the heap are given back beside the collection: the second one waits for what the first one let go.
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return { done, live: (heapUsed + external) / perMegabyte, resident }
}

/** From the first tenth, when everything is loaded and warm, to the most of what came after it. */
export function memoryGrowth(samples: readonly MemorySample[], all: number) {
  const isEarly = ({ done }: MemorySample) => done <= all / 10
  const most = (some: readonly MemorySample[]) => ({
    live: Math.max(0, ...some.map(({ live }) => live)),
    resident: Math.max(0, ...some.map(({ resident }) => resident)),
  })
  const [early, late] = [most(samples.filter(isEarly)), most(samples.filter((sample) => !isEarly(sample)))]
  return { early, late, live: late.live - early.live, resident: late.resident - early.resident }
}

/** In words; empty when memory stayed flat. Without a sample on either side nothing is proven. */
export function memoryFaults(samples: readonly MemorySample[], all: number, bound: MemoryBound): string[] {
  const isJudged = samples.some(({ done }) => done <= all / 10) && samples.some(({ done }) => done > all / 10)
  if (!isJudged) return ['Memory was not measured in the first tenth and after it']
  const growth = memoryGrowth(samples, all)
  return (['live', 'resident'] as const)
    .filter((kind) => growth[kind] > bound[kind])
    .map(
      (kind) => `${kind} memory grew by ${growth[kind].toFixed(0)} MB after the first tenth, more than ${bound[kind]}`,
    )
}
