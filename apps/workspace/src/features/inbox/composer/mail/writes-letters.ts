import { type Conversation, readReplyPolicy } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../../shared/api.ts'

/** Once a letter has come or gone the conversation has a subject; before that, its channel says what its messages are. */
export function useWritesLetters(
  { id, subject }: Pick<Conversation, 'id' | 'subject'>,
  throughChannel: boolean,
): boolean {
  const { data } = useQuery({
    queryKey: ['reply-policy', id],
    queryFn: ({ signal }) => call(readReplyPolicy, { params: { id } }, { signal }),
    enabled: throughChannel && subject === null,
    staleTime: 60_000,
  })
  return subject !== null || data?.limits?.letters === true
}
