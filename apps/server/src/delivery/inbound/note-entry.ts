import type { Conversation } from '@qiao/protocol'
import type { NewEntry } from '#conversations'
import type { ChannelDeps } from '../channel-deps.ts'
import { keyFrom } from './entry-key.ts'
import { latestConversation } from './provider-messages.ts'
import type { NamedMessage } from './settle-events.ts'
import type { KnownPeer } from './resolve-peer.ts'

export interface Applying {
  /** Names the event for what is appended because of it: again the same when it is worked off a second time. */
  key: string
  /** It will not be tried again. */
  last: boolean
  /** Messages that it brought, for later events that name them. */
  named: NamedMessage[]
}

/** Goes into the timeline that there is; none begins because of it. */
export async function note(
  deps: ChannelDeps,
  peer: { identityId: string; contact: Pick<KnownPeer['contact'], 'id'> },
  { key }: Pick<Applying, 'key'>,
  entry: NewEntry | ((conversation: Conversation) => NewEntry[]),
  from: 'customer' | 'provider' = 'customer',
): Promise<void> {
  const conversationId = await latestConversation(deps.pool, peer.identityId)
  if (!conversationId) return
  await deps.appender.append({
    conversationId,
    clientKey: keyFrom('event', peer.identityId, key),
    author: from === 'customer' ? { type: 'contact', id: peer.contact.id } : { type: 'system' },
    decide: (conversation) => (typeof entry === 'function' ? entry(conversation) : [entry]),
  })
}
