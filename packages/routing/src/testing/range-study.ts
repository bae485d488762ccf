import { announced } from '../estimate-wait.ts'
import { measure, measureLeaving, nothingMeasured, type QueueMeasured } from '../measured.ts'
import { simulate } from '../simulate.ts'
import type { SimulatedAgent, Simulation, Stream } from '../simulation.ts'
import { estimateFor } from '../standing.ts'
import { customers, hour, queueOf } from './queueing.ts'

/**
 * Two skill groups that share some agents, three chats at once that slow each other down, lognormal handling with
 * after-contact work, customers who give up, and rates that change over the day: what the formulas do not know.
 */
const chats = {
  units: 100,
  channels: new Map([['chat', { units: 30, most: 3, interruptedBy: new Set<string>() }]]),
}
const group = (name: string, count: number, skills: readonly string[]): SimulatedAgent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    skills: new Map(skills.map((skill) => [skill, 3] as const)),
    languages: new Set<string>(),
    capacity: chats,
    weight: 100,
    shifts: [{ from: 0, to: Infinity }],
  }))

export function twoGroups(days: number, seed: number): Simulation {
  const agents = [...group('a', 5, ['sales']), ...group('b', 5, ['service']), ...group('c', 3, ['sales', 'service'])]
  const until = days * 24 * hour
  const streamOf = (skill: string, perHour: number, patient: boolean): Stream =>
    customers(0, until, {
      queueId: skill,
      steps: [{ needs: [{ skill, level: 1 }], language: false, seconds: 0 }],
      arrivals: {
        kind: 'poisson',
        rates: Array.from({ length: days * 24 }, (_, index) => ({
          until: (index + 1) * hour,
          perSecond: (perHour / 3600) * (1 + 0.5 * Math.sin((index / 24) * 2 * Math.PI)),
        })),
      },
      handling: { kind: 'lognormal', meanSeconds: 420, variation: 0.8 },
      afterContact: { kind: 'exponential', meanSeconds: 30 },
      patience: patient ? null : { kind: 'exponential', meanSeconds: 600 },
    })
  return {
    queues: ['sales', 'service'].map((id) => queueOf(agents, { id, selection: 'most-free' })),
    agents,
    // One in twenty waits for as long as it takes: of who gives up nobody knows how long it would have been.
    streams: ['sales', 'service'].flatMap((skill) => [streamOf(skill, 120, false), streamOf(skill, 6, true)]),
    from: 0,
    until,
    seed,
    slowdown: 0.06,
  }
}

/** Of those who wait to the end: how many of the ranges held, as computed and as told in minutes. */
export function studyRanges(simulation: Simulation): { waited: number; within: number; toldWithin: number } {
  const measured = new Map<string, QueueMeasured>()
  const told = new Map<string, { low: number; high: number; from: number; to: number }>()
  const of = (queueId: string): QueueMeasured => measured.get(queueId) ?? nothingMeasured
  const found = { waited: 0, within: 0, toldWithin: 0 }
  const left = (queueId: string, seconds: number, gaveUp: boolean): void => {
    const known = of(queueId)
    measured.set(queueId, { ...known, leaving: measureLeaving(known.leaving, { seconds, gaveUp }) })
  }
  simulate(simulation, {
    waits(item, state, now) {
      const isPatient = Number(item.id.split('-')[0]) % 2 === 1
      const range = isPatient && estimateFor(state, item, measured, now)
      if (!range) return
      const { fromMinutes, toMinutes } = announced(range)
      told.set(item.id, { low: range.lowSeconds, high: range.highSeconds, from: fromMinutes, to: toMinutes })
    },
    answered(item, now) {
      const seconds = (now - item.createdAt) / 1000
      left(item.queueId, seconds, false)
      const range = told.get(item.id)
      told.delete(item.id)
      if (!range) return
      found.waited += 1
      if (range.low <= seconds && seconds <= range.high) found.within += 1
      if (range.from * 60 <= seconds && seconds <= range.to * 60) found.toldWithin += 1
    },
    gaveUp: (item, now) => left(item.queueId, (now - item.createdAt) / 1000, true),
    released(item, held) {
      const known = of(item.queueId)
      measured.set(item.queueId, { ...known, hold: measure(known.hold, held / 1000) })
    },
  })
  return found
}
