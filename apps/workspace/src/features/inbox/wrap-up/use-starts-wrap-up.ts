import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { myRoutingQuery } from '../../../shared/routing/my-routing.ts'
import { routingSettingsQuery } from '../../../shared/staff.ts'
import { startsWrapUp } from './starts-wrap-up.ts'

/** Asks whether closing leaves work here. On a page that has just been opened what tells it is still on its way. */
export function useStartsWrapUp(conversationId: string): () => Promise<boolean> {
  const client = useQueryClient()
  return useCallback(async () => {
    try {
      const [{ state }, { queues }] = await Promise.all([
        client.ensureQueryData(myRoutingQuery),
        client.ensureQueryData(routingSettingsQuery),
      ])
      return startsWrapUp(state.held, conversationId, new Map(queues.map((queue) => [queue.id, queue])))
    } catch {
      return false
    }
  }, [client, conversationId])
}
