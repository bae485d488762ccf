import type { Bus } from '#platform/bus/bus'
import { type Scope, viewingChanged } from './topics.ts'

interface Viewing {
  agentId: string
  scope: Scope
  nodeId: string
  seenAt: number
}

const repeatEveryMs = 30_000
/** A process that died says nothing more: what it said is forgotten after this. */
const forgetAfterMs = 75_000

/** Who has which conversation on screen, over all processes. Kept in memory only: it is worth nothing a minute later. */
export function trackViewers(bus: Bus, nodeId: string, onChange: (scope: Scope, agentIds: string[]) => void) {
  const views = new Map<string, Viewing>()

  const agentIdsAt = (conversationId: string): string[] => [
    ...new Set([...views.values()].filter((view) => view.scope.id === conversationId).map((view) => view.agentId)),
  ]
  function apply(socketId: string, view: Viewing | null): void {
    const before = views.get(socketId)
    if (view) views.set(socketId, view)
    else views.delete(socketId)
    if (before && before.scope.id !== view?.scope.id) onChange(before.scope, agentIdsAt(before.scope.id))
    if (view && view.scope.id !== before?.scope.id) onChange(view.scope, agentIdsAt(view.scope.id))
  }
  const unsubscribe = bus.subscribe(viewingChanged, (said) => {
    const view = said.scope && { agentId: said.agentId, scope: said.scope, nodeId: said.nodeId, seenAt: Date.now() }
    apply(said.socketId, view)
  })
  const timer = setInterval(() => {
    for (const [socketId, view] of views) {
      if (view.nodeId === nodeId)
        bus.publish(viewingChanged, { nodeId, socketId, agentId: view.agentId, scope: view.scope })
      else if (Date.now() - view.seenAt > forgetAfterMs) apply(socketId, null)
    }
  }, repeatEveryMs)
  timer.unref()

  return {
    agentIdsAt,
    view: (socketId: string, agentId: string, scope: Scope | null) =>
      bus.publish(viewingChanged, { nodeId, socketId, agentId, scope }),
    stop() {
      clearInterval(timer)
      unsubscribe()
    },
  }
}
