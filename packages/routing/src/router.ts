import { hasRoom } from './capacity.ts'
import { changesAt, type Decision, makeOffer, type Offer, type RoutingState } from './decide.ts'
import { exclusionOf, staticExclusion, waitsFor } from './eligible.ts'
import { createHeap } from './heap.ts'
import { withOffer } from './held-work.ts'
import { createLine, type Line, type Place } from './line.ts'
import { compareRanked, type Ranked, scoreOf } from './order.ts'
import { currentStep, groupsServing } from './steps.ts'
import type { Agent, Queue, Step, WorkItem } from './work-item.ts'

/** Items that ask the same of an agent stand in one line: an agent who is free looks at the lines, not at the items. */
interface Kind {
  queueId: string
  channel: string
  /** Groups that join after so many seconds or fewer. */
  groupsAfter: number
  step: Step
  language: string | null
  line: Line
  /** Agents with the skills, language and group. */
  agentIds: Set<string>
}

const second = 1000

interface Timer {
  at: number
  itemId: string
}

/**
 * The same answers as `decide`, in a time that hardly depends on how much waits. It remembers what could not be given to
 * anybody, and looks only at what has changed since: nothing else can be offered now that could not before.
 *
 * It keeps what it is given: change nothing in it afterwards, give it anew. A clock that goes back by less than a second
 * is waited for; one that goes back further is followed, at the price of looking at everything once.
 */
export interface Router extends RoutingState {
  setQueue: (queue: Queue) => void
  removeQueue: (id: string) => void
  setAgent: (agent: Agent) => void
  removeAgent: (id: string) => void
  setItem: (item: WorkItem) => void
  removeItem: (id: string) => void
  /** Offers what can be offered. Offered items no longer wait; their agents hold them. */
  settle: (now: number) => Decision
}

/** By content: a caller who reads agents from a database has new maps each time. */
const sameAbilities = (a: Agent, b: Agent): boolean =>
  (a.skills === b.skills ||
    (a.skills.size === b.skills.size && [...a.skills].every(([skill, level]) => b.skills.get(skill) === level))) &&
  (a.languages === b.languages ||
    (a.languages.size === b.languages.size && [...a.languages].every((language) => b.languages.has(language))))

