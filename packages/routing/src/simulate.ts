import { createHeap } from './heap.ts'
import { type Arrivals, draw, type Duration, nextArrival, type Random, seeded } from './random.ts'
import { createRouter } from './router.ts'
import type { Agent, CapacityProfile, Queue, SkillLevel, WorkItem } from './work-item.ts'

/** Customers of one kind. */
export interface Stream {
  queueId: string
  channel: string
  language: string | null
  priority: number
  steps: WorkItem['steps']
  arrivals: Arrivals
  handling: Duration
  /** How long they wait before they give up; null for ever. */
  patience: Duration | null
}

export interface SimulatedAgent {
  id: string
  skills: ReadonlyMap<string, SkillLevel>
  languages: ReadonlySet<string>
  capacity: CapacityProfile
  weight: number
  /** When they take work. What is in hand at the end is finished. */
  shifts: readonly { from: number; to: number }[]
}

export interface Simulation {
  queues: readonly Queue[]
  agents: readonly SimulatedAgent[]
  streams: readonly Stream[]
  from: number
  until: number
  seed: number
  /** How much longer each conversation takes for every other one in hand: 0.04 is 4 % (Goes, Ilk, Lin, Zhao 2018). */
  slowdown: number
}

/** What became of one customer; times in milliseconds, null for what did not happen before the end. */
export interface Outcome {
  queueId: string
  arrivedAt: number
  answeredAt: number | null
  abandonedAt: number | null
  endedAt: number | null
  agentId: string | null
}

export interface SimulationResult {
  outcomes: readonly Outcome[]
  /** Milliseconds per agent: with work in hand, and ready for it. */
  agents: ReadonlyMap<string, { busy: number; staffed: number }>
}

type Event =
  | { at: number; type: 'arrival'; stream: Stream; index: number }
  | { at: number; type: 'patience'; itemId: string }
  | { at: number; type: 'completion'; agentId: string; version: number }
  | { at: number; type: 'shift'; agentId: string; starts: boolean }
  | { at: number; type: 'wake' }

/** What an agent works on: seconds of work left of each, as if it were the only one. */
interface Desk {
  remaining: Map<string, number>
  since: number
  version: number
  busy: number
  staffed: number
  staffedSince: number | null
}

