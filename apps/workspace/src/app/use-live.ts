import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { flushOutbox, startOutbox } from '../features/inbox/outbox.ts'
import { ingest } from '../shared/conversations/cache.ts'
import { catchUp } from '../shared/conversations/catch-up.ts'
import { onReconnect, startRealtime } from '../shared/realtime/realtime.ts'
import { teamsQuery } from '../shared/staff.ts'

/** The socket and what waits to be sent, for as long as somebody is signed in. */
export function useLive(agentId: string): void {
  const client = useQueryClient()
  useEffect(() => {
    // Views of the team are decided here too, and for that the teams have to be known.
    void client.prefetchQuery(teamsQuery)
    const stopReconnect = onReconnect(flushOutbox)
    window.addEventListener('online', flushOutbox)
    const stop = startRealtime(client, agentId)
    startOutbox(agentId, (id, entries) => {
      if (!ingest(client, id, entries, agentId)) void catchUp(client, id, agentId)
    })
    return () => {
      stopReconnect()
      window.removeEventListener('online', flushOutbox)
      stop()
    }
  }, [client, agentId])
}
