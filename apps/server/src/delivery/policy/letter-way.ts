import type { MessageContent } from '@qiao/protocol'
import { readItem, readMessage } from '#conversations'
import type { AgentPrincipal } from '#platform/principal'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { readWays, type Way } from './ways.ts'

/**
 * By which way a letter goes in a conversation of a channel that has none: that of the letter which it answers, else
 * where the customer asked for one with the message they left. Undefined for the conversation's own way.
 */
export async function letterWay(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  conversationId: string,
  { type }: Pick<MessageContent, 'type'>,
  replyToId: string | undefined,
): Promise<Way | undefined> {
  if (type !== 'mail') return undefined
  const { conversation } = await readItem(deps.db, agent, conversationId)
  const own = await openAccount(deps, conversation.inboxId)
  if (own?.capabilities.letters) return undefined
  const answered = replyToId === undefined ? null : await readMessage(deps.db, conversationId, replyToId)
  const asked = answered?.body.via?.identityId
  const ways = (await readWays(deps, agent, conversationId)).filter((way) => !way.own)
  for (const way of [...ways.filter(({ identityId }) => identityId === asked), ...ways.filter(({ first }) => first)]) {
    const account = await openAccount(deps, way.inboxId)
    if (account?.capabilities.letters) return way
  }
  return undefined
}
