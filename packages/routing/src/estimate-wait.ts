/**
 * How long will it take? From what truly serves a queue, never from the average of the last waits, which is the worst of
 * the known ways (Ibrahim, Whitt 2009; the README shows by how much). Told as a range: the wait with n ahead is the sum
 * of n + 1 releases, so a single number would be wrong most of the time.
 */

export interface Serving {
  /** Slots that serve this queue now: of agents who work in several queues the part that falls to this one. */
  slots: number
  /** Mean time that a slot is held, at the concurrency at which it is held; null while too few have been measured. */
  holdSeconds: number | null
  /** Mean patience of those who wait; null when nobody gives up. */
  patienceSeconds: number | null
}

export interface WaitRange {
  lowSeconds: number
  highSeconds: number
  meanSeconds: number
}

/** z of the quantiles that bound the range: by the model nine of ten waits lie between them, so that in life eight do. */
const bound = 1.645

/**
 * The wait of who has `ahead` people before them that the same agents would take first. null when nothing honest can be
 * said: nobody is staffed, or too little has been measured. With abandonment those ahead leave at their own pace, so that
 * the k-th release comes after 1 / (slots/hold + k/patience) (QLm; Whitt 1999).
 */
export function estimateWait(ahead: number, serving: Serving): WaitRange | null {
  if (!(serving.slots > 0) || serving.holdSeconds === null) return null
  const { mean, variance } = createReleases(serving.slots / serving.holdSeconds, serving.patienceSeconds)(ahead)
  return rangeOf(mean, variance)
}

export interface Moments {
  mean: number
  variance: number
}

/** Time until the release that follows `ahead` others. Keeps its sums: a whole line costs no more than its last one. */
export function createReleases(perSecond: number, patienceSeconds: number | null): (ahead: number) => Moments {
  const leaving = patienceSeconds === null ? 0 : 1 / patienceSeconds
  const sums: Moments[] = []
  return (ahead) => {
    let last = sums.at(-1) ?? { mean: 0, variance: 0 }
    for (let before = sums.length; before <= ahead; before += 1) {
      const step = 1 / (perSecond + before * leaving)
      last = { mean: last.mean + step, variance: last.variance + step * step }
      sums.push(last)
    }
    return sums[ahead] ?? { mean: 0, variance: 0 }
  }
}

/** Quantiles of a gamma distribution of this mean and variance, in the cube-root approximation of Wilson and Hilferty. */
export function rangeOf(mean: number, variance: number): WaitRange {
  if (mean <= 0) return { lowSeconds: 0, highSeconds: 0, meanSeconds: 0 }
  const ninth = variance / (9 * mean * mean)
  const at = (z: number): number => mean * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3
  return { lowSeconds: at(-bound), highSeconds: at(bound), meanSeconds: mean }
}

/** What people are told, in minutes: coarser the longer it is, because more exact would be a lie. */
export function announced({ lowSeconds, highSeconds }: WaitRange): { fromMinutes: number; toMinutes: number } {
  const step = highSeconds < 10 * 60 ? 1 : highSeconds < 30 * 60 ? 5 : 15
  const fromMinutes = Math.floor(lowSeconds / 60 / step) * step
  return { fromMinutes, toMinutes: Math.max(fromMinutes + step, Math.ceil(highSeconds / 60 / step) * step) }
}
