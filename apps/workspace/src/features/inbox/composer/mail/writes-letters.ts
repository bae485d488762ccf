import { type Conversation, listChannels, readReplyPolicy } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../../shared/api.ts'
import { wishedWay } from '../usual-way.ts'
import { useWay } from '../via-select.tsx'

/**
 * On a channel a conversation has a subject once a letter has come or gone; before that the channel says what its messages
 * are. A message that was left in a chat has a subject too: there letters are written once there are some, or wanted.
 */
export function useWritesLetters(
  { id, subject }: Pick<Conversation, 'id' | 'subject'>,
  throughChannel: boolean,
  hasLetters: boolean,
): boolean {
  const wanted = useWishesLetter(id)
  const { data } = useQuery({
    queryKey: ['reply-policy', id],
    queryFn: ({ signal }) => call(readReplyPolicy, { params: { id } }, { signal }),
    enabled: throughChannel && subject === null,
    staleTime: 60_000,
  })
  if (!throughChannel) return hasLetters || wanted
  return subject !== null || data?.limits?.letters === true
}

/** Who left a message and wants a letter in answer gets one, although the conversation itself is of another channel. */
function useWishesLetter(conversationId: string): boolean {
  const wished = wishedWay(useWay(conversationId, null).outlets)
  const { data: channels } = useQuery({
    queryKey: ['channels'],
    queryFn: async ({ signal }) => (await call(listChannels, {}, { signal })).channels,
    enabled: wished !== undefined,
    staleTime: Infinity,
  })
  return channels?.find(({ id }) => id === wished?.channel)?.capabilities.letters === true
}
