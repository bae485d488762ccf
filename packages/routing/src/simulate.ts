import type { RoutingState } from './decide.ts'
import { createDesk, type Desk } from './desk.ts'
import { createHeap } from './heap.ts'
import { withoutWork } from './held-work.ts'
import { draw, nextArrival, type Random, seeded } from './random.ts'
import { createRouter } from './router.ts'
import type { Outcome, SimulatedAgent, Simulation, SimulationResult, Stream } from './simulation.ts'
import type { Agent, WorkItem } from './work-item.ts'

/** Told of what happens on the way, for what is to be measured or estimated as the server would. */
export interface Watcher {
  /** Came and was not offered to anybody at once. */
  waits?: (item: WorkItem, state: RoutingState, now: number) => void
  answered?: (item: WorkItem, now: number) => void
  gaveUp?: (item: WorkItem, now: number) => void
  /** The agent can be offered something in its place. */
  released?: (item: WorkItem, heldMilliseconds: number, now: number) => void
}

type Event =
  | { at: number; type: 'arrival'; stream: Stream; streamIndex: number; index: number; random: Random }
  | { at: number; type: 'patience'; visit: Visit }
  | { at: number; type: 'work'; agentId: string; version: number }
  | { at: number; type: 'shift'; agentId: string; change: 1 | -1 }
  | { at: number; type: 'accept' | 'miss'; visit: Visit }
  | { at: number; type: 'wake' }

/** One customer, from arrival to the end of the work. */
interface Visit {
  item: WorkItem
  outcome: Outcome
  seconds: number
  after: number
  ringing: readonly string[]
}