/** Plays the rules of the real router on a virtual clock. The same seed gives the same result. */
export function simulate(simulation: Simulation): SimulationResult {
  const { from, until, slowdown } = simulation
  const router = createRouter()
  const events = createHeap<Event>((a, b) => a.at - b.at)
  const outcomes = new Map<string, Outcome>()
  const handling = new Map<string, number>()
  const desks = new Map<string, Desk>()
  const chances = new Map<Stream, Random>()

  for (const queue of simulation.queues) router.setQueue(queue)
  for (const { shifts, ...agent } of simulation.agents) {
    router.setAgent({
      ...agent,
      present: true,
      available: false,
      held: [],
      idleSince: from,
      lastOfferAt: from,
      offers: 0,
    })
    desks.set(agent.id, { remaining: new Map(), since: from, version: 0, busy: 0, staffed: 0, staffedSince: null })
    for (const shift of shifts) {
      events.push({ at: Math.max(from, shift.from), type: 'shift', agentId: agent.id, starts: true })
      events.push({ at: shift.to, type: 'shift', agentId: agent.id, starts: false })
    }
  }
  simulation.streams.forEach((stream, index) => {
    const random = seeded(simulation.seed * 1_000_003 + index)
    chances.set(stream, random)
    scheduleArrival(stream, from, 0, random)
  })

  function scheduleArrival(stream: Stream, after: number, index: number, random: Random): void {
    const at = nextArrival(stream.arrivals, after, index, random)
    if (at < until) events.push({ at, type: 'arrival', stream, index })
  }

  /** Brings an agent's work up to date; then the next end of work is known anew. */
  function work(agentId: string, now: number, change: (desk: Desk) => void): void {
    const desk = desks.get(agentId)
    if (!desk) return
    const speed = 1 / (1 + slowdown * (desk.remaining.size - 1))
    const done = ((now - desk.since) / 1000) * speed
    if (desk.remaining.size > 0) desk.busy += now - desk.since
    for (const [itemId, seconds] of desk.remaining) desk.remaining.set(itemId, seconds - done)
    desk.since = now
    change(desk)
    desk.version += 1
    if (desk.remaining.size === 0) return
    const least = Math.min(...desk.remaining.values())
    const at = now + Math.max(0, least) * 1000 * (1 + slowdown * (desk.remaining.size - 1))
    events.push({ at, type: 'completion', agentId, version: desk.version })
  }

  function setAgent(agentId: string, change: (agent: Agent) => Partial<Agent>): void {
    const agent = router.agents.get(agentId)
    if (agent) router.setAgent({ ...agent, ...change(agent) })
  }

  function arrive({ at, stream, index }: Event & { type: 'arrival' }): void {
    const random = chances.get(stream) ?? Math.random
    const id = `${simulation.streams.indexOf(stream)}-${index}`
    const { queueId, channel, language, priority, steps } = stream
    outcomes.set(id, {
      queueId,
      arrivedAt: at,
      answeredAt: null,
      abandonedAt: null,
      endedAt: null,
      agentId: null,
    })
    handling.set(id, draw(stream.handling, random))
    const item = { id, queueId, channel, language, priority, steps, createdAt: at, enteredAt: at, dueAt: null }
    router.setItem({ ...item, preferred: null, declined: [] })
    if (stream.patience) events.push({ at: at + draw(stream.patience, random) * 1000, type: 'patience', itemId: id })
    scheduleArrival(stream, at, index + 1, random)
  }

  function abandon(itemId: string, now: number): void {
    const outcome = outcomes.get(itemId)
    if (!outcome || !router.waiting.has(itemId)) return
    outcome.abandonedAt = now
    router.removeItem(itemId)
  }

  function complete({ at, agentId, version }: Event & { type: 'completion' }): void {
    if (desks.get(agentId)?.version !== version) return
    const done = new Set<string>()
    work(agentId, at, (desk) => {
      const least = Math.min(...desk.remaining.values())
      for (const [itemId, seconds] of desk.remaining) if (seconds <= least + 1e-9) done.add(itemId)
      for (const itemId of done) desk.remaining.delete(itemId)
    })
    for (const itemId of done) {
      const outcome = outcomes.get(itemId)
      if (outcome) outcome.endedAt = at
    }
    setAgent(agentId, (agent) => {
      const held = agent.held.filter(({ itemId }) => !done.has(itemId))
      return { held, idleSince: held.length === 0 ? at : agent.idleSince }
    })
  }

  function changeShift({ at, agentId, starts }: Event & { type: 'shift' }): void {
    const desk = desks.get(agentId)
    if (!desk) return
    if (desk.staffedSince !== null) desk.staffed += at - desk.staffedSince
    desk.staffedSince = starts ? at : null
    setAgent(agentId, (agent) => ({ available: starts, ...(agent.held.length === 0 ? { idleSince: at } : {}) }))
  }

  function happen(event: Event): void {
    switch (event.type) {
      case 'arrival':
        return arrive(event)
      case 'patience':
        return abandon(event.itemId, event.at)
      case 'completion':
        return complete(event)
      case 'shift':
        return changeShift(event)
      case 'wake':
        return undefined
      default:
        return event satisfies never
    }
  }

  let wakeAt = Infinity
  for (let event = events.pop(); event; event = events.pop()) {
    happen(event)
    if (event.at >= wakeAt) wakeAt = Infinity
    const decision = router.settle(event.at)
    for (const { itemId, agentIds } of decision.offers) answer(itemId, agentIds, event.at)
    if (decision.wakeAt !== null && decision.wakeAt < wakeAt) {
      wakeAt = decision.wakeAt
      events.push({ at: wakeAt, type: 'wake' })
    }
  }
  return {
    outcomes: [...outcomes.values()],
    agents: new Map([...desks].map(([id, { busy, staffed }]) => [id, { busy, staffed }])),
  }

  /** The first agent answers at once; the others whom it rang for are free again. */
  function answer(itemId: string, [first, ...others]: readonly string[], now: number): void {
    const outcome = outcomes.get(itemId)
    if (!outcome || first === undefined) return
    outcome.answeredAt = now
    outcome.agentId = first
    work(first, now, (desk) => desk.remaining.set(itemId, handling.get(itemId) ?? 0))
    for (const other of others)
      setAgent(other, (agent) => ({ held: agent.held.filter((held) => held.itemId !== itemId) }))
  }
}
