import * as fc from 'fast-check'
import type { RoutingState } from '../decide.ts'
import { withoutWork, withSilence } from '../held-work.ts'
import { createRouter, type Router } from '../router.ts'
import type { WorkItem } from '../work-item.ts'
import { agent, event, itemAt, queue, second, start, type WorldEvent } from './worlds.ts'

/** Somebody works somewhere from the start, so that most histories have offers in them. */
export const history = fc
  .tuple(
    fc.array(fc.record({ type: fc.constant('queue' as const), queue }), { minLength: 1, maxLength: 3 }),
    fc.array(fc.record({ type: fc.constant('agent' as const), agent }), { minLength: 1, maxLength: 4 }),
    fc.array(event, { minLength: 1, maxLength: 40 }),
  )
  .map((parts): readonly WorldEvent[] => parts.flat())

const snapshot = ({ queues, agents, waiting }: Router): RoutingState => ({
  queues: new Map(queues),
  agents: new Map(agents),
  waiting: new Map(waiting),
})

function apply(router: Router, offered: ReadonlyMap<string, WorkItem>, happened: WorldEvent, now: number): void {
  switch (happened.type) {
    case 'item':
      return router.setItem(itemAt(happened.item, now))
    case 'agent':
      return router.setAgent(happened.agent)
    case 'free': {
      const one = router.agents.get(happened.agentId)
      const done = one?.held[0]
      return one && done && router.setAgent(withoutWork(one, done.itemId, now))
    }
    case 'decline': {
      const one = router.agents.get(happened.agentId)
      const item = one?.held.map(({ itemId }) => offered.get(itemId)).find((each) => each !== undefined)
      if (!one || !item) return undefined
      const declined = { agentId: one.id, until: now + happened.seconds * second }
      router.setAgent(withoutWork(one, item.id, null))
      return router.setItem({ ...item, declined: [...item.declined, declined] })
    }
    case 'silence': {
      const one = router.agents.get(happened.agentId)
      const work = one?.held.at(-1)
      return one && work && router.setAgent(withSilence(one, work.itemId, happened.silent))
    }
    case 'queue':
      return router.setQueue(happened.queue)
    case 'item-gone':
      return router.removeItem(happened.id)
    case 'agent-gone':
      return router.removeAgent(happened.agentId)
    case 'time':
      return undefined
    default:
      return happened satisfies never
  }
}

/** Plays a history; `check` sees the state before and the decision after each event. */
export function play(
  events: readonly WorldEvent[],
  check: (before: RoutingState, decision: ReturnType<Router['settle']>, router: Router, now: number) => void,
): void {
  const router = createRouter()
  const offered = new Map<string, WorkItem>()
  let now = start
  for (const happened of events) {
    if (happened.type === 'time') now += happened.seconds * second
    apply(router, offered, happened, now)
    const before = snapshot(router)
    const decision = router.settle(now)
    for (const { itemId } of decision.offers) {
      const item = before.waiting.get(itemId)
      if (item) offered.set(itemId, item)
    }
    check(before, decision, router, now)
  }
}
