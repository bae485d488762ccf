import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import { type Route, route } from '#platform/http/route'
import { AppError } from '#platform/errors'
import { acceptOffer, declineOffer } from './accept-offer.ts'
import { listTargets } from './list-targets.ts'
import { readAgentStates, withoutTeams } from './read-agent-states.ts'
import { boardFor, readWholeBoard } from './read-board.ts'
import { readOpenOffers } from './read-offers.ts'
import { readTodayOf } from './read-today.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { setRoutingState } from './set-state.ts'
import { pauseQueue, setPriority, setStateOf } from './supervise.ts'
import { extendWrapUp, wrapUp } from './wrap-up.ts'

/** What agents and leads do with the ACD. */
export function routingRoutes(deps: RoutingDeps): Route[] {
  const { pool, clock } = deps
  const stateOf = async (agentId: string): Promise<api.AgentState> => {
    const [state] = await readAgentStates(pool, [agentId])
    if (!state) throw new AppError('not-found')
    return withoutTeams(state)
  }
  return [
    route(api.readMyRouting, async (_input, { principal: { agentId } }) => {
      const [state, offers, today] = await Promise.all([
        stateOf(agentId),
        readOpenOffers(pool, agentId),
        readTodayOf(pool, agentId, clock.now()),
      ])
      return { state, offers: offers.map(({ offer }) => offer), today }
    }),
    route(api.setMyState, async ({ body }, { principal: { agentId } }) => {
      await setRoutingState(deps, { agentId, ...body, cause: 'chosen', byAgentId: null })
      return stateOf(agentId)
    }),
    route(api.acceptOffer, ({ params, body }, { principal }) => acceptOffer(deps, principal, { ...params, ...body })),
    route(api.declineOffer, ({ params, body }, { principal }) => declineOffer(deps, principal, { ...params, ...body })),
    route(api.wrapUp, ({ params, body }, { principal }) => wrapUp(deps, principal, { ...params, ...body })),
    route(api.extendWrapUp, ({ params }, { principal }) => extendWrapUp(deps, principal, params.id)),
    route(api.listRoutingTargets, ({ params }, { principal }) => listTargets(deps, principal, params.id)),
    route(api.readBoard, async (_input, { principal }) => boardFor(principal, await readWholeBoard(pool, clock.now()))),
    route(api.setAgentState, async ({ params, body }, context) => {
      await setStateOf(deps, context.principal, actorOf(context), { agentId: params.id, ...body })
      return stateOf(params.id)
    }),
    route(api.setPriority, ({ params, body }, { principal }) =>
      setPriority(deps, principal, { id: params.id, wish: body }),
    ),
    route(api.pauseQueue, ({ params, body }, context) =>
      pauseQueue(deps, context.principal, actorOf(context), { ...params, ...body }),
    ),
  ]
}
