import type { Queue, Step, WorkItem } from './work-item.ts'

const anybody: Step = { needs: [], language: false, seconds: 0 }

/** What is asked for at this time, as an index into the item's steps and the step itself. */
export function currentStep(item: WorkItem, now: number): { index: number; step: Step; until: number } {
  let ends = item.enteredAt
  for (const [index, step] of item.steps.entries()) {
    ends += step.seconds * 1000
    if (index === item.steps.length - 1) return { index, step, until: Infinity }
    if (now < ends) return { index, step, until: ends }
  }
  return { index: 0, step: anybody, until: Infinity }
}

/** Groups that join after so many seconds or fewer serve the item by now; and when the next one joins. */
export function groupsServing(queue: Queue, item: WorkItem, now: number): { after: number; until: number } {
  let after = 0
  let until = Infinity
  for (const { afterSeconds } of queue.groups) {
    const joins = item.enteredAt + afterSeconds * 1000
    // The first group serves at once, also what a clock that has jumped back takes for the future.
    if (afterSeconds <= 0 || joins <= now) after = Math.max(after, afterSeconds)
    else until = Math.min(until, joins)
  }
  return { after, until }
}
