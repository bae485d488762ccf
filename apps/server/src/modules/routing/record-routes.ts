import * as api from '@qiao/protocol'
import { type Route, route } from '#platform/http/route'
import { explainRouting } from './explain-routing.ts'
import { listDecisions } from './list-decisions.ts'
import { listStateStretches } from './list-state-stretches.ts'
import { listWorkItems } from './list-work-items.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { simulateQueue } from './simulate-queue.ts'

/** What was and what would be, for wallboards, workforce planning and whoever asks why. */
export const recordRoutes = (deps: RoutingDeps): Route[] => [
  route(api.listWorkItems, ({ query }, { principal }) => listWorkItems(deps.db, principal, query)),
  route(api.listRoutingDecisions, ({ query }, { principal }) => listDecisions(deps.db, principal, query)),
  route(api.listStateStretches, ({ query }, { principal }) => listStateStretches(deps.db, principal, query)),
  route(api.simulateQueue, ({ body }, { principal }) => simulateQueue(deps, principal, body)),
  route(api.explainRouting, ({ params }, { principal }) => explainRouting(deps, principal, params.id)),
]
