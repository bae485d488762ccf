import { type InputOf, type Queue, type QueueSettings, type SimulationReport, simulateQueue } from '@qiao/protocol'

export type Request = InputOf<typeof simulateQueue>['body']
type Changed = Pick<QueueSettings, 'order' | 'selection' | 'steps' | 'service'>

export interface Draft {
  from: 'history' | 'process'
  perHour: number[]
  handleSeconds: number
  /** Null: they wait for ever. */
  patienceSeconds: number | null
  staffing: number[]
  concurrency: number
  seeds: number
  changed: { staffing: number[]; concurrency: number; settings: Changed }
}

export const halfHours = 48

/** A working day with two peaks. */
const usualDay = [0, 0, 0, 0, 0, 0, 0, 2, 8, 18, 24, 20, 14, 16, 20, 20, 16, 12, 10, 8, 6, 3, 1, 0]

const settingsOf = ({ settings: { order, selection, steps, service } }: Queue): Changed => ({
  order,
  selection,
  steps,
  service,
})

export function startingDraft(queue: Queue, staffing: number[]): Draft {
  return {
    from: 'history',
    perHour: usualDay,
    handleSeconds: 360,
    patienceSeconds: 180,
    staffing,
    concurrency: 3,
    seeds: 8,
    changed: { staffing, concurrency: 3, settings: settingsOf(queue) },
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Only what differs is sent: the rest is as it is now. */
export function requestOf(draft: Draft, queue: Queue, week: { since: string; until: string }): Request {
  const { changed } = draft
  const differing = Object.entries(changed.settings).filter(
    ([key, value]) => !same(value, Object.entries(settingsOf(queue)).find(([name]) => name === key)?.[1]),
  )
  return {
    queueId: queue.id,
    arrivals:
      draft.from === 'history'
        ? { from: 'history', ...week }
        : {
            from: 'process',
            perHour: draft.perHour,
            handleSeconds: draft.handleSeconds,
            patienceSeconds: draft.patienceSeconds,
          },
    staffing: draft.staffing,
    concurrency: draft.concurrency,
    seeds: draft.seeds,
    changed: {
      ...(same(changed.staffing, draft.staffing) ? {} : { staffing: changed.staffing }),
      ...(changed.concurrency === draft.concurrency ? {} : { concurrency: changed.concurrency }),
      ...(differing.length > 0 ? { settings: Object.fromEntries(differing) } : {}),
    },
  }
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** The name of a half hour: 9:00–9:30. */
export function timeOf(index: number, minutes = 30): string {
  return `${clock(index * minutes)}–${clock((index + 1) * minutes)}`
}

type Figure = SimulationReport['asaSeconds']

/** Whether two figures differ by more than chance: their intervals do not meet. */
export function compared(now: Figure, changed: Figure): 'more' | 'less' | 'within_error' | 'same' {
  if (same(now, changed)) return 'same'
  if (changed.low > now.high) return 'more'
  return changed.high < now.low ? 'less' : 'within_error'
}