export function createRouter(): Router {
  const queues = new Map<string, Queue>()
  const agents = new Map<string, Agent>()
  const waiting = new Map<string, WorkItem>()
  const kinds = new Map<string, Kind>()
  const kindsOf = new Map<string, Kind[]>()
  const places = new Map<string, Place>()
  const preferring = new Map<string, Set<string>>()
  const timers = createHeap<Timer>((a, b) => a.at - b.at)
  const timerOf = new Map<string, Timer>()
  const changedItems = new Set<string>()
  const changedAgents = new Set<string>()
  let clock = -Infinity

  function forgetKindsOf(queueId: string): void {
    for (const [key, kind] of kinds) if (kind.queueId === queueId) kinds.delete(key)
    for (const [agentId, served] of kindsOf)
      kindsOf.set(
        agentId,
        served.filter((kind) => kind.queueId !== queueId),
      )
    for (const item of waiting.values()) if (item.queueId === queueId) changedItems.add(item.id)
  }
  /** What an agent can do has changed, or is gone. */
  function forgetKindsServedBy(agentId: string): void {
    kindsOf.delete(agentId)
    const agent = agents.get(agentId)
    for (const kind of kinds.values())
      if (agent && serves(agent, kind)) kind.agentIds.add(agentId)
      else kind.agentIds.delete(agentId)
  }
  function wakeThoseWhoPrefer(agentId: string): void {
    for (const itemId of preferring.get(agentId) ?? []) changedItems.add(itemId)
  }
  function leave(itemId: string): void {
    const item = waiting.get(itemId)
    if (item?.preferred) preferring.get(item.preferred.agentId)?.delete(itemId)
    const place = places.get(itemId)
    if (place) place.gone = true
    places.delete(itemId)
    timerOf.delete(itemId)
    waiting.delete(itemId)
  }

  function nextTimer(): Timer | undefined {
    let next = timers.peek()
    // An item that was looked at for another reason has a timer that is newer.
    for (; next && timerOf.get(next.itemId) !== next; next = timers.peek()) timers.pop()
    return next
  }

  function kindOf(item: WorkItem, queue: Queue, now: number): Kind {
    const { step } = currentStep(item, now)
    const groupsAfter = groupsServing(queue, item, now).after
    const language = step.language ? item.language : null
    const needs = step.needs.map(({ skill, level }) => `${skill}:${level}`).toSorted()
    const key = JSON.stringify([queue.id, item.channel, groupsAfter, language, needs])
    const known = kinds.get(key)
    if (known) return known
    const line = createLine(queue.order)
    const kind = {
      queueId: queue.id,
      channel: item.channel,
      groupsAfter,
      step,
      language,
      line,
      agentIds: new Set<string>(),
    }
    kinds.set(key, kind)
    for (const group of queue.groups)
      for (const agentId of group.agentIds) {
        const agent = agents.get(agentId)
        if (!agent || kind.agentIds.has(agentId) || !serves(agent, kind)) continue
        kind.agentIds.add(agentId)
        kindsOf.get(agentId)?.push(kind)
      }
    return kind
  }
  function serves(agent: Agent, { queueId, groupsAfter, step, language }: Kind): boolean {
    const queue = queues.get(queueId)
    return queue !== undefined && staticExclusion(agent, queue, groupsAfter, step, language) === null
  }
  function kindsServedBy(agent: Agent): readonly Kind[] {
    const known = kindsOf.get(agent.id)
    if (known) return known
    const served = [...kinds.values()].filter((kind) => serves(agent, kind))
    kindsOf.set(agent.id, served)
    return served
  }
  /** Stands in line with its like, or apart while it waits for one agent. */
  function stand(item: WorkItem, queue: Queue, now: number): void {
    const old = places.get(item.id)
    if (old) old.gone = true
    places.delete(item.id)
    timerOf.delete(item.id)
    const at = changesAt(item, queue, now)
    if (at < Infinity) {
      const timer = { at, itemId: item.id }
      timerOf.set(item.id, timer)
      timers.push(timer)
      if (timers.size > 64 + 2 * timerOf.size) timers.keep((one) => timerOf.get(one.itemId) === one)
    }
    if (waitsFor(item, agents, now)) return
    const place: Place = { item, gone: false }
    places.set(item.id, place)
    kindOf(item, queue, now).line.add(place)
  }

  /** The best that this agent could be given now, without regard to others. */
  function bestFor(agent: Agent, now: number): Ranked | null {
    if (!agent.present || !agent.available) return null
    let best: Ranked | null = null
    const consider = (item: WorkItem | null | undefined): void => {
      const queue = item && queues.get(item.queueId)
      if (!queue) return
      const ranked = { item, score: scoreOf(queue.order, item, now) }
      if (!best || compareRanked(ranked, best) < 0) best = ranked
    }
    const rooms = new Map<string, boolean>()
    const roomFor = (channel: string): boolean => {
      const known = rooms.get(channel) ?? hasRoom(agent, channel)
      rooms.set(channel, known)
      return known
    }
    for (const kind of kindsServedBy(agent)) {
      if (!roomFor(kind.channel)) continue
      const queue = queues.get(kind.queueId)
      if (!queue) continue
      consider(kind.line.first(now, (item) => exclusionOf(item, queue, agent, null, now) === null))
    }
    for (const itemId of preferring.get(agent.id) ?? []) {
      const item = waiting.get(itemId)
      const queue = item && queues.get(item.queueId)
      if (queue && waitsFor(item, agents, now) && exclusionOf(item, queue, agent, agent, now) === null) consider(item)
    }
    return best
  }

  function offerTo(item: WorkItem, candidateIds: Iterable<string> | null, now: number): Offer | null {
    const queue = queues.get(item.queueId)
    if (!queue) return null
    const preferred = waitsFor(item, agents, now)
    const ids = preferred ? [preferred.id] : (candidateIds ?? kindOf(item, queue, now).agentIds)
    const able: Agent[] = []
    for (const id of ids) {
      const agent = agents.get(id)
      if (agent && exclusionOf(item, queue, agent, preferred, now) === null) able.push(agent)
    }
    return makeOffer(item, queue, scoreOf(queue.order, item, now), able, currentStep(item, now), preferred !== null)
  }

  function rankChanged(now: number): Ranked[] {
    const ranked: Ranked[] = []
    for (const id of changedItems) {
      const item = waiting.get(id)
      const queue = item && queues.get(item.queueId)
      if (!queue) continue
      stand(item, queue, now)
      ranked.push({ item, score: scoreOf(queue.order, item, now) })
    }
    changedItems.clear()
    return ranked.toSorted(compareRanked)
  }

  /** Lines and timers only know a time that goes on: for an earlier one they are set up anew. */
  function follow(time: number): number {
    if (time < clock - second) {
      kinds.clear()
      kindsOf.clear()
      for (const id of waiting.keys()) changedItems.add(id)
      clock = time
    }
    clock = Math.max(clock, time)
    return clock
  }

  function settle(time: number): Decision {
    const now = follow(time)
    for (let next = nextTimer(); next && next.at <= now; next = nextTimer()) {
      timers.pop()
      changedItems.add(next.itemId)
    }
    const items = rankChanged(now)
    const free = new Map<string, Ranked | null>()
    for (const id of changedAgents) free.set(id, null)
    changedAgents.clear()
    const refresh = (ids: Iterable<string>): void => {
      for (const id of ids) {
        const agent = agents.get(id)
        const best = agent ? bestFor(agent, now) : null
        if (best) free.set(id, best)
        else free.delete(id)
      }
    }
    refresh([...free.keys()])
    const offers: Offer[] = []
    for (let next = 0; ;) {
      let best: Ranked | null = items[next] ?? null
      const fromItems = best
      for (const candidate of free.values())
        if (candidate && (!best || compareRanked(candidate, best) < 0)) best = candidate
      if (!best) break
      const changed = best === fromItems
      if (changed) next += 1
      const { item } = best
      const offer = waiting.has(item.id) ? offerTo(item, changed ? null : free.keys(), now) : null
      if (offer) {
        offers.push(offer)
        leave(item.id)
        for (const id of offer.agentIds) {
          const agent = agents.get(id)
          if (agent) agents.set(id, withOffer(agent, item, now))
        }
      }
      // Whoever had this in view looks for the next best.
      refresh([...free].flatMap(([id, view]) => (view?.item === item || offer?.agentIds.includes(id) ? [id] : [])))
    }
    return { offers, wakeAt: nextTimer()?.at ?? null }
  }

  return {
    queues,
    agents,
    waiting,
    setQueue(queue) {
      queues.set(queue.id, queue)
      forgetKindsOf(queue.id)
    },
    removeQueue(id) {
      queues.delete(id)
      forgetKindsOf(id)
    },
    setAgent(agent) {
      const before = agents.get(agent.id)
      agents.set(agent.id, agent)
      if (!before || !sameAbilities(before, agent)) forgetKindsServedBy(agent.id)
      changedAgents.add(agent.id)
      wakeThoseWhoPrefer(agent.id)
    },
    removeAgent(id) {
      agents.delete(id)
      forgetKindsServedBy(id)
      wakeThoseWhoPrefer(id)
    },
    setItem(item) {
      leave(item.id)
      waiting.set(item.id, item)
      if (item.preferred) {
        const those = preferring.get(item.preferred.agentId) ?? new Set()
        preferring.set(item.preferred.agentId, those.add(item.id))
      }
      changedItems.add(item.id)
    },
    removeItem: leave,
    settle,
  }
}
