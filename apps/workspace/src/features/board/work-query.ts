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
    queryFn: ({ pageParam, signal }) => {
      const query = {
        queueId,
        state: stateOf(what),
        cursor: pageParam ?? undefined,
        limit: 100,
        ...(outcomes[what] ? { from: dayStart } : {}),
      }
      return call(listWorkItems, { query }, { signal })
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
