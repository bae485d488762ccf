import type { Queue, QueueSettings, simulateQueue as endpoint } from '@qiao/protocol'
import type { Duration, Scenario, ScenarioAgent, SkillLevel, Stream } from '@qiao/routing'
import type { z } from 'zod'

export type Question = z.output<typeof endpoint.body>

/** A change of the question's `changed`, or nothing of it. */
type Setup = { staffing: readonly number[]; concurrency: number; settings: Partial<QueueSettings> }

/** What is known of the customers who come, and of who serves them. */
export interface Demand {
  from: number
  until: number
  /** Midnight before `from` in the organisation's time zone: half hours of the day count from here. */
  midnight: number
  streams: readonly Pick<Stream, 'language' | 'priority' | 'arrivals'>[]
  handling: Duration
  patience: Duration | null
}
export interface Member {
  skills: Readonly<Record<string, SkillLevel>>
  languages: readonly string[]
}

export const halfHour = 30 * 60_000
export const halfHoursOfDay = 48
const channel = 'work'
/** How much longer a conversation takes for every other one in hand (Goes, Ilk, Lin and Zhao, 2018). */
const slowdown = 0.04

export const setupsOf = ({ staffing, concurrency, changed }: Question): { now: Setup; changed: Setup } => ({
  now: { staffing, concurrency, settings: {} },
  changed: {
    staffing: changed.staffing ?? staffing,
    concurrency: changed.concurrency ?? concurrency,
    settings: changed.settings ?? {},
  },
})

/** Staffing says how many; who they are is taken in turn from those who serve the queue, with their skills. */
export function toScenario(queue: Queue, members: readonly Member[], demand: Demand, setup: Setup): Scenario {
  const settings = { ...queue.settings, ...setup.settings }
  const agents = agentsOf(members, demand, setup)
  const { from, until, handling, patience } = demand
  const steps = settings.steps.map(({ needs, ...step }) => ({
    ...step,
    needs: needs.map(({ skillId, level }) => ({ skill: skillId, level })),
  }))
  return {
    from,
    until,
    intervalMinutes: halfHour / 60_000,
    slowdown,
    queues: [
      {
        id: queue.id,
        order: settings.order,
        selection: settings.selection,
        groups: [{ agentIds: agents.map(({ id }) => id), afterSeconds: 0 }],
        withinSeconds: settings.service.withinSeconds,
      },
    ],
    agents,
    streams: demand.streams.map((stream) => ({
      ...stream,
      queueId: queue.id,
      channel,
      steps,
      handling,
      patience,
      dueSeconds: settings.service.withinSeconds,
    })),
  }
}

function agentsOf(members: readonly Member[], { from, until, midnight }: Demand, setup: Setup): ScenarioAgent[] {
  const capacity = {
    units: setup.concurrency,
    channels: { [channel]: { units: 1, most: setup.concurrency, interruptedBy: [] } },
  }
  return Array.from({ length: Math.max(...setup.staffing) }, (_, index) => ({
    id: `agent-${index}`,
    skills: {},
    languages: [],
    ...members[index % members.length],
    capacity,
    weight: 100,
    shifts: shiftsOf(setup.staffing, index, { from, until, midnight }),
  }))
}

/** The agent of this index works in all half hours for which more than so many are planned. */
function shiftsOf(
  staffing: readonly number[],
  index: number,
  { from, until, midnight }: Pick<Demand, 'from' | 'until' | 'midnight'>,
): { from: number; to: number }[] {
  const shifts: { from: number; to: number }[] = []
  for (let at = midnight; at < until; at += halfHour) {
    const planned = staffing[halfHourOf(at, midnight)] ?? 0
    if (planned <= index || at + halfHour <= from) continue
    const last = shifts.at(-1)
    if (last && last.to === at) last.to = at + halfHour
    else shifts.push({ from: at, to: at + halfHour })
  }
  return shifts
}

export const halfHourOf = (at: number, midnight: number): number =>
  Math.floor((at - midnight) / halfHour) % halfHoursOfDay
