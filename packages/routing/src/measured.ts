/** What is measured as work goes on, small enough to be stored beside a queue. */

/** Fewer measurements than this say nothing yet. */
export const fewestMeasured = 20

/** How many measurements are remembered, in effect: enough that an estimate errs by some per cent on their account. */
const remembered = 1000

export interface MeasuredMean {
  count: number
  meanSeconds: number
  /** In seconds²: the more it varies, the less is known of the next one. */
  variance: number
}

/** What varies more has to be remembered for longer, to be known as well. */
const longer = (known: MeasuredMean): number => Math.max(1, Math.min(4, variationOf(known)))

/** A mean that follows what changes: the newest counts most, and the first ones weigh as in a plain mean. */
export function measure(known: MeasuredMean, seconds: number, memory = remembered): MeasuredMean {
  const { count, meanSeconds, variance } = known
  const weight = 1 / Math.min(count + 1, memory * longer(known))
  const away = seconds - meanSeconds
  return {
    count: count + 1,
    meanSeconds: meanSeconds + weight * away,
    variance: (1 - weight) * (variance + weight * away * away),
  }
}

/** Variance over squared mean; 1 is that of an exponential distribution, which also stands for what is not known. */
export function variationOf({ meanSeconds, variance }: MeasuredMean): number {
  return meanSeconds > 0 ? variance / meanSeconds ** 2 : 1
}

/** The square of how far the mean may be off, as a share of it. */
export const doubtOf = (known: MeasuredMean): number =>
  variationOf(known) / Math.min(known.count, 2 * remembered * longer(known))

/** Seconds waited by all customers, and how many of them gave up; both fade as new ones come. */
export interface MeasuredLeaving {
  waitedSeconds: number
  left: number
}

/**
 * One more customer who waited so long and then gave up, or not. The mean of the waits that ended in giving up would be far
 * too short: the patient are served before their patience ends. Time waited per person lost counts them too.
 */
export function measureLeaving(
  { waitedSeconds, left }: MeasuredLeaving,
  waited: { seconds: number; gaveUp: boolean },
  memory = 4 * remembered,
): MeasuredLeaving {
  const kept = 1 - 1 / memory
  return { waitedSeconds: waitedSeconds * kept + waited.seconds, left: left * kept + (waited.gaveUp ? 1 : 0) }
}

/** Mean patience in seconds; null while too few have given up to tell it from endless. */
export const patienceOf = ({ waitedSeconds, left }: MeasuredLeaving): number | null =>
  left >= fewestMeasured ? waitedSeconds / left : null

/** Of one queue. A slot is held from the offer until it can be offered anew: after-contact work is part of it. */
export interface QueueMeasured {
  hold: MeasuredMean
  leaving: MeasuredLeaving
}

export const nothingMeasured: QueueMeasured = {
  hold: { count: 0, meanSeconds: 0, variance: 0 },
  leaving: { waitedSeconds: 0, left: 0 },
}
