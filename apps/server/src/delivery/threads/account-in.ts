import { capabilitiesIn, type Thread } from '@qiao/channels'
import { sql } from 'kysely'
import type { Account } from '../accounts/open-account.ts'

/** Where something is said: null for a chat with one customer alone. */
export type ThreadKind = Thread['kind'] | null

/** The account as it is there: less may be sent where others read along, other windows hold, and chats differ by address. */
export function accountIn(account: Account, kind: ThreadKind, address?: string): Account {
  const there = address === undefined ? undefined : account.channel.capabilitiesAt?.(address)
  if (kind === null && !there) return account
  return { ...account, capabilities: { ...capabilitiesIn(account.capabilities, kind), ...there } }
}

/** Column of `identities as identity`. Those that were there before kinds were kept are of groups until they speak again. */
export const threadKindColumn = sql<ThreadKind>`
  case when identity.thread_key is not null then coalesce(identity.thread_kind, 'group') end`
