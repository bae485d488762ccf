import { type Inbox, listChannels } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useMe } from '../../../shared/session.ts'
import { useInboxes } from '../../../shared/staff.ts'

const letterChannelsQuery = queryOptions({
  queryKey: ['channels', 'letters'],
  queryFn: async ({ signal }) =>
    (await call(listChannels, {}, { signal })).channels.flatMap(({ id, capabilities }) =>
      capabilities.letters ? [id] : [],
    ),
  staleTime: Infinity,
})

/** From which the viewer may write to anybody. */
export function useLetterInboxes(): Inbox[] {
  const { inboxIds } = useMe()
  const inboxes = useInboxes()
  const { data: channels = [] } = useQuery(letterChannelsQuery)
  return inboxes.filter(({ id, channel }) => channels.includes(channel) && (inboxIds === null || inboxIds.includes(id)))
}
