import { explainRouting } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

const everyMs = 4000

/** Read again while it waits: places, steps and candidates change without an entry that would tell of it. */
export const explainQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['explain-routing', conversationId] as const,
    queryFn: ({ signal }) => call(explainRouting, { params: { id: conversationId } }, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.now === null ? false : everyMs),
    staleTime: 0,
  })
