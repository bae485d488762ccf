import { type ChannelInfo, listChannelAccounts, listChannels } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

/** What the server can do changes with the server only. */
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await call(listChannels, {}, { signal })).channels,
  staleTime: Infinity,
})

/** How the inboxes of channels do, by the inbox. */
export const accountsQuery = queryOptions({
  queryKey: ['inboxes', 'accounts'],
  queryFn: async ({ signal }) => {
    const { accounts } = await call(listChannelAccounts, {}, { signal })
    return new Map(accounts.map((account) => [account.inboxId, account]))
  },
  // Trouble comes by itself.
  refetchInterval: 30_000,
})

const none: ChannelInfo[] = []
export const useChannelInfos = (): ChannelInfo[] => useQuery(channelsQuery).data ?? none
