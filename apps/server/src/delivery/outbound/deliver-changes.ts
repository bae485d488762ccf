import { isProblem, type Problem, type Revision, type SendResult } from '@qiao/channels'
import type { MessageContent, MessageEntry } from '@qiao/protocol'
import { sql } from 'kysely'
import { messageOf } from '#platform/thrown'
import { cleaner, sendContextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import { accountIn, type ThreadKind, threadKindColumn } from '../threads/account-in.ts'
import type { ChannelDeps } from '../channel-deps.ts'

export interface WaitingChange {
  entry_id: string
  conversation_id: string
  seq: number
  target_id: string
  kind: 'edit' | 'recall' | 'react'
  attempts: number
  next_attempt_at: Date | null
  created_at: Date
  inbox_id: string
  /** Null: of what the customer said, which was never ours to deliver. */
  delivery_state: string | null
  identity_id: string
  address: string
  peer_address: string | null
  thread_key: string | null
  thread_kind: ThreadKind
  /** Of a reaction. */
  emoji: string | null
  body: MessageEntry['body']
  revision: MessageEntry['revision']
}

/** A correction that comes hours later corrects nothing. */
const triesForMs = 3_600_000
const unconfiguredMs = 60_000
const backOffMs = (attempts: number): number => Math.min(300_000, 2_000 * 2 ** attempts)

/** The oldest edit, recall or reaction that waits, in the order of the conversation. */
export async function nextChange(deps: ChannelDeps, conversationId: string): Promise<WaitingChange | undefined> {
  const { rows } = await sql<WaitingChange>`
    select change.entry_id, change.conversation_id, change.seq, change.target_id, change.kind, change.attempts,
      change.next_attempt_at, change.created_at, coalesce(delivery.inbox_id, identity.inbox_id) as inbox_id,
      delivery.state as delivery_state, reaction.body ->> 'emoji' as emoji, identity.id as identity_id, identity.address, identity.peer_address, identity.thread_key,
      ${threadKindColumn} as thread_kind, entry.body, entry.revision
    from delivery_changes as change
    join entries as reaction on reaction.conversation_id = change.conversation_id and reaction.seq = change.seq
    left join deliveries as delivery on delivery.entry_id = change.target_id
    left join lateral (select identity_id, conversation_id from channel_messages
      where entry_id = change.target_id and not ours and delivery.entry_id is null limit 1) as theirs on true
    join entries as entry on entry.id = change.target_id
      and entry.conversation_id = coalesce(delivery.conversation_id, theirs.conversation_id)
    join identities as first on first.id = coalesce(delivery.identity_id, theirs.identity_id)
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where change.conversation_id = ${conversationId} and change.state = 'waiting'
    order by change.seq limit 1`.execute(deps.db)
  return rows[0]
}

/** Gives after how many milliseconds to go on; null: it is done with. */
export async function deliverChange(deps: ChannelDeps, change: WaitingChange): Promise<number | null> {
  const now = deps.clock.now()
  if (change.next_attempt_at && change.next_attempt_at > now) return change.next_attempt_at.getTime() - now.getTime()
  const account = await openAccount(deps, change.inbox_id)
  const isLate = now.getTime() - change.created_at.getTime() > triesForMs
  if (!account) {
    if (!isLate) return postpone(deps, change, unconfiguredMs, { code: 'not-connected' })
    await conclude(deps, change, { code: 'not-connected' })
    return null
  }
  for (const revision of await revisionsOf(
    deps,
    accountIn(account, change.thread_kind, change.peer_address ?? change.address),
    change,
  )) {
    const result = isProblem(revision)
      ? ({ kind: 'rejected', problem: revision } as const)
      : await revise(deps, account, change, revision)
    if (result.kind === 'accepted') continue
    const problem = cleaner(account.secrets)(result.problem)
    if (result.kind === 'rejected' || isLate) {
      await conclude(deps, change, problem)
      return null
    }
    // Doing it twice does no harm, so one without an answer is done again.
    return postpone(
      deps,
      change,
      (result.kind === 'retry' ? result.afterMs : null) ?? backOffMs(change.attempts),
      problem,
    )
  }
  await conclude(deps, change, null)
  return null
}

/** What to ask the provider for; nothing for a message that never went out. */
async function revisionsOf(
  deps: ChannelDeps,
  account: Account,
  change: WaitingChange,
): Promise<readonly (Revision | Problem)[]> {
  const { capabilities, channel } = account
  if (change.kind === 'react') return reactionOf(deps, account, change)
  const { rows } = await sql<{ message_id: string }>`
    select message_id from channel_messages where entry_id = ${change.target_id} and ours`.execute(deps.db)
  if (rows.length === 0 && (change.delivery_state === 'failed' || change.delivery_state === 'dismissed')) return []
  const can = change.kind === 'edit' ? capabilities.edits.out : capabilities.recalls.out
  if (!can || !channel.revise) return [{ code: 'unsupported' }]
  const [first, ...more] = rows
  if (!first) return [{ code: 'unsupported', detail: 'The provider gave it no name' }]
  const to = change.peer_address ?? change.address
  if (change.kind === 'recall') return rows.map((row) => ({ kind: 'recall', to, messageId: row.message_id }))
  const { revision, body } = change
  const content = revision?.recalledAt ? null : (revision?.content ?? body.content)
  // Taken back since: that comes next.
  if (content === null) return []
  const part = renderedOf(account, to, content, change.thread_key)
  if (isProblem(part)) return [part]
  return more.length > 0
    ? [{ code: 'unsupported', detail: 'It went out as several messages' }]
    : [{ kind: 'edit', to, messageId: first.message_id, part }]
}

async function reactionOf(
  deps: ChannelDeps,
  { capabilities, channel }: Account,
  { target_id: targetId, emoji, peer_address: peer, address, thread_key: thread }: WaitingChange,
): Promise<readonly (Revision | Problem)[]> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from channel_messages where entry_id = ${targetId} and not ours`.execute(deps.db)
  const [message] = rows
  if (!message || !capabilities.reactions.out || !channel.revise) return [{ code: 'unsupported' }]
  const to = { to: peer ?? address, ...(thread === null ? {} : { thread }) }
  return [{ kind: 'react', ...to, messageId: message.message_id, emoji }]
}

function renderedOf({ channel, config }: Account, to: string, content: MessageContent, thread: string | null) {
  const rendered = channel.render({ to, content, window: 'open', links: {}, ...(thread ? { thread } : {}) }, config)
  if (rendered.kind === 'impossible') return rendered.problem
  const [part, ...more] = rendered.parts
  const several: Problem = { code: 'too-long', detail: 'It would take several messages' }
  return more.length > 0 ? several : part
}

/** A channel that throws has a bug; nobody waits for it for ever. */
async function revise(
  deps: ChannelDeps,
  account: Account,
  change: WaitingChange,
  revision: Revision,
): Promise<SendResult> {
  try {
    const unsupported: SendResult = { kind: 'rejected', problem: { code: 'unsupported' } }
    return (await account.channel.revise?.(revision, sendContextOf(deps, account, change.entry_id))) ?? unsupported
  } catch (error) {
    const detail = cleaner(account.secrets)(messageOf(error)).slice(0, 500)
    deps.log.error({ inboxId: account.inbox.id, detail }, 'a message could not be changed')
    return { kind: 'rejected', problem: { code: 'provider-failed', detail } }
  }
}

async function postpone(deps: ChannelDeps, change: WaitingChange, ms: number, problem: Problem): Promise<number> {
  await deps.db
    .updateTable('delivery_changes')
    .set({
      attempts: change.attempts + 1,
      next_attempt_at: new Date(deps.clock.now().getTime() + ms),
      problem: JSON.stringify(problem),
    })
    .where('entry_id', '=', change.entry_id)
    .execute()
  return ms
}

/** The thread tells of what did not reach the customer, before the change counts as done with. */
async function conclude(deps: ChannelDeps, change: WaitingChange, problem: Problem | null): Promise<void> {
  const { target_id: targetId, kind } = change
  if (problem) {
    const short = {
      code: problem.code,
      ...(problem.detail ? { detail: problem.detail.slice(0, 1000) } : {}),
      ...(problem.providerCode ? { providerCode: problem.providerCode.slice(0, 100) } : {}),
    }
    await deps.appender.append({
      conversationId: change.conversation_id,
      clientKey: `unreached:${change.entry_id}`.slice(0, 64),
      author: { type: 'system' },
      targetId,
      decide: () => [{ kind: 'message.revision-failed', body: { targetId, change: kind, problem: short } }],
    })
  }
  await deps.db
    .updateTable('delivery_changes')
    .set({ state: problem ? 'failed' : 'done', problem: problem && JSON.stringify(problem) })
    .where('entry_id', '=', change.entry_id)
    .execute()
}
