import { type WorkItem, listWorkItems } from '@qiao/protocol'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../shared/api.ts'

/** What the numbers of a queue count; the last two are of today. */
export const counted = ['waiting', 'offered', 'held', 'wrap-up', 'answered', 'abandoned'] as const
export type Counted = (typeof counted)[number]

export const workKey = ['work-items'] as const

const outcomes: Partial<Record<Counted, WorkItem['queueOutcome'][]>> = {
  answered: ['answered', 'picked'],
  abandoned: ['abandoned', 'left'],
}
const stateOf = (what: Counted): WorkItem['state'] | undefined =>
  what === 'answered' || what === 'abandoned' ? undefined : what

export const workQuery = (queueId: string, what: Counted, dayStart: string) =>
  infiniteQueryOptions({
    queryKey: [...workKey, queueId, what, dayStart] as const,
    queryFn: async ({ pageParam, signal }) => {
      const list = (state: WorkItem['state'] | undefined, cursor: string | null) => {
        const since = outcomes[what] ? { from: dayStart } : {}
        const query = { queueId, state, cursor: cursor ?? undefined, limit: 100, ...since }
        return call(listWorkItems, { query }, { signal })
      }
      // Who is being offered to an agent waits still, and is counted so.
      const ringing = what === 'waiting' && pageParam === null ? list('offered', null) : null
      const page = await list(stateOf(what), pageParam)
      return { ...page, items: [...((await ringing)?.items ?? []), ...page.items] }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
    staleTime: 0,
    select: ({ pages }) => {
      const wanted = outcomes[what]
      return pages
        .flatMap((page) => page.items)
        .filter((item) => !wanted || wanted.some((outcome) => outcome === item.queueOutcome))
    },
  })
