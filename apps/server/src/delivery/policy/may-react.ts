import { sql } from 'kysely'
import { AppError } from '#platform/errors'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { accountIn, type ThreadKind, threadKindColumn } from '../threads/account-in.ts'
import { readLedger } from './ledger.ts'
import { permissionOf } from './permission.ts'

interface Origin {
  inbox_id: string
  identity_id: string
  address: string
  thread_kind: ThreadKind
}

/** By which way the customer said it, where that is a channel and the provider gave it a name. */
async function originOf({ db }: ChannelDeps, targetId: string): Promise<Origin | null> {
  const { rows } = await sql<Origin>`
    select identity.inbox_id, identity.id as identity_id,
      coalesce(identity.peer_address, identity.address) as address, ${threadKindColumn} as thread_kind
    from channel_messages as message
    join identities as first on first.id = message.identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where message.entry_id = ${targetId} and not message.ours limit 1`.execute(db)
  return rows[0] ?? null
}

/** Refuses what the channel would not show, in words. `inPage`: the conversation is one of web chat. */
export async function mayReact(
  deps: ChannelDeps,
  targetId: string,
  emoji: string | null,
  inPage: boolean,
): Promise<void> {
  const origin = await originOf(deps, targetId)
  if (!origin && inPage) return
  const account = origin && (await openAccount(deps, origin.inbox_id))
  const capabilities = account && accountIn(account, origin.thread_kind, origin.address).capabilities
  if (!origin || !account?.channel.revise || !capabilities?.reactions.out)
    throw new AppError('content-not-sendable', {
      detail: capabilities?.reactions.why?.en ?? 'The channel has no reactions of ours',
    })
  const { only } = capabilities.reactions
  if (emoji !== null && only && !only.includes(emoji))
    throw new AppError('content-not-sendable', { detail: `The channel takes only ${only.join(' ')}` })
  const permission = permissionOf(capabilities, await readLedger(deps.db, origin.identity_id), deps.clock.now())
  if (!permission.free) throw new AppError('reply-window-closed')
}