/** Plays the rules of the real router on a virtual clock. The same seed gives the same result. */
export function simulate(simulation: Simulation, watcher: Watcher = {}): SimulationResult {
  const { from, until, slowdown, seed, ring } = simulation
  const router = createRouter()
  const events = createHeap<Event>((a, b) => a.at - b.at)
  const outcomes: Outcome[] = []
  const visits = new Map<string, Visit>()
  const desks = new Map<string, Desk>()
  const lengthOf = simulation.intervalSeconds ? simulation.intervalSeconds * 1000 : until - from
  const intervals = Array.from({ length: Math.max(1, Math.ceil((until - from) / lengthOf)) }, (_, index) => ({
    at: from + index * lengthOf,
    used: 0,
    total: 0,
  }))
  const chance = seeded(seed * 1_000_003 + simulation.streams.length)

  for (const queue of simulation.queues) router.setQueue(queue)
  for (const agent of simulation.agents) employ(agent)
  for (const [streamIndex, stream] of simulation.streams.entries())
    scheduleArrival(stream, streamIndex, from, 0, seeded(seed * 1_000_003 + streamIndex))

  function employ({ shifts, ...agent }: SimulatedAgent): void {
    const idle = { held: [], idleSince: from, lastOfferAt: from, offers: 0 }
    router.setAgent({ ...agent, ...idle, present: true, available: false })
    desks.set(agent.id, createDesk(agent.capacity, { from, slowdown, use }))
    for (const { from: starts, to } of shifts) {
      if (to <= from || to <= starts) continue
      events.push({ at: Math.max(from, starts), type: 'shift', agentId: agent.id, change: 1 })
      events.push({ at: to, type: 'shift', agentId: agent.id, change: -1 })
    }
  }
  function use(start: number, end: number, units: number, total: number): void {
    const last = Math.min(end, until)
    for (let at = start; at < last;) {
      const interval = intervals[Math.floor((at - from) / lengthOf)]
      if (!interval) return
      const to = Math.min(last, interval.at + lengthOf)
      interval.used += units * (to - at)
      interval.total += total * (to - at)
      if (to <= at) return
      at = to
    }
  }

  function scheduleArrival(stream: Stream, streamIndex: number, after: number, index: number, random: Random): void {
    const at = nextArrival(stream.arrivals, after, index, random)
    if (at < until) events.push({ at, type: 'arrival', stream, streamIndex, index, random })
  }
  function setAgent(agentId: string, change: (agent: Agent) => Agent): void {
    const agent = router.agents.get(agentId)
    if (agent) router.setAgent(change(agent))
  }
  function planWork(agentId: string, desk: Desk): void {
    const at = desk.nextAt()
    if (at < Infinity) events.push({ at, type: 'work', agentId, version: desk.version() })
  }

  function arrive({ at, stream, streamIndex, index, random }: Event & { type: 'arrival' }): void {
    const { queueId, channel, language, priority, steps, dueSeconds } = stream
    const item: WorkItem = {
      id: `${streamIndex}-${index}`,
      queueId,
      channel,
      language,
      priority,
      steps,
      createdAt: at,
      enteredAt: at,
      dueAt: dueSeconds === undefined ? null : at + dueSeconds * 1000,
      preferred: null,
      declined: [],
    }
    const outcome = { queueId, arrivedAt: at, answeredAt: null, abandonedAt: null, endedAt: null, agentId: null }
    // All that chance decides about a customer is drawn now: another staffing meets the very same customers.
    const seconds = draw(stream.handling, random)
    const after = stream.afterContact ? draw(stream.afterContact, random) : 0
    const patience = stream.patience ? draw(stream.patience, random) : Infinity
    const visit: Visit = { item, outcome, seconds, after, ringing: [] }
    outcomes.push(outcome)
    visits.set(item.id, visit)
    router.setItem(item)
    if (patience < Infinity) events.push({ at: at + patience * 1000, type: 'patience', visit })
    scheduleArrival(stream, streamIndex, at, index + 1, random)
  }
  function giveUp({ at, visit }: Event & { type: 'patience' }): void {
    const { item, outcome } = visit
    if (outcome.answeredAt !== null) return
    outcome.abandonedAt = at
    stopRinging(visit, [])
    router.removeItem(item.id)
    visits.delete(item.id)
    watcher.gaveUp?.(item, at)
  }

  function offer(itemId: string, agentIds: readonly string[], now: number): void {
    const visit = visits.get(itemId)
    if (!visit) return
    visit.ringing = agentIds
    if (!ring) return accept(visit, now)
    const missed = chance() < ring.missShare
    const seconds = missed ? ring.ringSeconds : Math.min(ring.answerSeconds, ring.ringSeconds)
    events.push({ at: now + seconds * 1000, type: missed ? 'miss' : 'accept', visit })
  }
  function stopRinging(visit: Visit, keep: readonly string[]): void {
    for (const id of visit.ringing)
      if (!keep.includes(id)) setAgent(id, (agent) => withoutWork(agent, visit.item.id, null))
    visit.ringing = []
  }
  /** Of several agents whom it rang for, the one whose name is first is quickest. */
  function accept(visit: Visit, now: number): void {
    const { item, outcome, seconds, after } = visit
    const [agentId] = visit.ringing
    const desk = agentId === undefined ? undefined : desks.get(agentId)
    if (agentId === undefined || !desk || outcome.abandonedAt !== null) return
    stopRinging(visit, [agentId])
    outcome.answeredAt = now
    outcome.agentId = agentId
    desk.begin(item.id, now, { seconds, after, channel: item.channel })
    planWork(agentId, desk)
    watcher.answered?.(item, now)
  }
  function miss(visit: Visit, now: number): void {
    if (!ring || visit.outcome.abandonedAt !== null) return
    const coolUntil = now + ring.coolDownSeconds * 1000
    const declined = visit.ringing.map((agentId) => ({ agentId, until: coolUntil }))
    stopRinging(visit, [])
    visit.item = { ...visit.item, declined: [...visit.item.declined, ...declined] }
    router.setItem(visit.item)
  }

  function work({ at, agentId, version }: Event & { type: 'work' }): void {
    const desk = desks.get(agentId)
    if (!desk || desk.version() !== version) return
    const { contacts, done } = desk.finish(at)
    for (const itemId of contacts) {
      const visit = visits.get(itemId)
      if (visit) visit.outcome.endedAt = at
    }
    for (const itemId of done) {
      const visit = visits.get(itemId)
      if (visit) watcher.released?.(visit.item, at - (visit.outcome.answeredAt ?? at), at)
      visits.delete(itemId)
      setAgent(agentId, (agent) => withoutWork(agent, itemId, at))
    }
    planWork(agentId, desk)
  }
  function changeShift({ at, agentId, change }: Event & { type: 'shift' }): void {
    const desk = desks.get(agentId)
    if (!desk) return
    const available = desk.shift(at, change)
    planWork(agentId, desk)
    setAgent(agentId, (agent) => ({
      ...agent,
      available,
      idleSince: available && !agent.available && agent.held.length === 0 ? at : agent.idleSince,
    }))
  }

  function happen(event: Event): void {
    switch (event.type) {
      case 'arrival':
        return arrive(event)
      case 'patience':
        return giveUp(event)
      case 'work':
        return work(event)
      case 'shift':
        return changeShift(event)
      case 'accept':
        return accept(event.visit, event.at)
      case 'miss':
        return miss(event.visit, event.at)
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
    let decision = router.settle(event.at)
    if (event.type === 'arrival') {
      const item = router.waiting.get(`${event.streamIndex}-${event.index}`)
      if (item) watcher.waits?.(item, router, event.at)
    }
    // Where it rang for several, those who were not as quick may be free for the next.
    for (; decision.offers.length > 0; decision = router.settle(event.at))
      for (const { itemId, agentIds } of decision.offers) offer(itemId, agentIds, event.at)
    if (decision.wakeAt !== null && decision.wakeAt < wakeAt) {
      wakeAt = decision.wakeAt
      events.push({ at: wakeAt, type: 'wake' })
    }
  }
  return { outcomes, intervals, endedAt: until }
}
