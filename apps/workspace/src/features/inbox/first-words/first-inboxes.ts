import { type Inbox, listChannels } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useMe } from '../../../shared/session.ts'
import { useInboxes } from '../../../shared/staff.ts'

const firstChannelsQuery = queryOptions({
  queryKey: ['channels', 'first'],
  queryFn: async ({ signal }) =>
    (await call(listChannels, {}, { signal })).channels.flatMap(({ id, capabilities: { writesFirst, paid } }) =>
      writesFirst ? [{ id, writesFirst, isPaid: paid === true }] : [],
    ),
  staleTime: Infinity,
})

export interface FirstInbox {
  inbox: Inbox
  /** Any words, or approved ones alone. */
  writesFirst: 'words' | 'template'
  isPaid: boolean
}

/** From which the viewer may write to somebody who has never written. */
export function useFirstInboxes(): FirstInbox[] {
  const { inboxIds } = useMe()
  const inboxes = useInboxes()
  const { data: channels = [] } = useQuery(firstChannelsQuery)
  return inboxes.flatMap((inbox) => {
    const channel = channels.find(({ id }) => id === inbox.channel)
    const isMine = inboxIds === null || inboxIds.includes(inbox.id)
    return channel && isMine ? [{ inbox, writesFirst: channel.writesFirst, isPaid: channel.isPaid }] : []
  })
}
