import type { AgentServerFrame } from '@qiao/protocol'
import { can } from '@qiao/protocol'
import { type AgentSeat, type AgentSocketPart, entriesAppended } from '#conversations'
import { messageOf } from '#platform/thrown'
import { movesWork } from './moves-work.ts'
import { trackPresence } from './presence.ts'
import { boardFor, readWholeBoard } from './read-board.ts'
import { readAgentStates, withoutTeams } from './read-agent-states.ts'
import { rememberRinging } from './ringing.ts'
import type { RoutingDeps } from './routing-deps.ts'
import type { ServerNode } from './server-node.ts'
import { agentsMoved, offerEnded, offerMade, routingMoved } from './topics.ts'

/** A board is read at most this often, however much happens. */
const boardEveryMs = 1_000
/** Waits grow and service levels change while nothing else does. */
const boardAtLeastEveryMs = 5_000
/** Changes that come together are read together, and when much happens at once, no more often than the database likes. */
const gatherMs = 20
const restsPerRead = 4

const send = (seat: AgentSeat, frame: AgentServerFrame): void => seat.connection.send(frame)

/** What agents see of the ACD on their sockets: their own state and work, their offers, and the board for leads. */
export function agentsLive(deps: RoutingDeps, node: ServerNode): AgentSocketPart & { stop(): Promise<void> } {
  const { pool, bus, clock, log } = deps
  const presence = trackPresence(deps, node)
  const seatsOf = new Map<string, Set<AgentSeat>>()
  const watchers = new Set<AgentSeat>()
  const moved = new Set<string>()
  const ringing = rememberRinging()
  let gathering: NodeJS.Timeout | undefined
  let reading = false
  let boardTimer: NodeJS.Timeout | undefined
  let boardReadAt = 0

  const toAgent = (agentId: string, frame: AgentServerFrame): void => {
    for (const seat of seatsOf.get(agentId) ?? []) send(seat, frame)
  }

  function tellStates(agentIds: readonly string[]): void {
    for (const id of agentIds) if (seatsOf.has(id)) moved.add(id)
    gather(gatherMs)
  }
  function gather(afterMs: number): void {
    if (moved.size > 0 && !reading) gathering ??= setTimeout(() => void readStates(), afterMs)
  }
  async function readStates(): Promise<void> {
    gathering = undefined
    reading = true
    const started = performance.now()
    const ids = [...moved]
    moved.clear()
    try {
      for (const state of await readAgentStates(pool, ids))
        toAgent(state.agentId, { type: 'routing', state: withoutTeams(state) })
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'agents were not told of their state')
    }
    reading = false
    gather(Math.max(gatherMs, restsPerRead * (performance.now() - started)))
  }

  function wantBoard(): void {
    if (watchers.size === 0) return
    const waitMs = Math.max(0, boardReadAt + boardEveryMs - Date.now())
    boardTimer ??= setTimeout(() => void tellBoard(), waitMs)
  }
  async function tellBoard(): Promise<void> {
    boardTimer = undefined
    const started = Date.now()
    boardReadAt = started
    if (watchers.size === 0) return
    try {
      const whole = await readWholeBoard(pool, clock.now())
      for (const seat of watchers) send(seat, { type: 'board', board: boardFor(seat.agent, whole) })
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'the board could not be read')
    }
    // A board over thousands who wait takes long to read: then it is read less often.
    boardReadAt = started + 9 * (Date.now() - started)
  }
  const boardPulse = setInterval(wantBoard, boardAtLeastEveryMs)
  boardPulse.unref()

  const unsubscribe = [
    bus.subscribe(agentsMoved, ({ agentIds }) => {
      tellStates(agentIds)
      wantBoard()
    }),
    bus.subscribe(routingMoved, wantBoard),
    bus.subscribe(offerMade, ({ agentId, offer }) => {
      ringing.rings(agentId, offer)
      toAgent(agentId, { type: 'offer', offer })
    }),
    bus.subscribe(offerEnded, ({ agentId, offerId, outcome }) => {
      ringing.rangOut(offerId)
      toAgent(agentId, { type: 'offer-ended', offerId, outcome })
    }),
    bus.subscribe(entriesAppended, ({ scope, before, entries }) => {
      if (!entries.some((entry) => movesWork.has(entry.kind))) return
      const named = entries.flatMap((entry) =>
        'agentId' in entry.body && typeof entry.body.agentId === 'string' ? [entry.body.agentId] : [],
      )
      const ended = ringing.endedBy(scope.id, entries)
      for (const { agentId, ...how } of ended) toAgent(agentId, { type: 'offer-ended', ...how })
      const rangAt = ended.map(({ agentId }) => agentId)
      const involved = [
        before.assigneeId,
        scope.assigneeId,
        ...before.involvedIds,
        ...scope.involvedIds,
        ...named,
        ...rangAt,
      ]
      tellStates(involved.filter((id) => id !== null))
      wantBoard()
    }),
  ]

  return {
    opened(seat) {
      const { agentId } = seat.agent
      seatsOf.set(agentId, (seatsOf.get(agentId) ?? new Set()).add(seat))
      presence.connected(`${node.id}/${seat.connection.id}`, seat.agent.agentId)
    },
    closed(seat) {
      const own = seatsOf.get(seat.agent.agentId)
      if (!own?.delete(seat)) return
      if (own.size === 0) seatsOf.delete(seat.agent.agentId)
      watchers.delete(seat)
      presence.disconnected(`${node.id}/${seat.connection.id}`, seat.agent.agentId)
    },
    async frame(seat, { on }) {
      if (!can(seat.agent.role, 'routing.supervise')) return
      if (on && seatsOf.get(seat.agent.agentId)?.has(seat)) watchers.add(seat)
      else watchers.delete(seat)
      if (on) wantBoard()
    },
    async stop() {
      for (const end of unsubscribe) end()
      clearTimeout(gathering)
      clearTimeout(boardTimer)
      clearInterval(boardPulse)
      await presence.stop()
    },
  }
}
