/**
 * How long will it take? From what truly serves a queue, never from the average of the last waits, which is the worst of
 * the known ways (Ibrahim, Whitt 2009; measured in this package's tests). Told as a range: the wait with n ahead is the sum
 * of n + 1 releases, so a single number would be wrong most of the time.
 */

export interface Serving {
  /** Slots that serve this queue now: of agents who work in several queues the part that falls to this one. */
  slots: number
  /** Mean time that a slot is held, at the concurrency at which it is held; null while too few have been measured. */
  holdSeconds: number | null
  /** Mean patience of those who wait; null when nobody gives up. */
  patienceSeconds: number | null
  /** How long the one at the head of the line has waited: what is said while holding times are not known. */
  headWaitSeconds: number | null
}

export interface WaitRange {
  lowSeconds: number
  highSeconds: number
  meanSeconds: number
}

/** z of the quantiles that bound the range: half of all waits lie between them. */
const quartile = 0.6745

/**
 * The wait of who has `ahead` people before them that the same agents would take first. null when nothing honest can be
 * said: nobody is staffed, or nothing has been measured and nobody waits. With abandonment those ahead leave at their own
 * pace, so that the k-th release comes after 1 / (slots/hold + k/patience) (QLm; Whitt 1999).
 */
export function estimateWait(ahead: number, serving: Serving): WaitRange | null {
  if (serving.slots <= 0) return null
  if (serving.holdSeconds === null) {
    if (serving.headWaitSeconds === null) return null
    return rangeOf(serving.headWaitSeconds, serving.headWaitSeconds ** 2 / 4)
  }
  const rate = serving.slots / serving.holdSeconds
  const leaving = serving.patienceSeconds === null ? 0 : 1 / serving.patienceSeconds
  let [mean, variance] = [0, 0]
  for (let before = 0; before <= ahead; before += 1) {
    const step = 1 / (rate + before * leaving)
    mean += step
    variance += step * step
  }
  return rangeOf(mean, variance)
}

/** Quartiles by a gamma distribution of this mean and variance, in the cube-root approximation of Wilson and Hilferty. */
function rangeOf(mean: number, variance: number): WaitRange {
  const ninth = variance / (9 * mean * mean)
  const at = (z: number): number => mean * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3
  return { lowSeconds: at(-quartile), highSeconds: at(quartile), meanSeconds: mean }
}

/** What people are told, in minutes: coarser the longer it is, because more exact would be a lie. */
export function announced({ lowSeconds, highSeconds }: WaitRange): { fromMinutes: number; toMinutes: number } {
  const step = highSeconds < 10 * 60 ? 1 : highSeconds < 30 * 60 ? 5 : 15
  const fromMinutes = Math.floor(lowSeconds / 60 / step) * step
  return { fromMinutes, toMinutes: Math.max(fromMinutes + step, Math.ceil(highSeconds / 60 / step) * step) }
}

/** Fewer measurements than this say nothing yet. */
export const fewestMeasured = 20

export interface MeasuredMean {
  count: number
  meanSeconds: number
}

/** A mean that follows what changes: the newest counts most, and the first ones weigh as in a plain mean. */
export function measure({ count, meanSeconds }: MeasuredMean, seconds: number, memory = 200): MeasuredMean {
  const weight = 1 / Math.min(count + 1, memory)
  return { count: count + 1, meanSeconds: meanSeconds + weight * (seconds - meanSeconds) }
}
