import type { QueryClient } from '@tanstack/react-query'
import { afterReading } from './after-reading.ts'
import { findItem, putItem } from './cache.ts'
import { catchUp } from './catch-up.ts'
import { listKey } from './queries.ts'

/**
 * What is pushed while a list is being read may be newer than the list: the server can have looked before. The
 * conversations that are noted here are put in again once the list is there.
 */
export function createOvertaken(client: QueryClient, agentId: string, signal: AbortSignal): (id: string) => void {
  const ids = new Set<string>()
  const putInAgain = (): void => {
    const overtaken = [...ids]
    ids.clear()
    for (const id of overtaken) {
      const item = findItem(client, id)
      if (item) putItem(client, item)
      else void catchUp(client, id, agentId)
    }
  }
  return (id) => {
    if (client.isFetching({ queryKey: listKey }) === 0) return
    ids.add(id)
    if (ids.size === 1) afterReading(client, signal, putInAgain)
  }
}
