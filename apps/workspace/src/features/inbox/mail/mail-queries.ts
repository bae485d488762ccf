import { listScheduledReplies, readMailBody } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

/** Never changes once it is kept; but addresses of pictures from elsewhere last a quarter of an hour. */
export const mailBodyQuery = (id: string, images: 'blocked' | 'shown' = 'blocked') =>
  queryOptions({
    queryKey: ['mail-bodies', id, images] as const,
    queryFn: ({ signal }) => call(readMailBody, { params: { id }, query: { images } }, { signal }),
    staleTime: images === 'shown' ? 10 * 60_000 : Infinity,
  })

export const originalUrl = (bodyId: string): string => `/api/v1/mail-bodies/${bodyId}/original`

/** Read anew when the socket says so. */
export const scheduledQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['scheduled-replies', conversationId] as const,
    queryFn: async ({ signal }) =>
      (await call(listScheduledReplies, { params: { id: conversationId } }, { signal })).items,
    staleTime: 60_000,
  })
