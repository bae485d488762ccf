import { type Conversation, listChannels, readReplyPolicy } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../../shared/api.ts'
import { wishedWay } from '../usual-way.ts'
import { useWay } from '../via-select.tsx'

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

/** Who left a message and wants a letter in answer gets one, although the conversation itself is of another channel. */
export function useWishesLetter(conversationId: string): boolean {
  const wished = wishedWay(useWay(conversationId, null).outlets)
  const { data: channels } = useQuery({
    queryKey: ['channels'],
    queryFn: async ({ signal }) => (await call(listChannels, {}, { signal })).channels,
    enabled: wished !== undefined,
    staleTime: Infinity,
  })
  return channels?.find(({ id }) => id === wished?.channel)?.capabilities.letters === true
}
