import type { ReplyPolicy } from '@qiao/protocol'
import { readItem } from '#conversations'
import { readInbox } from '#inboxes'
import type { AgentPrincipal } from '#platform/principal'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { readPlace } from './place.ts'
import { allOpen, readStanding } from './read-standing.ts'

export async function readReplyPolicy(deps: ChannelDeps, agent: AgentPrincipal, id: string): Promise<ReplyPolicy> {
  const { conversation } = await readItem(deps.db, agent, id)
  const [inbox, account, place] = await Promise.all([
    readInbox(deps.db, conversation.inboxId),
    openAccount(deps, conversation.inboxId),
    readPlace(deps.db, id),
  ])
  const channel = inbox?.channel ?? ''
  return { channel, ...(account && place ? await readStanding(deps, account, place) : allOpen) }
}
