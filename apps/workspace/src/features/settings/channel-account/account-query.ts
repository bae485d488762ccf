import { type listDeadLetters, type OutputOf, readChannelAccount, readChannelStatus } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

export type DeadLetter = OutputOf<typeof listDeadLetters>['items'][number]

/** Kept no longer than its page is open: what is copied to the provider may be as good as a secret. */
export const accountQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ['inboxes', inboxId, 'account'],
    queryFn: ({ signal }) => call(readChannelAccount, { params: { id: inboxId } }, { signal }),
    gcTime: 0,
  })

export const statusQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ['inboxes', inboxId, 'status'],
    queryFn: ({ signal }) => call(readChannelStatus, { params: { id: inboxId } }, { signal }),
    refetchInterval: 5_000,
  })
