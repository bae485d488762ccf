import { listRoutingTargets } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../../shared/api.ts'

const everyMs = 4000

/** How queues and agents stand now, read again while the dialog is open. */
export function useLiveTargets(conversationId: string) {
  return useQuery({
    queryKey: ['routing-targets', conversationId],
    queryFn: ({ signal }) => call(listRoutingTargets, { params: { id: conversationId } }, { signal }),
    refetchInterval: everyMs,
    staleTime: 0,
    gcTime: 0,
  })
}
