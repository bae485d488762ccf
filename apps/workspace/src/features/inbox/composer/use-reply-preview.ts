import { type AgentContent, previewReply, type ReplyPreview } from '@qiao/protocol'
import { skipToken, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useRested } from '../../../shared/use-rested.ts'

export interface Draft {
  viaIdentityId: string | undefined
  replyToId: string | undefined
  contents: readonly AgentContent[]
}
export interface Previewed {
  /** Of what was there when typing last rested, so that nothing flickers with each key. */
  preview: ReplyPreview | null
  /** It is of exactly what stands there now: only then it may keep anybody from sending. */
  isCurrent: boolean
}

const most = 50

/** What would go out for what is being written. Nobody ever waits for it to send. */
export function useReplyPreview(conversationId: string, draft: Draft | null): Previewed {
  const { rested, isCurrent } = useRested({ conversationId, draft })
  const asked = rested?.conversationId === conversationId ? rested.draft : null
  const { data, isPlaceholderData } = useQuery({
    // Whatever makes the policy of replies read anew makes this read anew.
    queryKey: ['reply-policy', conversationId, 'preview', asked],
    queryFn: asked
      ? ({ signal }) => {
          const body = { ...asked, contents: asked.contents.slice(0, most) }
          return call(previewReply, { params: { id: conversationId }, body }, { signal })
        }
      : skipToken,
    placeholderData: (before, query) => (query?.queryKey[1] === conversationId ? before : undefined),
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  })
  const preview = draft !== null && asked !== null ? (data ?? null) : null
  return { preview, isCurrent: preview !== null && isCurrent && !isPlaceholderData }
}
