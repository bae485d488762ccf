import { type AgentContent, type FirstPreview, previewFirst } from '@qiao/protocol'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useRested } from '../../../shared/use-rested.ts'
import type { Recipient } from './recipient.ts'

export interface First {
  inboxId: string
  recipient: Recipient | null
  content: AgentContent | null
}

export const whom = (recipient: Recipient): { contactId: string } | { address: string } =>
  'contactId' in recipient ? { contactId: recipient.contactId } : recipient

/** Where it would go and what keeps it from going, of what stood there when typing last rested. */
export function useFirstPreview({ inboxId, recipient, content }: First): {
  preview: FirstPreview | null
  isCurrent: boolean
} {
  const wanted = recipient && { inboxId, to: whom(recipient), content }
  const { rested, isCurrent } = useRested(wanted)
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['first-preview', rested],
    queryFn: rested
      ? ({ signal }) => {
          const body = { ...rested.to, ...(rested.content ? { content: rested.content } : {}) }
          return call(previewFirst, { params: { id: rested.inboxId }, body }, { signal })
        }
      : skipToken,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 60_000,
    retry: false,
  })
  const preview = wanted === null ? null : (data ?? null)
  return { preview, isCurrent: preview !== null && isCurrent && !isPlaceholderData }
}
