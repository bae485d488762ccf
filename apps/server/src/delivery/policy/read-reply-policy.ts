import type { ReplyPolicy } from '@qiao/protocol'
import { sql } from 'kysely'
import { readItem } from '#conversations'
import { readInbox } from '#inboxes'
import type { AgentPrincipal } from '#platform/principal'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { shownCapabilities } from '../accounts/shown-capabilities.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { readLedgerOf } from './ledger.ts'
import { permissionOf } from './permission.ts'

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

export async function readReplyPolicy(deps: ChannelDeps, agent: AgentPrincipal, id: string): Promise<ReplyPolicy> {
  const { conversation } = await readItem(deps.db, agent, id)
  const [inbox, account] = await Promise.all([
    readInbox(deps.db, conversation.inboxId),
    openAccount(deps, conversation.inboxId),
  ])
  const channel = inbox?.channel ?? ''
  if (!account) {
    const free = { closesAt: null, left: null }
    return { channel, free, humanAgent: null, template: false, why: null, limits: null }
  }
  const { capabilities } = account
  const ledger = await readLedgerOf(deps.db, id)
  const address = await addressOf(deps, id)
  const [dead] = address === null ? [] : await findUnreachable(deps.db, conversation.inboxId, [address])
  const { free, humanAgent, template, why } = dead
    ? ({ free: null, humanAgent: null, template: false, why: 'unreachable' } as const)
    : permissionOf(capabilities, ledger, deps.clock.now())
  const { sends, text, attachments, menu, replyTo, templates, letters } = shownCapabilities(capabilities)
  return {
    channel,
    free: free && { closesAt: free.closesAt === null ? null : iso(free.closesAt), left: free.left },
    humanAgent: humanAgent && { closesAt: iso(humanAgent.closesAt) },
    template,
    why,
    limits: { sends, text, attachments, menu, replyTo, templates, ...(letters ? { letters } : {}) },
  }
}

async function addressOf({ db }: ChannelDeps, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ address: string }>`
    select coalesce(identity.peer_address, identity.address) as address from conversations
    join identities as first on first.id = identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where conversations.id = ${conversationId}`.execute(db)
  return rows[0]?.address ?? null
}
