import { listScheduledMails, listScheduledReplies, readMailBody } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { usePicturesAllowed } from './allowed-pictures.ts'

/** Never changes once it is kept; but addresses of pictures from elsewhere last a quarter of an hour. */
export const mailBodyQuery = (id: string, images: 'blocked' | 'shown' = 'blocked') =>
  queryOptions({
    queryKey: ['mail-bodies', id, images] as const,
    queryFn: ({ signal }) => call(readMailBody, { params: { id }, query: { images } }, { signal }),
    staleTime: images === 'shown' ? 10 * 60_000 : Infinity,
  })

/** The body as it may be seen: with pictures from elsewhere once they are allowed. */
export function useMailBody(id: string) {
  const allowed = usePicturesAllowed(id)
  const blocked = useQuery(mailBodyQuery(id))
  const shown = useQuery({ ...mailBodyQuery(id, 'shown'), enabled: allowed })
  const refetch = (): void => void blocked.refetch()
  return { body: (allowed ? shown.data : undefined) ?? blocked.data, error: blocked.error, refetch }
}

export const originalUrl = (bodyId: string): string => `/api/v1/mail-bodies/${bodyId}/original`

/** Read anew when the socket says so. Null: the viewer's own that are going to begin a conversation. */
export const scheduledQuery = (conversationId: string | null) =>
  queryOptions({
    queryKey: ['scheduled-replies', conversationId] as const,
    queryFn: async ({ signal }) =>
      conversationId === null
        ? (await call(listScheduledMails, {}, { signal })).items
        : (await call(listScheduledReplies, { params: { id: conversationId } }, { signal })).items,
    staleTime: 60_000,
  })
