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

/** How many of the queue's groups serve the item by now, and when the next one joins. */
export function groupsServing(queue: Queue, item: WorkItem, now: number): { count: number; until: number } {
  const joins = queue.groups.map((group) => item.enteredAt + group.afterSeconds * 1000)
  const later = joins.filter((at) => at > now)
  return { count: joins.length - later.length, until: Math.min(Infinity, ...later) }
}
